import { describe, expect, it } from 'vitest';
import { exampleOf, priceHint, pricePreview } from './price.ts';

describe('the price while it is typed', () => {
  it.each([
    ['1234.5', 'EUR', '€\u00a01,234.50'],
    [' 86 ', 'EUR', '€\u00a086.00'],
    ['0086.10', 'EUR', '€\u00a086.10'],
    ['1200', 'JPY', '¥\u00a01,200'],
    ['0.00000001', 'BTC', '₿\u00a00.00000001'],
    ['9999999999.99999999', 'ETH', 'Ξ\u00a09,999,999,999.99999999'],
    ['12.500', 'USD', '$\u00a012.50'],
    ['12,50', 'EUR', '€\u00a012.50'],
    ['1.234,50', 'EUR', '€\u00a01,234.50'],
    ['5e1', 'EUR', '€\u00a050.00'],
    ['5e-8', 'BTC', '₿\u00a00.00000005'],
  ])('%j in %s is %s', (typed, currency, shown) => {
    expect(pricePreview(typed, currency)).toBe(shown);
  });

  it.each([
    ['', 'EUR'],
    ['0', 'EUR'],
    ['0.00', 'EUR'],
    ['0e5', 'EUR'],
    ['0E-7', 'BTC'],
    ['5e-8', 'EUR'],
    ['1,250', 'EUR'],
    ['1.005', 'EUR'],
    ['1.5', 'JPY'],
    ['86,0O', 'EUR'],
    ['12345678901', 'EUR'],
    ['-1', 'EUR'],
  ])('%j in %s is none', (typed, currency) => {
    expect(pricePreview(typed, currency)).toBeNull();
  });

  it('says which digits its currency has, with an example that fits', () => {
    expect(priceHint('EUR')).toBe('Up to 2 decimals, such as 12.50.');
    expect(priceHint('JPY')).toBe('No decimals, such as 1200.');
    for (const currency of ['EUR', 'JPY', 'BTC', 'USDC']) expect(pricePreview(exampleOf(currency), currency)).not.toBeNull();
  });
});

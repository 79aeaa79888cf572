import { describe, expect, it } from 'vitest';
import { UnifiedListingInput } from './marketplace.ts';

const LISTING = { title: 'Dust', currency: 'BTC', category: 'other' };
const of = (price: unknown, currency = 'BTC') => UnifiedListingInput.safeParse({ ...LISTING, currency, price });

describe('the price of the unified listing', () => {
  it.each<[unknown, string]>([
    [0.0000005, '0.0000005'],
    [0.00000001, '0.00000001'],
    [1e-8, '0.00000001'],
    ['1E-08', '0.00000001'],
    [86, '86'],
    [12.5, '12.5'],
    [1e9, '1000000000'],
    ['12,50', '12.50'],
    [123456789.012345, '123456789.012345'],
  ])('%j is %s', (price, text) => {
    expect(of(price).data?.price).toBe(text);
  });

  it.each<[unknown, string]>([
    ['abc', 'Enter a price such as 12.50.'],
    ['1,234', '1,234 can be read as a thousand or as a decimal. Write it with a point, such as 1234.00.'],
    ['0', 'The price is above zero.'],
    [0, 'The price is above zero.'],
    [-1, 'The price is above zero.'],
    [1e-9, 'A price has at most 10 digits before the point and 8 after it.'],
    [1e10, 'A price has at most 10 digits before the point and 8 after it.'],
    [1234567890.1234567, 'Send a price of so many digits as text.'],
    [null, 'Enter a price such as 12.50.'],
    [{}, 'Enter a price such as 12.50.'],
  ])('%j is refused with the sentence of its kind', (price, sentence) => {
    expect(of(price).error?.issues.map(({ path, message }) => [path, message])).toEqual([[['price'], sentence]]);
  });
});

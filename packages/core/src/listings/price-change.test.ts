import { CURRENCIES, formatPriceE8, parsePriceE8, type Currency } from '@assay/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedPrice } from './price-change.ts';

const percent = (price: string, currency: Currency, share: string) => {
  const after = changedPrice(parsePriceE8(price), currency, { kind: 'price-percent', percent: share });
  return after === null ? null : formatPriceE8(after, currency);
};
const amount = (price: string, currency: Currency, by: string) => {
  const after = changedPrice(parsePriceE8(price), currency, { kind: 'price-amount', amount: by, currency });
  return after === null ? null : formatPriceE8(after, currency);
};

describe('a changed price', () => {
  it.each([
    ['34.00', 'EUR', '-10', '30.60'],
    ['0.05', 'EUR', '-10', '0.05'], // 0.045: a half goes up
    ['0.15', 'EUR', '+10', '0.17'], // 0.165
    ['1.01', 'USD', '50', '1.52'], // 1.515, which a double holds as 1.51499…
    ['10', 'JPY', '-25', '8'], // 7.5
    ['1234567890.12345678', 'ETH', '0.01', '1234691346.91246913'], // …12.469134578: cut off by no double
    ['0.00000001', 'BTC', '-40', '0.00000001'], // 0.000000006
    ['9.99', 'EUR', '-99.99', null], // 0.000999 EUR
    ['0.00000001', 'BTC', '-50.01', null],
    ['9999999999.99', 'EUR', '0.01', null],
    ['9999999999.99', 'EUR', '-0.01', '9998999999.99'],
  ] as const)('%s %s %s %% is %s', (price, currency, share, after) => {
    expect(percent(price, currency, share)).toBe(after);
  });

  it.each([
    ['34.00', 'EUR', '-4.01', '29.99'],
    ['34.00', 'EUR', '+0.5', '34.50'],
    ['34.00', 'EUR', '-34', null],
    ['34.00', 'EUR', '-35', null],
    ['9999999999.99999999', 'ETH', '0.00000001', null],
    ['9999999999.99999998', 'ETH', '0.00000001', '9999999999.99999999'],
  ] as const)('%s %s %s is %s', (price, currency, by, after) => {
    expect(amount(price, currency, by)).toBe(after);
  });

  it('is the nearest amount that its currency has: no more than half a unit away, and away from zero at a half', () => {
    const currency = fc.constantFrom(...(Object.keys(CURRENCIES) as Currency[]));
    const share = fc.integer({ min: -9999, max: 100_000 });
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 9_999_999_999n }), currency, share, (units, code, hundredths) => {
        const unit = 10n ** BigInt(8 - CURRENCIES[code]);
        const priceE8 = units * unit;
        const text = (Math.abs(hundredths) / 100).toFixed(2);
        const after = changedPrice(priceE8, code, { kind: 'price-percent', percent: hundredths < 0 ? `-${text}` : text });
        const exact = priceE8 * BigInt(10_000 + hundredths); // in 1/10,000 of 1/100,000,000
        if (after === null) return exact < 5_000n * unit || exact / 10_000n > 999_999_999_999_999_999n - unit;
        const away = after * 10_000n - exact;
        return after % unit === 0n && away > -5_000n * unit && away <= 5_000n * unit;
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { e8OfMinor, minorOf, proportion, sharesOf } from './minor-units.ts';

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);

describe('minor units', () => {
  it.each([
    [1_250_000_000n, 'EUR', 1250n],
    [1_200_000_000n, 'JPY', 12n],
    [1_234_500_000n, 'KWD', 12345n],
    [1n, 'BTC', 1n],
    [0n, 'EUR', 0n],
  ])('%s of 1/100,000,000 %s are %s', (amountE8, currency, minor) => {
    expect(minorOf(amountE8, currency)).toBe(minor);
    expect(e8OfMinor(minor, currency)).toBe(amountE8);
  });

  it('are never rounded from a price', () => {
    expect(() => minorOf(1_250_000_001n, 'EUR')).toThrow(RangeError);
    expect(() => minorOf(50_000_000n, 'JPY')).toThrow(RangeError);
  });
});

describe('a proportion', () => {
  it.each([
    [1000n, 650n, 10_000n, 65n],
    [10n, 5n, 100n, 1n],
    [9n, 5n, 100n, 0n],
    [-10n, 5n, 100n, -1n],
    [-9n, 5n, 100n, 0n],
  ])('%s × %s ÷ %s is %s, half away from zero', (amount, numerator, denominator, expected) => {
    expect(proportion(amount, numerator, denominator)).toBe(expected);
  });
});

describe('shares', () => {
  it('of 100 in three equal parts are 34, 33 and 33', () => {
    expect(sharesOf(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
  });

  it('give the largest remainder its unit first', () => {
    expect(sharesOf(10n, [15n, 26n, 59n])).toEqual([1n, 3n, 6n]);
  });

  it('always add up, and differ from the exact part by less than one', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 20 }).filter((all) => sum(all) > 0n);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), weights, (amount, parts) => {
        const shares = sharesOf(amount, parts);
        expect(sum(shares)).toBe(amount);
        const total = sum(parts);
        for (const [index, share] of shares.entries()) {
          const difference = share * total - amount * parts[index]!;
          expect(difference < total && difference > -total).toBe(true);
        }
      }),
    );
  });

  it('need a weight above zero', () => {
    expect(() => sharesOf(5n, [0n])).toThrow(RangeError);
    expect(() => sharesOf(-5n, [1n])).toThrow(RangeError);
    expect(() => sharesOf(5n, [2n, -1n])).toThrow(RangeError);
  });
});

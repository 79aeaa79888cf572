import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CURRENCIES, isIsoCurrency, type Currency as CurrencyCode } from './currencies.ts';
import { fitsCurrency, formatPriceE8, parsePriceE8 } from './amounts.ts';
import { Currency, PriceText } from './money.ts';

const codes = Object.keys(CURRENCIES) as CurrencyCode[];
const code = fc.constantFrom(...codes);
/** Every amount that a price can be: 18 digits. */
const amountE8 = fc.oneof(fc.bigInt(1n, 999_999_999_999_999_999n), fc.bigInt(1n, 1_000_000_000n));

describe('an amount', () => {
  it('comes back from its text exactly, in every currency', () => {
    fc.assert(
      fc.property(amountE8, code, (amount, currency) => {
        const shown = formatPriceE8(amount, currency);
        expect(PriceText.parse(shown)).toBe(shown);
        expect(parsePriceE8(shown)).toBe(amount);
      }),
      { numRuns: 1000 },
    );
  });

  it('is read digit by digit', () => {
    const digits = (min: number, max: number) =>
      fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), minLength: min, maxLength: max });
    fc.assert(
      fc.property(digits(1, 10), digits(0, 8), (whole, fraction) => {
        expect(parsePriceE8(fraction ? `${whole}.${fraction}` : whole)).toBe(BigInt(whole + fraction.padEnd(8, '0')));
      }),
    );
  });

  it.each<[bigint, string, string]>([
    [1_250_000_000n, 'EUR', '12.50'],
    [1_200_000_000n, 'USD', '12.00'],
    [1_250_500_000n, 'EUR', '12.505'],
    [120_000_000_000n, 'JPY', '1200'],
    [1n, 'ETH', '0.00000001'],
    [150_000_000n, 'BTC', '1.50000000'],
    [150_000_000n, 'USDC', '1.500000'],
    [999_999_999_999_999_999n, 'BTC', '9999999999.99999999'],
    [1_250_000_000n, 'a currency of later', '12.50'],
  ])('of %s / 100,000,000 %s is shown as %s', (amount, currency, shown) => {
    expect(formatPriceE8(amount, currency)).toBe(shown);
  });
});

describe('PriceText', () => {
  it.each([
    ['12.50', '12.50'],
    [' 12.5\n', '12.5'],
    ['0.00000001', '0.00000001'],
    ['9999999999.99999999', '9999999999.99999999'],
    ['0000000001', '0000000001'],
    ['12,50', '12.50'],
    ['1.234,56', '1234.56'],
    ['1 000', '1000'],
    ['1E-08', '0.00000001'],
  ])('takes %j', (given, taken) => {
    expect(PriceText.parse(given)).toBe(taken);
  });

  const noNumbers = ['', ' ', 'free', 'NaN', 'Infinity', '.5', '5.', '1.2.3', '1,500', '1e-9', '1_000', '10 00', '0x10', '٣', '1\n2'];
  it.each([...noNumbers, '0', '0.00000000', '-1', '+1', '12345678901', '1.123456789', 12.5, null, undefined, ['1']])(
    'refuses %j',
    (given) => {
      expect(PriceText.safeParse(given).success).toBe(false);
    },
  );
});

describe('the sentence of a refused price', () => {
  it.each([
    ['abc', 'Enter a price such as 12.50.'],
    ['1,234', '1,234 can be read as a thousand or as a decimal. Write it with a point, such as 1234.00.'],
    ['12345678901', 'A price has at most 10 digits before the point and 8 after it.'],
    ['0.000000001', 'A price has at most 10 digits before the point and 8 after it.'],
    ['0', 'The price is above zero.'],
    [12.5, 'Enter a price such as 12.50.'],
  ])('of %j', (given, sentence) => {
    expect(PriceText.safeParse(given).error?.issues.map(({ message }) => message)).toEqual([sentence]);
  });
});

describe('fitsCurrency', () => {
  it('allows as many decimals as the currency has, and any number of zeros behind them', () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 1, max: 8 }), fc.nat(4), (currency, decimals, zeros) => {
        const price = `1.${'1'.repeat(decimals)}${'0'.repeat(zeros)}`;
        expect(fitsCurrency(price, currency)).toBe(decimals <= CURRENCIES[currency]);
        expect(fitsCurrency(`1.${'0'.repeat(decimals)}`, currency)).toBe(true);
        expect(fitsCurrency('1', currency)).toBe(true);
      }),
    );
  });

  it('knows no currency with more decimals than are stored', () => {
    expect(Math.max(...Object.values(CURRENCIES))).toBeLessThanOrEqual(8);
    expect(CURRENCIES).toMatchObject({ EUR: 2, JPY: 0, KRW: 0, KWD: 3, TND: 3, SEK: 2, UYU: 2, BTC: 8, USDC: 6 });
  });

  it('knows the tender of ISO 4217, each with its own decimals', () => {
    const tender = codes.filter(isIsoCurrency);
    expect(tender.length).toBeGreaterThan(150);
    const known = new Set(Intl.supportedValuesOf('currency'));
    expect(tender.filter((iso) => !known.has(iso) && !['VED', 'XCG'].includes(iso))).toEqual([]); // younger than some engines
    expect(codes.filter((other) => !isIsoCurrency(other))).toEqual(['BTC', 'ETH', 'USDC', 'USDT', 'DAI']);
    expect(codes.slice(0, 5)).toEqual(['EUR', 'USD', 'GBP', 'CHF', 'JPY']);
  });

  it('knows currencies by their exact code only', () => {
    expect(codes.every((known) => Currency.safeParse(known).success)).toBe(true);
    for (const unknown of ['eur', 'EUR ', 'XXX', 'XAU', '', 'toString', null]) expect(Currency.safeParse(unknown).success).toBe(false);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOf, isAmbiguousAmount } from './amounts.ts';

describe('an amount as it is typed', () => {
  it.each([
    ['12.50', '12.50'],
    [' 12,50\n', '12.50'],
    ['12,5', '12.5'],
    ['0,123', '0.123'],
    ['1234,567', '1234.567'],
    ['1.234', '1.234'],
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ['1.234.567', '1234567'],
    ['1,234,567', '1234567'],
    ['1.234.567,8', '1234567.8'],
    ['1 234,56', '1234.56'],
    ['1\u00A0234', '1234'],
    ['1\u202F234\u202F567.80', '1234567.80'],
    ["1'234.50", '1234.50'],
    ['1’234', '1234'],
    ['-5,00', '-5.00'],
    ['+1,5', '+1.5'],
    ['1E-08', '0.00000001'],
    ['5e-7', '0.0000005'],
    ['1,5E-3', '0.0015'],
    ['1.25e+2', '125'],
    ['12.5e0', '12.5'],
    ['1.2345e2', '123.45'],
    ['2e3', '2000'],
    ['0e5', '0'],
  ])('%j is %s', (typed, decimal) => {
    expect(decimalOf(typed)).toBe(decimal);
  });

  it.each([
    '',
    'free',
    '1,23,4',
    '1.2.3',
    '12 34',
    '1.234.56',
    '1,234,56',
    '1 234 56,7',
    '.5',
    '5.',
    ',5',
    '1_000',
    '1\n234',
    '٣',
    '1e999',
    '--1',
  ])('%j has no reading, and stays', (typed) => {
    expect(decimalOf(typed)).toBe(typed);
    expect(isAmbiguousAmount(typed)).toBe(false);
  });

  it.each(['1,234', '12,500', '999,000', '-1,234'])('%j has two readings, and stays', (typed) => {
    expect(decimalOf(typed)).toBe(typed);
    expect(isAmbiguousAmount(typed)).toBe(true);
  });

  it('is what JavaScript writes of a number, exactly', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 999_999_999_999_999n), fc.integer({ min: 0, max: 8 }), (units, decimals) => {
        const text = units.toString().padStart(decimals + 1, '0');
        const exact = decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`.replace(/\.?0+$/, '');
        expect(decimalOf(String(Number(exact)))).toBe(exact);
      }),
    );
  });
});

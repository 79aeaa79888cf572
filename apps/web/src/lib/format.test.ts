import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { count, counted, currencies, day, dayOfYear, moment, money, month, percent, signed } from './format.ts';

// A zone far from UTC, so that a date shown in local time is seen at once.
vi.hoisted(() => {
  process.env.TZ = 'Pacific/Auckland';
});

const NBSP = '\u00A0';

describe('numbers', () => {
  it('are grouped in threes', () => {
    expect([0, 999, 1502, 1_234_567, 2_147_483_647].map(count)).toEqual(['0', '999', '1,502', '1,234,567', '2,147,483,647']);
  });

  it.each([
    [0, '0 ratings', '0 people'],
    [1, '1 rating', '1 person'],
    [2, '2 ratings', '2 people'],
    [1001, '1,001 ratings', '1,001 people'],
  ])('come with the right word: %i', (value, ratings, people) => {
    expect([counted(value, 'rating'), counted(value, 'person', 'people')]).toEqual([ratings, people]);
  });
});

it('gives a difference its sign, unless it rounds to none', () => {
  expect([-0.1309, 0.02, 0, -0.004, 0.005, 1].map((value) => signed(value))).toEqual(['−0.13', '+0.02', '0.00', '0.00', '+0.01', '+1.00']);
  expect(signed(-3, 0)).toBe('−3');
});

describe('percent', () => {
  it.each([
    [0, 10, '0 %'],
    [10, 10, '100 %'],
    [1, 3, '33 %'],
    [2, 3, '67 %'],
    [1, 8, '13 %'],
    [1, 200, '1 %'],
    [1, 201, '< 1 %'],
    [199, 200, '99 %'],
    [99_999, 100_000, '99 %'],
    [198, 200, '99 %'],
    [303, 312, '97 %'],
  ])('%i of %i is %s', (part, whole, shown) => {
    expect(percent(part, whole)).toBe(shown.replaceAll(' ', NBSP));
  });

  it('rounds half up, and makes neither none of some nor all of almost all: 199 of 200 is 99 %', () => {
    const INT = 2_147_483_647;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: INT }), fc.nat(INT), (whole, given) => {
        const part = given % (whole + 1);
        const rounded = Number((200n * BigInt(part) + BigInt(whole)) / (2n * BigInt(whole)));
        const expected = part > 0 && rounded === 0 ? '< 1 %' : part < whole && rounded === 100 ? '99 %' : `${rounded} %`;
        expect(percent(part, whole)).toBe(expected.replaceAll(' ', NBSP));
      }),
    );
  });
});

describe('money', () => {
  it.each([
    ['12.50', 'EUR', '€ 12.50'],
    ['999', 'JPY', '¥ 999'],
    ['1000.00', 'USD', '$ 1,000.00'],
    ['1234567.89', 'GBP', '£ 1,234,567.89'],
    ['12.50', 'CHF', 'CHF 12.50'],
    ['1.500000', 'USDC', 'USDC 1.500000'],
    ['0.00000001', 'BTC', '₿ 0.00000001'],
    ['9999999999.99999999', 'ETH', 'Ξ 9,999,999,999.99999999'],
    ['5', 'a currency of later', 'a currency of later 5'],
  ])('%s %s is shown as %s, on one line', (amount, currency, shown) => {
    expect(money(amount, currency)).toBe(shown.replace(/ (?=[\d,.]+$)/, NBSP));
  });

  it('loses no digit', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 9_999_999_999n), fc.nat(99_999_999), (whole, part) => {
        const amount = `${whole}.${String(part).padStart(8, '0')}`;
        expect(money(amount, 'BTC').replaceAll(',', '')).toBe(`₿${NBSP}${amount}`);
      }),
    );
  });

  it('can be in every currency there is', () => {
    expect(currencies.slice(0, 10)).toEqual(['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'BTC', 'ETH', 'USDC', 'USDT', 'DAI']);
    expect(currencies).toContain('KWD');
  });
});

describe('dates', () => {
  it.each([
    ['2026-11-22T09:30:00.000Z', '22 Nov 2026', 'November 2026', '22 Nov 2026, 09:30 UTC'],
    ['2026-12-31T23:59:59.999Z', '31 Dec 2026', 'December 2026', '31 Dec 2026, 23:59 UTC'],
    ['2023-03-01T00:00:00.000Z', '1 Mar 2023', 'March 2023', '1 Mar 2023, 00:00 UTC'],
  ])('%s is the same everywhere', (iso, shownDay, shownMonth, shownMoment) => {
    expect(new Date(iso).getTimezoneOffset()).not.toBe(0);
    expect(dayOfYear(iso)).toBe(shownDay.replace(/ \d{4}$/, ''));
    expect([day(iso), month(iso), moment(iso)]).toEqual([shownDay, shownMonth, shownMoment]);
  });
});

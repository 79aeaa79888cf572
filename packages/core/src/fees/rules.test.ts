import { VAT_RATES, vatRateOf } from '@assay/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommissionRuleRow } from './ports.ts';
import { feesOfSale, reversedFees, ruleFor, vatOf, type Operator, type Sale } from './rules.ts';

const AT = new Date('2026-11-29T12:00:00Z');
const YEAR = new Date('2026-01-01T00:00:00Z');
const rule = (id: number, is: Partial<CommissionRuleRow> = {}): CommissionRuleRow => ({
  id,
  categoryPath: null,
  sellerId: null,
  tier: null,
  basisPoints: 0,
  fixedMinor: 0n,
  minimumMinor: 0n,
  currency: null,
  validFrom: YEAR,
  validUntil: null,
  ...is,
});
const SALE = { sellerId: 7, tier: 'gold', currency: 'EUR' };

describe('the rule of a sale', () => {
  // The more specific one first: each wins over all after it.
  const RANKED = [
    rule(1, { sellerId: 7, categoryPath: 'art/prints' }),
    rule(2, { sellerId: 7, categoryPath: 'art' }),
    rule(3, { sellerId: 7 }),
    rule(4, { categoryPath: 'art/prints', tier: 'gold' }),
    rule(5, { categoryPath: 'art/prints' }),
    rule(6, { categoryPath: 'art' }),
    rule(7, { tier: 'gold', currency: 'EUR' }),
    rule(8, { tier: 'gold' }),
    rule(9, { currency: 'EUR' }),
    rule(11, { validFrom: new Date('2026-02-01T00:00:00Z') }),
    rule(13),
    rule(12),
  ];

  it('is the most specific one, in one order, whichever is read first', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(RANKED, { minLength: 1 }), (read) => {
        const first = RANKED.find((each) => read.includes(each));
        expect(ruleFor(read, SALE, 'art/prints', AT)?.id).toBe(first?.id);
      }),
    );
  });

  it.each([
    ['another seller', rule(1, { sellerId: 8 })],
    ['another tier', rule(1, { tier: 'bronze' })],
    ['another currency', rule(1, { currency: 'USD' })],
    ['another category', rule(1, { categoryPath: 'art/print' })],
    ['a category below', rule(1, { categoryPath: 'art/prints/old' })],
    ['later', rule(1, { validFrom: new Date(AT.getTime() + 1) })],
    ['until now', rule(1, { validUntil: AT })],
  ])('is not one of %s', (_of, other) => expect(ruleFor([other], SALE, 'art/prints', AT)).toBeNull());

  it('holds from its first moment to the last before its end', () => {
    expect(ruleFor([rule(1, { validFrom: AT })], SALE, 'art', AT)?.id).toBe(1);
    expect(ruleFor([rule(1, { validUntil: new Date(AT.getTime() + 1) })], SALE, 'art', AT)?.id).toBe(1);
  });
});

const NO_VAT = { treatment: 'none' as const, country: null, basisPoints: 0 };
const GERMAN_VAT = { treatment: 'standard' as const, country: 'DE', basisPoints: 1900 };
const sale = (items: [string, bigint][], shippingMinor = 0n): Sale => ({
  ...SALE,
  items: items.map(([category, amountMinor]) => ({ category, amountMinor })),
  shippingMinor,
});

describe('the fees of a sale', () => {
  it('are charged on items and shipping, rounded half up at each step', () => {
    // 6.5 % of 12.30 is 0.7995: 0.80. 19 % of 0.80 is 0.152: 0.15.
    const fees = feesOfSale(sale([['art', 1000n]], 230n), [rule(1, { basisPoints: 650 })], GERMAN_VAT, AT);
    expect(fees).toMatchObject({ baseMinor: 1230n, commissionMinor: 80n, vatMinor: 15n, vatCountry: 'DE' });
    // 5 % of 0.10 is half a cent.
    expect(feesOfSale(sale([['art', 10n]]), [rule(1, { basisPoints: 500 })], NO_VAT, AT).commissionMinor).toBe(1n);
  });

  it('count a fixed amount once for all items of a rule, and never less than its minimum', () => {
    const rules = [rule(1, { basisPoints: 1000, fixedMinor: 30n, minimumMinor: 50n, currency: 'EUR' })];
    expect(
      feesOfSale(
        sale([
          ['art', 1000n],
          ['toys', 1000n],
        ]),
        rules,
        NO_VAT,
        AT,
      ).commissionMinor,
    ).toBe(230n);
    expect(feesOfSale(sale([['art', 100n]]), rules, NO_VAT, AT).commissionMinor).toBe(50n);
  });

  it('name each rule, with its share of the shipping', () => {
    const rules = [rule(1, { basisPoints: 1000 }), rule(2, { basisPoints: 500, categoryPath: 'art' })];
    const { lines } = feesOfSale(
      sale(
        [
          ['art', 2000n],
          ['toys', 1000n],
        ],
        100n,
      ),
      rules,
      NO_VAT,
      AT,
    );
    expect(lines).toMatchObject([
      { ruleId: 2, baseMinor: 2067n, commissionMinor: 103n },
      { ruleId: 1, baseMinor: 1033n, commissionMinor: 103n },
    ]);
  });

  it('are nothing without a rule', () => {
    expect(feesOfSale(sale([['art', 999n]]), [], GERMAN_VAT, AT)).toMatchObject({ commissionMinor: 0n, vatMinor: 0n });
  });

  it('never cost more than the sale brings', () => {
    const amount = fc.bigInt(0n, 10n ** 12n);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('art', 'art/prints', 'toys'), amount), { minLength: 1, maxLength: 5 }),
        amount,
        fc.array(fc.tuple(fc.integer({ min: 0, max: 10_000 }), amount, amount), { maxLength: 3 }),
        fc.constantFrom(0, 810, 1900, 2550),
        (items, shipping, charges, basisPoints) => {
          const rules = charges.map(([bp, fixedMinor, minimumMinor], index) =>
            rule(index + 1, { basisPoints: bp, fixedMinor, minimumMinor, currency: 'EUR', categoryPath: [null, 'art', 'toys'][index]! }),
          );
          const fees = feesOfSale(sale(items, shipping), rules, { ...GERMAN_VAT, basisPoints }, AT);
          const sum = (of: 'baseMinor' | 'commissionMinor') => fees.lines.reduce((total, line) => total + line[of], 0n);
          expect(sum('baseMinor')).toBe(fees.baseMinor);
          expect(fees.baseMinor).toBe(items.reduce((total, [, price]) => total + price, shipping));
          expect(sum('commissionMinor')).toBe(fees.commissionMinor);
          expect(fees.commissionMinor >= 0n && fees.commissionMinor + fees.vatMinor <= fees.baseMinor).toBe(true);
        },
      ),
    );
  });
});

describe('what a refund reverses', () => {
  const FEES = { commission: 99n, vat: 19n };

  it('is in proportion to what is refunded', () => {
    expect(reversedFees(FEES, 0n, 1000n, 2000n)).toEqual({ commission: 50n, vat: 10n });
    expect(reversedFees(FEES, 1000n, 1000n, 2000n)).toEqual({ commission: 49n, vat: 9n });
    expect(reversedFees(FEES, 0n, 0n, 0n)).toEqual({ commission: 0n, vat: 0n });
    expect(() => reversedFees(FEES, 1500n, 501n, 2000n)).toThrow(RangeError);
  });

  it('is all that was charged once everything is refunded, in any parts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(0n, 10n ** 9n), { minLength: 1, maxLength: 8 }),
        fc.bigInt(0n, 10n ** 9n),
        fc.bigInt(0n, 10n ** 9n),
        (parts, commission, vat) => {
          const total = parts.reduce((sum, part) => sum + part, 1n);
          const reversed = { commission: 0n, vat: 0n };
          let before = 0n;
          for (const part of [...parts, 1n]) {
            const back = reversedFees({ commission, vat }, before, part, total);
            expect(back.commission >= 0n && back.vat >= 0n).toBe(true);
            reversed.commission += back.commission;
            reversed.vat += back.vat;
            before += part;
          }
          expect(reversed).toEqual({ commission, vat });
        },
      ),
    );
  });
});

describe('VAT on commission', () => {
  const operator = (is: Partial<Operator> = {}): Operator => ({
    name: 'M',
    address: 'A',
    country: 'DE',
    vatNumber: 'DE1',
    vatAbroad: [],
    ...is,
  });
  const EVERYWHERE = operator({ vatAbroad: ['EU', 'GB', 'CH', 'NO'] });
  it.each([
    ['an operator without a VAT number', operator({ vatNumber: null }), { country: 'DE', vatNumber: null }, 'none', null, 0],
    ['no operator', null, { country: 'DE', vatNumber: null }, 'none', null, 0],
    ['a seller who has not said where they are', operator(), null, 'standard', 'DE', 1900],
    ['the same country', operator(), { country: 'DE', vatNumber: 'DE2' }, 'standard', 'DE', 1900],
    ['a business in another member state', operator(), { country: 'FR', vatNumber: 'FR2' }, 'reverse-charge', null, 0],
    ['a private person there, below the threshold', operator(), { country: 'FR', vatNumber: null }, 'standard', 'DE', 1900],
    ['a private person there, by the one-stop shop', EVERYWHERE, { country: 'FI', vatNumber: null }, 'standard', 'FI', 2550],
    ['the United Kingdom', operator(), { country: 'GB', vatNumber: null }, 'outside', null, 0],
    ['the United Kingdom, registered there', EVERYWHERE, { country: 'GB', vatNumber: null }, 'standard', 'GB', 2000],
    ['a business there, registered there', EVERYWHERE, { country: 'GB', vatNumber: 'GB2' }, 'reverse-charge', null, 0],
    ['a country that the table does not have', EVERYWHERE, { country: 'US', vatNumber: null }, 'outside', null, 0],
    ['an operator outside of the table', operator({ country: 'US' }), { country: 'US', vatNumber: null }, 'none', null, 0],
    ['a Swiss operator and a business in the EU', operator({ country: 'CH' }), { country: 'FR', vatNumber: 'FR2' }, 'outside', null, 0],
  ])('%s', (_case, by, seller, treatment, country, basisPoints) =>
    expect(vatOf(by, seller, AT)).toEqual({ treatment, country, basisPoints }),
  );
});

describe('the table of rates', () => {
  it('has one rate for each country and day', () => {
    expect(new Set(VAT_RATES.map(({ country, from }) => `${country} ${from}`)).size).toBe(VAT_RATES.length);
    expect(new Set(VAT_RATES.map(({ country }) => country)).size).toBe(32);
    for (const { basisPoints } of VAT_RATES) expect(basisPoints).toBeGreaterThan(500);
  });

  it('answers with the rate of the day', () => {
    expect(vatRateOf('SK', new Date('2024-12-31T23:59:59Z'))).toBe(2000);
    expect(vatRateOf('SK', new Date('2025-01-01T00:00:00Z'))).toBe(2300);
    expect(vatRateOf('US', AT)).toBeNull();
    expect(vatRateOf('DE', new Date('2001-01-01T00:00:00Z'))).toBeNull();
  });
});

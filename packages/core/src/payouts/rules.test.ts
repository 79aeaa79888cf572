import { PAYOUT_REASONS } from '@assay/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePayout, partsOf, type PayoutState } from './rules.ts';

const details = { method: 'bank', currency: null, state: 'ready', updatedAt: new Date('2026-01-01') } as const;
const state: PayoutState = {
  currency: 'EUR',
  available: 1000n,
  pending: 0n,
  reserved: 0n,
  debt: 0n,
  minimum: 100n,
  reserveBps: 0,
  unit: 1n,
  isOnHold: false,
  returnedAt: null,
  hasUnresolved: false,
  details,
};
const judged = (changes: Partial<PayoutState>) => judgePayout({ ...state, ...changes });

describe('a payout', () => {
  it('is what is available', () =>
    expect(judged({})).toEqual({ pay: true, method: 'sepa', parts: { netted: 0n, toReserve: 0n, amount: 1000n } }));

  it.each([
    [{ isOnHold: true, details: null }, 'on-hold'],
    [{ returnedAt: new Date('2026-02-01') }, 'returned'],
    [{ returnedAt: new Date('2026-02-01'), details: null }, 'returned'],
    [{ hasUnresolved: true }, 'unresolved'],
    [{ debt: 1001n }, 'negative-balance'],
    [{ debt: 1000n }, 'negative-balance'],
    [{ available: -1n }, 'negative-balance'],
    [{ available: 0n, debt: 5n }, 'negative-balance'],
    [{ details: null }, 'no-details'],
    [{ details: { ...details, state: 'unreadable' } }, 'details-unreadable'],
    [{ details: { ...details, method: 'crypto', currency: 'USDC', state: 'wallet-gone' } }, 'wallet-gone'],
    [{ details: { ...details, method: 'crypto', currency: 'USDC' } }, 'not-payable'],
    [{ currency: 'ETH' }, 'not-payable'],
    [{ details: { ...details, method: 'stripe', currency: 'EUR', state: 'account-unfinished' } }, 'account-unfinished'],
    [{ details: { ...details, method: 'stripe', currency: 'EUR', state: 'account-restricted' } }, 'account-restricted'],
    [{ details: { ...details, method: 'stripe', currency: 'USD' } }, 'not-payable'],
    [{ unit: 1000n, available: 999n }, 'below-minimum'],
    [{ available: 0n, pending: 100n }, 'pending'],
    [{ available: 99n, pending: 1n }, 'pending'],
    [{ available: 0n, pending: 100n, details: null }, 'no-details'],
    [{ available: 50n, pending: 49n }, 'below-minimum'],
    [{ available: 99n }, 'below-minimum'],
    [{ available: 150n, debt: 51n }, 'below-minimum'],
    [{ available: 0n, reserved: 100n, reserveBps: 10_000, minimum: 0n }, 'below-minimum'],
  ] as const)('of %o is not made: %s', (changes, reason) => expect(judged(changes)).toMatchObject({ pay: false, due: true, reason }));

  it('of a seller without money is not due', () => expect(judged({ available: 0n, isOnHold: true })).toEqual({ pay: false, due: false }));

  it.each([
    [{ returnedAt: new Date('2025-12-31') }, 'sepa'], // the details were changed since
    [{ currency: 'USD' }, 'manual'],
    [{ currency: 'USDC', details: { ...details, method: 'crypto', currency: 'USDC' } }, 'manual'],
    [{ available: 100n }, 'sepa'],
    [{ available: 150n, debt: 50n }, 'sepa'],
    [{ available: 100n, pending: 5000n }, 'sepa'],
    [{ details: { ...details, method: 'stripe', currency: 'EUR' } }, 'stripe'],
  ] as const)('of %o is made: %s', (changes, method) => expect(judged(changes)).toMatchObject({ pay: true, method }));

  it.each([
    [{ reserveBps: 1000 }, { netted: 0n, toReserve: 100n, amount: 900n }],
    [{ pending: 400n }, { netted: 0n, toReserve: 0n, amount: 1000n }],
    [
      { reserveBps: 1000, available: 100n, pending: 900n },
      { netted: 0n, toReserve: 100n, amount: 0n },
    ],
    [
      { reserveBps: 1000, reserved: 100n },
      { netted: 0n, toReserve: 10n, amount: 990n },
    ],
    [
      { reserveBps: 1000, available: 0n, reserved: 111n },
      { netted: 0n, toReserve: -100n, amount: 100n },
    ],
    [
      { reserveBps: 0, reserved: 111n },
      { netted: 0n, toReserve: -111n, amount: 1111n },
    ],
    [
      { reserveBps: 1000, debt: 200n },
      { netted: 200n, toReserve: 80n, amount: 720n },
    ],
    [
      { unit: 100n, available: 1234n },
      { netted: 0n, toReserve: 34n, amount: 1200n },
    ],
    [
      { unit: 100n, available: 66n, reserved: 34n },
      { netted: 0n, toReserve: -34n, amount: 100n },
    ],
    [
      { available: 10n, reserved: 100n, debt: 60n, reserveBps: 5000 },
      { netted: 60n, toReserve: -75n, amount: 25n },
    ],
    [
      { available: 10n, reserved: 20n, debt: 60n, reserveBps: 5000 },
      { netted: 30n, toReserve: -20n, amount: 0n },
    ],
  ] as const)('of %o has the parts %o', (changes, parts) => expect(partsOf({ ...state, ...changes })).toEqual(parts));

  const minor = fc.bigInt({ min: -500n, max: 5000n });
  const owed = fc.bigInt({ min: 0n, max: 5000n });
  const drawn: fc.Arbitrary<PayoutState> = fc.record({
    currency: fc.constantFrom('EUR', 'USD', 'JPY', 'USDC', 'ETH'),
    available: minor,
    pending: owed,
    reserved: owed,
    debt: owed,
    minimum: owed,
    reserveBps: fc.integer({ min: 0, max: 10_000 }),
    unit: fc.constantFrom(1n, 10n, 100n),
    isOnHold: fc.boolean(),
    returnedAt: fc.option(fc.constantFrom(new Date('2025-06-01'), new Date('2026-06-01'))),
    hasUnresolved: fc.boolean(),
    details: fc.option(
      fc.record({
        method: fc.constantFrom('bank', 'crypto', 'stripe'),
        currency: fc.constantFrom(null, 'EUR', 'USDC', 'ETH'),
        state: fc.constantFrom('ready', 'wallet-gone', 'unreadable', 'account-unfinished', 'account-restricted'),
        updatedAt: fc.constant(new Date('2026-01-01')),
      }),
    ),
  });
  /** What is pending is a part of a balance. */
  const states = drawn.map((any) => (any.available < 0n ? { ...any, pending: 0n } : any));

  it('of a seller with money is made, or has a reason; no money is lost or made on the way', () => {
    fc.assert(
      fc.property(states, (any) => {
        const { available, pending, reserved, debt } = any;
        const judgement = judgePayout(any);
        if (!judgement.pay && !judgement.due) {
          expect([available, pending, reserved, debt]).toEqual([0n, 0n, 0n, 0n]);
          return;
        }
        const { netted, toReserve, amount } = judgement.parts;
        const left = available + pending - netted - toReserve - amount;
        expect(judgement.pay || amount > 0n || pending === 0n ? left === pending : left >= 0n && left <= pending).toBe(true);
        expect(netted >= 0n && netted <= debt).toBe(true);
        expect(reserved + toReserve >= 0n).toBe(true);
        if (!judgement.pay) {
          expect(PAYOUT_REASONS).toContain(judgement.reason);
          return;
        }
        expect(netted).toBe(debt);
        expect(amount > 0n && amount >= any.minimum).toBe(true);
        expect(any.isOnHold || any.hasUnresolved || any.details?.state !== 'ready').toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

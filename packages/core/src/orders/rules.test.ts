import { ORDER_MOVES, ORDER_STATUSES } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { MOVES, movesFor } from './rules.ts';

const PARTIES = ['buyer', 'seller'] as const;

/** Everything that is legal, written down a second time. What is not here is not. */
const LEGAL = new Set([
  'placed: buyer may pay',
  'placed: buyer may cancel',
  'placed: seller may cancel',
  'paid: seller may ship',
  'paid: buyer may cancel',
  'paid: seller may cancel',
  'shipped: buyer may complete',
]);

describe('an order', () => {
  it.each(ORDER_STATUSES.flatMap((status) => PARTIES.map((party) => [status, party] as const)))(
    'that is %s lets its %s do what is legal and nothing else',
    (status, party) => {
      expect(movesFor(party, { status, payment: null })).toEqual(
        ORDER_MOVES.filter((move) => LEGAL.has(`${status}: ${party} may ${move}`)),
      );
    },
  );

  it('waits while its payment is pending', () => {
    expect(PARTIES.flatMap((party) => movesFor(party, { status: 'placed', payment: 'pending' }))).toEqual([]);
  });

  it('goes to exactly these states', () => {
    expect(Object.fromEntries(ORDER_MOVES.map((move) => [move, MOVES[move].to]))).toEqual({
      pay: 'paid',
      ship: 'shipped',
      complete: 'completed',
      cancel: 'cancelled',
    });
  });

  it('can reach every state from the first, and leaves the last two never', () => {
    const reached = new Set<string>(['placed']);
    for (const status of reached)
      for (const { from, to } of Object.values(MOVES)) if (from.some((state) => state === status)) reached.add(to);
    expect([...reached].sort()).toEqual([...ORDER_STATUSES].sort());
    for (const status of ['completed', 'cancelled'] as const)
      expect(PARTIES.flatMap((party) => movesFor(party, { status, payment: null }))).toEqual([]);
  });
});

import { ORDER_MOVES, ORDER_STATUSES, type OrderStatus } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import type { OrderTimes } from './ports.ts';
import { DEADLINES, dueAtOf, mayBeCaptured, MOVES, movesFor, PAYMENT_OUTCOMES, type Party } from './rules.ts';

const PARTIES = ['buyer', 'seller'] as const;
const NOT_TRACKED = { payment: null, trackingNumber: null };
const TIMES: OrderTimes = { paymentMs: 1, shippingMs: 2, deliveryMs: 3, confirmationMs: 4, reminderMs: 1 };

/** Everything that is legal, written down a second time. What is not here is not. */
const LEGAL = new Set([
  'placed: buyer may pay',
  'placed: buyer may cancel',
  'placed: seller may cancel',
  'placed: seller may decline',
  'paid: seller may ship',
  'paid: buyer may cancel',
  'paid: seller may cancel',
  'paid: seller may decline',
  'shipped: seller may deliver',
  'shipped: buyer may complete',
  'delivered: buyer may complete',
]);
const FINAL = ['cancelled', 'completed', 'declined'];

/** Each transition that there is: what it takes, and who takes it. */
const EDGES: { from: OrderStatus; to: OrderStatus; by: Party | 'payment' | 'deadline' }[] = [
  ...Object.values(MOVES).flatMap(({ from, to, by }) => from.flatMap((state) => by.map((party) => ({ from: state, to, by: party })))),
  ...Object.values(PAYMENT_OUTCOMES).flatMap(({ from, to }) => from.map((state) => ({ from: state, to, by: 'payment' as const }))),
  ...ORDER_STATUSES.flatMap((from) => (DEADLINES[from] ? [{ from, to: DEADLINES[from].to, by: 'deadline' as const }] : [])),
];

/** The states that an order passes from here when neither side does anything. */
function byItself(from: OrderStatus): OrderStatus[] {
  const passed = [from];
  for (let deadline = DEADLINES[from]; deadline; deadline = DEADLINES[deadline.to]) {
    expect(passed).not.toContain(deadline.to);
    passed.push(deadline.to);
  }
  return passed;
}

describe('an order', () => {
  it.each(ORDER_STATUSES.flatMap((status) => PARTIES.map((party) => [status, party] as const)))(
    'that is %s lets its %s do what is legal and nothing else',
    (status, party) => {
      expect(movesFor(party, { status, payment: null, trackingNumber: '1' })).toEqual(
        ORDER_MOVES.filter((move) => LEGAL.has(`${status}: ${party} may ${move}`)),
      );
    },
  );

  it('waits while its payment may still be captured', () => {
    for (const payment of ['pending', 'captured'] as const)
      for (const status of ['placed', 'paying'] as const) {
        expect(mayBeCaptured({ status, payment })).toBe(true);
        expect(PARTIES.flatMap((party) => movesFor(party, { status, payment, trackingNumber: null }))).toEqual([]);
      }
    for (const payment of [null, 'failed'] as const) expect(mayBeCaptured({ status: 'paying', payment })).toBe(false);
  });

  it('is marked as delivered by its seller only where a tracking number shows it', () => {
    expect(movesFor('seller', { status: 'shipped', ...NOT_TRACKED })).toEqual([]);
    expect(movesFor('seller', { status: 'shipped', ...NOT_TRACKED, trackingNumber: '1' })).toEqual(['deliver']);
  });

  it('goes to exactly these states', () => {
    expect(Object.fromEntries(ORDER_MOVES.map((move) => [move, MOVES[move].to]))).toEqual({
      pay: 'paying',
      ship: 'shipped',
      deliver: 'delivered',
      complete: 'completed',
      cancel: 'cancelled',
      decline: 'declined',
    });
  });

  it('can reach every state from the first', () => {
    const reached = new Set<OrderStatus>(['placed']);
    for (const status of reached) for (const { from, to } of EDGES) if (from === status) reached.add(to);
    expect([...reached].sort()).toEqual([...ORDER_STATUSES].sort());
  });

  it.each(ORDER_STATUSES)('that is %s ends by itself, in a final state that it never leaves', (status) => {
    const last = byItself(status).at(-1)!;
    expect(FINAL).toContain(last);
    expect(EDGES.filter(({ from }) => from === last)).toEqual([]);
    expect(DEADLINES[status] === null).toBe(FINAL.includes(status));
  });

  it('has in each state that is not final a moment at which it ends', () => {
    const at = new Date(1000);
    for (const status of ORDER_STATUSES)
      expect(dueAtOf(status, TIMES, at)?.getTime() ?? null).toBe(DEADLINES[status] ? 1000 + TIMES[DEADLINES[status].after] : null);
  });

  it('comes to a final state on every path, also where both sides do something else before: all paths of ten steps', () => {
    let paths = 0;
    const walk = (status: OrderStatus, steps: number): void => {
      const next = EDGES.filter(({ from }) => from === status);
      if (next.length === 0) return void (expect(FINAL).toContain(status), paths++);
      if (steps === 0) return void (expect(FINAL).toContain(byItself(status).at(-1)), paths++);
      for (const { to } of next) walk(to, steps - 1);
    };
    walk('placed', 10);
    expect(paths).toBeGreaterThan(100);
  });
});

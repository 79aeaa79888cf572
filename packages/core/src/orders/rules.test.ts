import { ORDER_MOVES, ORDER_STATUSES, type OrderStatus } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import type { OrderTimes } from './ports.ts';
import {
  DEADLINES,
  DISPUTE_STEPS,
  disputeUntil,
  dueAtOf,
  expectedRelease,
  isDisputable,
  mayBeCaptured,
  MOVES,
  movesFor,
  PAYMENT_OUTCOMES,
  releaseAtOf,
  type Party,
} from './rules.ts';

const PARTIES = ['buyer', 'seller'] as const;
const NOT_TRACKED = { payment: null, trackingNumber: null };
const TIMES: OrderTimes = {
  paymentMs: 1,
  shippingMs: 2,
  deliveryMs: 3,
  confirmationMs: 4,
  disputeMs: 5,
  releaseMs: 10,
  returnMs: 11,
  returnShippingMs: 12,
  answerMs: 6,
  replyMs: 7,
  decisionMs: 8,
  appealMs: 9,
  reminderMs: 1,
};

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
const FINAL = ['cancelled', 'completed', 'declined', 'resolved'];
/** Completed orders are final but for a dispute, which their buyer may open for some time. */
const REOPENED = new Set<OrderStatus>(['completed']);

/** Each transition that there is: what it takes, and who takes it. */
const EDGES: { from: OrderStatus; to: OrderStatus; by: Party | 'payment' | 'deadline' }[] = [
  ...Object.values(DISPUTE_STEPS).flatMap(({ from, to, by }) =>
    from.flatMap((state) => by.map((party) => ({ from: state, to, by: party }))),
  ),
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
    expect(EDGES.filter(({ from }) => from === last).map(({ to }) => to)).toEqual(REOPENED.has(last) ? ['disputed'] : []);
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
      if (next.length === 0 || FINAL.includes(status)) paths++;
      if (next.length === 0) expect(FINAL).toContain(status);
      if (steps === 0) return void (expect(FINAL).toContain(byItself(status).at(-1)), paths++);
      for (const { to } of next) walk(to, steps - 1);
    };
    walk('placed', 10);
    expect(paths).toBeGreaterThan(100);
  });

  it('is disputed by its buyer alone, and ends resolved', () => {
    expect(DISPUTE_STEPS).toEqual({
      open: { from: ['paid', 'shipped', 'delivered', 'completed'], to: 'disputed', by: ['buyer'] },
      close: { from: ['disputed'], to: 'resolved', by: ['buyer', 'seller'] },
    });
    for (const party of PARTIES) expect(movesFor(party, { status: 'disputed', payment: 'captured', trackingNumber: '1' })).toEqual([]);
  });

  const AT = new Date(1000);
  const order = (status: OrderStatus, changed: object = {}) => ({
    status,
    payment: 'captured' as const,
    dueAt: new Date(1001),
    dueStatus: status,
    completedAt: null,
    ...changed,
  });
  it.each<[what: string, order: Parameters<typeof isDisputable>[0], expected: boolean]>([
    ['shipped', order('shipped'), true],
    ['delivered', order('delivered'), true],
    ['paid and in time', order('paid'), false],
    ['paid and late', order('paid', { dueAt: AT }), true],
    ['paid, with the deadline of another state', order('paid', { dueAt: AT, dueStatus: 'placed' }), false],
    ['completed just now', order('completed', { completedAt: AT }), true],
    ['completed, at the end of the time', order('completed', { completedAt: new Date(995) }), false],
    ['completed, just before', order('completed', { completedAt: new Date(996) }), true],
    ['completed without a time', order('completed'), false],
    ['refunded in full', order('shipped', { payment: 'refunded' }), false],
    ['not paid', order('placed', { payment: null }), false],
    ['disputed', order('disputed'), false],
    ['resolved', order('resolved', { completedAt: AT }), false],
    ['cancelled', order('cancelled'), false],
  ])('that is %s may be disputed, or not', (_what, about, expected) => {
    expect(isDisputable(about, TIMES, AT)).toBe(expected);
  });

  it('is released by the time since the shipment, unless its payment is held until the buyer confirms', () => {
    const [free, held] = [{ escrowEnabled: false }, { escrowEnabled: true }];
    expect(releaseAtOf('shipped', free, TIMES, AT)).toEqual(new Date(1010));
    expect(releaseAtOf('shipped', held, TIMES, AT)).toBeNull();
    expect(releaseAtOf('delivered', free, TIMES, AT)).toBeUndefined(); // as it was
    for (const to of ORDER_STATUSES.filter((status) => status !== 'shipped' && status !== 'delivered'))
      expect(releaseAtOf(to, free, TIMES, AT)).toBeNull();
  });

  it.each<[string, Parameters<typeof expectedRelease>[0], number | null]>([
    ['shipped, by the time since then', { ...order('shipped'), releaseAt: new Date(1002) }, 1002],
    ['shipped and held, when it is delivered and completed', { ...order('shipped'), releaseAt: null }, 1001 + 4],
    ['shipped, when it is completed before that time', { ...order('shipped'), releaseAt: new Date(2000) }, 1005],
    ['delivered and held, when it is completed', { ...order('delivered'), releaseAt: null }, 1001],
    ['delivered, by the time since the shipment', { ...order('delivered'), releaseAt: new Date(1000) }, 1000],
    ['shipped without a deadline, by that time', { ...order('shipped', { dueAt: null }), releaseAt: new Date(1002) }, 1002],
    ['paid', { ...order('paid'), releaseAt: null }, null],
    ['disputed', { ...order('disputed'), releaseAt: null }, null],
  ])('that is %s: the seller gets the money at the latest then', (_what, about, expected) => {
    expect(expectedRelease(about, TIMES)?.getTime() ?? null).toBe(expected);
  });

  it('says until when a completed one may be disputed', () => {
    expect(disputeUntil(order('completed', { completedAt: AT }), TIMES)).toEqual(new Date(1005));
    expect(disputeUntil(order('shipped'), TIMES)).toBeNull();
  });
});

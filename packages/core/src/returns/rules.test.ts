import { RETURN_MOVES, RETURN_REASONS, RETURN_STATUSES, type ReturnReason, type ReturnStatus } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import type { OrderItemRow, OrderRow, OrderTimes } from '../orders/ports.ts';
import type { Party } from '../orders/rules.ts';
import {
  isReturnable,
  paysShipping,
  RETURN_DEADLINES,
  RETURN_RULES,
  returnAmountE8,
  returnDueAt,
  returnMovesFor,
  returnUntil,
  unitsToReturn,
} from './rules.ts';

const PARTIES = ['buyer', 'seller'] as const;
const TIMES = { returnMs: 10, returnShippingMs: 2, answerMs: 3, replyMs: 4, deliveryMs: 5 } as OrderTimes;

/** Everything that is legal, written down a second time. What is not here is not. */
const LEGAL = new Set([
  'requested: seller may accept',
  'requested: seller may decline',
  'requested: buyer may withdraw',
  'accepted: buyer may withdraw',
  'accepted: buyer may send',
  'declined: buyer may withdraw',
  'declined: buyer may escalate',
  'sent: seller may receive',
]);
const FINAL: readonly ReturnStatus[] = ['refunded', 'closed', 'escalated'];

const EDGES: { from: ReturnStatus; to: ReturnStatus; by: Party | 'deadline' }[] = [
  ...Object.values(RETURN_RULES).flatMap(({ from, to, by }) => from.map((state) => ({ from: state, to, by }))),
  ...RETURN_STATUSES.flatMap((from) => {
    const deadline = RETURN_DEADLINES[from];
    return deadline ? [{ from, to: deadline.to, by: 'deadline' as const }] : [];
  }),
];

describe('a return', () => {
  it.each(RETURN_STATUSES.flatMap((status) => PARTIES.map((party) => [status, party] as const)))(
    'that is %s lets its %s do what is legal and nothing else',
    (status, party) =>
      expect(returnMovesFor(party, { status })).toEqual(RETURN_MOVES.filter((move) => LEGAL.has(`${status}: ${party} may ${move}`))),
  );

  it('can reach every state from the first, and ends on every path, also where nothing is done', () => {
    const reached = new Set<ReturnStatus>(['requested']);
    for (const status of reached) for (const { from, to } of EDGES) if (from === status) reached.add(to);
    expect([...reached].toSorted()).toEqual([...RETURN_STATUSES].toSorted());
    const longest = (status: ReturnStatus, steps = 0): number => {
      const next = EDGES.filter(({ from }) => from === status);
      if (next.length === 0) expect(FINAL).toContain(status);
      expect(steps).toBeLessThan(10);
      return Math.max(steps, ...next.map(({ to }) => longest(to, steps + 1)));
    };
    expect(longest('requested')).toBe(3);
  });

  it('has in each state that is not final a moment at which it ends', () => {
    for (const status of RETURN_STATUSES) {
      expect(RETURN_DEADLINES[status] === null).toBe(FINAL.includes(status));
      const after = { requested: 3, accepted: 2, declined: 4, sent: 5, refunded: null, closed: null, escalated: null }[status];
      expect(returnDueAt(status, TIMES, new Date(100))?.getTime() ?? null).toBe(after && 100 + after);
    }
  });

  it('is paid for by the seller where the seller answers for its reason', () => {
    const bySeller = new Set<ReturnReason>(['damaged', 'not-as-described', 'wrong-item', 'incomplete']);
    for (const reason of RETURN_REASONS) expect(paysShipping(reason)).toBe(bySeller.has(reason) ? 'seller' : 'buyer');
  });

  const AT = new Date(1000);
  it.each<[OrderRow['status'], OrderRow['payment'], number | null, boolean]>([
    ['delivered', 'captured', null, true],
    ['completed', 'captured', 991, true],
    ['completed', 'captured', 990, false],
    ['completed', 'refunded', 999, false],
    ['completed', 'captured', null, false],
    ['shipped', 'captured', null, false],
    ['paid', 'captured', null, false],
    ['disputed', 'captured', 999, false],
    ['resolved', 'captured', 999, false],
  ])('of an order that is %s, with a payment %s, completed at %s, may be asked for: %s', (status, payment, completed, expected) => {
    const completedAt = completed === null ? null : new Date(completed);
    expect(isReturnable({ status, payment, completedAt }, TIMES, AT)).toBe(expected);
    if (status === 'completed' && completed) expect(returnUntil({ status, completedAt }, TIMES)).toEqual(new Date(completed + 10));
  });

  const item = (id: number, unitPriceE8: bigint, quantity: number, cancelled = 0) =>
    ({ id, unitPriceE8, quantity, cancelled }) as OrderItemRow;
  const items = [item(1, 100n, 3, 1), item(2, 50n, 1)];

  it('is of what was sent, less what other returns have taken', () => {
    const returned = [
      { returnId: 7, itemId: 1, quantity: 1 },
      { returnId: 8, itemId: 1, quantity: 1 },
      { returnId: 9, itemId: 2, quantity: 1 },
    ];
    const returns = [
      { id: 7, status: 'refunded' as const },
      { id: 8, status: 'closed' as const },
      { id: 9, status: 'sent' as const },
    ];
    expect([...unitsToReturn(items, returns, returned)]).toEqual([
      [1, 1],
      [2, 0],
    ]);
  });

  it.each<[string, ReturnReason, number, number, bigint, bigint]>([
    ['a part of it', 'damaged', 1, 0, 1000n, 100n],
    ['all of it, which the seller answers for, with its shipping', 'damaged', 2, 1, 1000n, 257n],
    ['all of it, for a change of mind', 'changed-mind', 2, 1, 1000n, 250n],
    ['no more than is left', 'damaged', 2, 1, 30n, 30n],
    ['nothing where nothing is left', 'damaged', 2, 1, 0n, 0n],
  ])('refunds for %s its price', (_what, reason, first, second, left, expected) => {
    const returned = [
      { itemId: 1, quantity: first },
      { itemId: 2, quantity: second },
    ].filter(({ quantity }) => quantity > 0);
    expect(returnAmountE8({ priceE8: 350n, shippingE8: 7n }, reason, items, returned, left)).toBe(expected);
  });
});

import { ORDER_MOVES, ORDER_STATUSES, type OrderMove, type OrderStatus } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { moveOrder } from './move-order.ts';
import type { OrderRow } from './ports.ts';
import { MOVES, movesFor } from './rules.ts';

const SELLER = 1;
const BUYER = 2;
const STRANGER = 3;
const user = (id: number): Actor => ({ kind: 'user', id, roles: ['admin'], sessionId: 's' });
const PEOPLE = {
  buyer: user(BUYER),
  seller: user(SELLER),
  // Not even an admin moves somebody else's order.
  stranger: user(STRANGER),
  visitor: { kind: 'anonymous' },
  command: { kind: 'system', name: 'test' },
} satisfies Record<string, Actor>;
type Person = keyof typeof PEOPLE;

const AT = new Date('2026-01-02T03:04:05.000Z');

const ORDER: OrderRow = {
  id: 9,
  listingId: 4,
  sellerId: SELLER,
  sellerName: 'Shop',
  buyerId: BUYER,
  buyerName: 'Ann',
  title: 'Bowl',
  category: 'ceramics/bowls',
  priceE8: 1_250_000_000n,
  currency: 'EUR',
  status: 'placed',
  ratingId: 5,
  createdAt: AT,
  updatedAt: AT,
  completedAt: null,
};

/** One order in memory, moved by `person`; what was done is written down in order. */
async function attempt(person: Person, move: OrderMove, status: OrderStatus, { raced = false, price = ORDER.priceE8 } = {}) {
  const order = { ...ORDER, status, priceE8: price };
  const done: unknown[] = [];
  const note = (...what: unknown[]) => void done.push(what);
  const store = {
    orders: {
      findById: (id: number) => (id === order.id ? { ...order } : null),
      move: (_id: number, from: OrderStatus, to: OrderStatus) => {
        if (raced || order.status !== from) return false;
        order.status = to;
        return true;
      },
      recordPayment: ({ amountE8, reference }: { amountE8: bigint; reference: string }) => note('recorded', reference, amountE8),
      findPayment: () => ({ reference: 'ref', status: 'captured' }),
      markRefunded: () => note('marked refunded'),
    },
    audit: { append: ({ action }: { action: string }) => note('audit', action) },
    outbox: { append: ({ payload }: { payload: { status: string } }) => note('event', payload.status) },
  };
  const ctx = {
    actor: PEOPLE[person],
    requestId: 'test',
    flags: { isOn: () => Promise.resolve(true) },
    store,
    now: () => AT,
    transaction: (work: (inner: typeof store) => Promise<unknown>) => work(store),
    services: {
      payments: {
        name: 'test',
        charge: ({ amountE8, currency }: { amountE8: bigint; currency: string }) => (note('charged', amountE8, currency), 'ref'),
        refund: (reference: string) => note('refunded', reference),
      },
    },
  } as unknown as Context;
  const result = await moveOrder(ctx, { id: 9, move }).then(
    ({ status: after }) => after,
    (error: { code?: string }) => error.code,
  );
  return { result, done };
}

const cases = (Object.keys(PEOPLE) as Person[]).flatMap((person) => ORDER_MOVES.map((move) => [person, move] as const));

describe('moving an order', () => {
  it.each(cases)('%s, %s: passes from the right state only, and else does nothing', async (person, move) => {
    for (const status of ORDER_STATUSES) {
      const { result, done } = await attempt(person, move, status);
      if (person === 'visitor' || person === 'command') expect(result).toBe('UNAUTHENTICATED');
      else if (person === 'stranger') expect(result).toBe('ORDER_NOT_FOUND');
      else if (movesFor(person, status).includes(move)) expect(result).toBe(MOVES[move].to);
      else expect(result).toBe(MOVES[move].by.includes(person) ? 'ILLEGAL_MOVE' : 'FORBIDDEN');
      if (result !== MOVES[move].to) expect(done).toEqual([]);
    }
  });

  it('does nothing when somebody else was faster', async () => {
    expect(await attempt('buyer', 'pay', 'placed', { raced: true })).toEqual({ result: 'ILLEGAL_MOVE', done: [] });
  });

  it.each<[Person, OrderMove, OrderStatus, unknown[]]>([
    [
      'buyer',
      'pay',
      'placed',
      [
        ['charged', 999_999_999_999_999_999n, 'EUR'],
        ['recorded', 'ref', 999_999_999_999_999_999n],
        ['audit', 'payment.captured'],
      ],
    ],
    ['seller', 'ship', 'paid', []],
    ['buyer', 'complete', 'shipped', []],
    ['buyer', 'cancel', 'placed', []],
    ['seller', 'cancel', 'paid', [['refunded', 'ref'], ['marked refunded'], ['audit', 'payment.refunded']]],
  ])('%s, %s when it is %s: moves exactly the money that it should', async (person, move, status, money) => {
    const { done } = await attempt(person, move, status, { price: 999_999_999_999_999_999n });
    expect(done).toEqual([...money, ['event', MOVES[move].to]]);
  });
});

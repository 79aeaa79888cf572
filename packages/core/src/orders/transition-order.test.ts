import { ORDER_MOVES, ORDER_STATUSES, type LedgerAccount, type OrderMove, type OrderStatus } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { Raced } from '../kernel/raced.ts';
import type { LedgerRepository } from '../ledger/ports.ts';
import { transitionOrder } from './transition-order.ts';
import type { OrderRow } from './ports.ts';
import { MOVES, movesFor } from './rules.ts';

const SELLER = 1;
const BUYER = 2;
const STRANGER = 3;
const user = (id: number): Actor => ({ kind: 'user', id, roles: ['admin'], sessionId: 's' });
const PEOPLE = {
  buyer: user(BUYER),
  seller: user(SELLER),
  // Not even an admin moves another user's order.
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
  payment: null,
  testPayment: false,
  paymentWaits: false,
  chargeId: null,
  groupId: 1,
  shippingE8: 0n,
  note: null,
  delivery: null,
  escrowEnabled: false,
  ratingId: 5,
  createdAt: AT,
  updatedAt: AT,
  completedAt: null,
  dueAt: null,
  dueStatus: null,
  releaseAt: null,
  carrier: 'dhl',
  trackingNumber: '1',
};

const TIMES = {
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
const SETTINGS = { orderTimes: TIMES, testPayments: false, operator: null, publicUrl: 'https://shop.example' };

/** What was posted, in place of the database. */
function ledgerInMemory(onPosted: (cause: string) => void): Partial<LedgerRepository> {
  const sums = new Map<LedgerAccount, bigint>();
  return {
    isPosted: () => Promise.resolve(false),
    lock: () => Promise.resolve(),
    balances: () => Promise.resolve(sums),
    sumsOfOrder: () => Promise.resolve(sums),
    add: ({ cause, lines }) => {
      for (const { account, amountMinor } of lines) sums.set(account, (sums.get(account) ?? 0n) + amountMinor);
      return Promise.resolve(onPosted(cause));
    },
    shiftBalances: () => Promise.resolve(),
  };
}

/** One order in memory, moved by `person`; what was done is written down in order. */
async function attempt(person: Person, move: OrderMove, status: OrderStatus, { raced = false, price = ORDER.priceE8 } = {}) {
  const order = { ...ORDER, status, priceE8: price };
  const done: unknown[] = [];
  const note = (...what: unknown[]) => void done.push(what);
  const repos = {
    orders: {
      lock: () => Promise.resolve(),
      items: () => new Map([[order.id, [{ ...ORDER, unitPriceE8: 1n, quantity: 1, stock: 'reserved' }]]]),
      events: () => [],
      findById: (id: number) => (id === order.id ? { ...order } : null),
      transition: (_id: number, from: OrderStatus, to: OrderStatus) => {
        if (raced || order.status !== from) return false;
        order.status = to;
        return true;
      },
    },
    listings: { lock: () => Promise.resolve(), findById: () => null, events: () => [] },
    stock: { moveItem: () => false },
    images: { shown: () => Promise.resolve(new Map()) },
    charges: { create: () => 3 },
    payments: {
      begin: ({ amountE8 }: { amountE8: bigint }) => (note('begun', amountE8), 1),
      find: () => ({
        orderId: order.id,
        attempt: 1,
        status: 'captured',
        provider: 'test',
        amountE8: order.priceE8,
        refundedE8: 0n,
        refundPendingE8: 0n,
        chargedBackE8: 0n,
        isDisputedAtBank: false,
        currency: order.currency,
      }),
      claimRefund: (_orderId: number, amountE8: bigint) => (note('claimed', amountE8), true),
    },
    refunds: { create: () => 1, find: () => ({ id: 1, orderId: order.id, amountE8: order.priceE8, key: 'refund:new' }) },
    fees: { find: () => null, taxDetails: () => null },
    returns: { openOf: () => null },
    invoices: { nextNumber: () => 1, add: () => 1 },
    ledger: ledgerInMemory((cause) => note('posted', cause)),
  };
  const change = {
    actor: PEOPLE[person],
    repos,
    settings: SETTINGS,
    at: AT,
    audit: () => Promise.resolve(),
    publish: (name: string, fact: { to: string }) => note(name, fact.to),
    enqueue: (name: string, _input: object, options: { key: string }) => note(name, options.key),
  };
  const ctx = {
    actor: PEOPLE[person],
    flags: { isOn: () => Promise.resolve(true) },
    repos,
    change: async (work: (tx: typeof change) => Promise<unknown>) => {
      try {
        return await work(change);
      } catch (error) {
        throw error instanceof Raced ? new AppError('EDIT_CONFLICT') : error;
      }
    },
    settings: SETTINGS,
    perform: (key: string) => note('performed', key),
    services: { payments: { name: 'test' } },
  } as unknown as Context;
  const result = await transitionOrder(ctx, { id: 9, move }).then(
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
      else if (movesFor(person, { status, payment: null, trackingNumber: '1' }).includes(move)) {
        expect(result).toBe(MOVES[move].to);
        continue;
      } else expect(result).toBe(MOVES[move].by.includes(person) ? 'ILLEGAL_MOVE' : 'FORBIDDEN');
      expect(done).toEqual([]);
    }
  });

  it('is refused when another request is faster each time', async () => {
    expect(await attempt('seller', 'ship', 'paid', { raced: true })).toEqual({ result: 'EDIT_CONFLICT', done: [] });
  });

  const HUGE = 999_999_999_999_999_999n;
  const moved = (to: OrderStatus) => ['order.moved', to];
  const posted = (cause: string) => ['posted', cause];
  const paid = [posted('payment:9'), ['invoice.render', 'invoice:1']];
  it.each<[Person, OrderMove, OrderStatus, unknown[]]>([
    [
      'buyer',
      'pay',
      'placed',
      [['begun', HUGE], moved('paying'), ['charge.capture', 'charge:3:capture'], ['performed', 'charge:3:capture']],
    ],
    ['seller', 'ship', 'paid', [moved('shipped')]],
    ['seller', 'deliver', 'shipped', [moved('delivered')]],
    ['buyer', 'complete', 'shipped', [...paid, posted('payment:9:release'), moved('completed')]],
    ['buyer', 'complete', 'delivered', [...paid, posted('payment:9:release'), moved('completed')]],
    ['buyer', 'cancel', 'placed', [moved('cancelled')]],
    [
      'seller',
      'cancel',
      'paid',
      [
        moved('cancelled'),
        ['claimed', HUGE],
        ...paid,
        posted('payment:9:refund:1'),
        ['refund.send', 'refund:1:1'],
        ['refund.changed', undefined],
        ['performed', 'refund:1:1'],
      ],
    ],
    ['seller', 'decline', 'placed', [moved('declined')]],
    [
      'seller',
      'decline',
      'paid',
      [
        moved('declined'),
        ['claimed', HUGE],
        ...paid,
        posted('payment:9:refund:1'),
        ['refund.send', 'refund:1:1'],
        ['refund.changed', undefined],
        ['performed', 'refund:1:1'],
      ],
    ],
  ])('%s, %s when it is %s: asks for exactly the money that it should, by a task', async (person, move, status, expected) => {
    const { done } = await attempt(person, move, status, { price: HUGE });
    expect(done).toEqual(expected);
  });
});

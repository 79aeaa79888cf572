import { randomUUID } from 'node:crypto';
import { createWorker, type Container } from '@assay/api';
import type { Role } from '@assay/contract';
import {
  addAddress,
  addCommissionRule,
  getQuote,
  makePayoutsNow,
  moveDispute,
  openDispute,
  placeCheckout,
  postMissingPayment,
  refundOrder,
  savePayoutDetails,
  settlePayoutByHand,
  TASKS,
  transitionOrder,
  type Context,
} from '@assay/core';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_SELLERS } from './demo-data.ts';
import { DEMO_SALES, type DemoSale, type DemoStep } from './demo-sales.ts';

const DAY_MS = 86_400_000;
const MONDAY = 1;
const PAYOUT_HOUR = 5;
/** So long after a payout was made, the bank had it. */
const BANK_DAYS = 1.3;
const HOMES = [
  { line1: 'Rua das Flores 12', postalCode: '4050-262', city: 'Porto', country: 'PT' },
  { line1: 'Calle de Atocha 40', postalCode: '28012', city: 'Madrid', country: 'ES' },
  { line1: 'Lindenstraße 7', postalCode: '10969', city: 'Berlin', country: 'DE' },
  { line1: 'Rue de la Monnaie 3', postalCode: '59800', city: 'Lille', country: 'FR' },
] as const;

/** What happens, in the order of time. */
interface DemoEvent {
  at: number;
  run: () => Promise<unknown>;
}

/**
 * Lets a month pass at the demo seller's store: orders, refunds, disputes and payouts, by the same use cases that people call, on a clock
 * that goes from event to event. Needs what `seedDemo` has added. An interrupted run leaves a shorter month.
 * @returns how many orders and payouts were made
 */
export async function seedMonth(container: Container, now = new Date()): Promise<{ orders: number; payouts: number }> {
  const { prisma } = container.database;
  const clock = { at: now.getTime() - 32 * DAY_MS };
  const as = actingOn(container, () => new Date(clock.at));
  const idOf = async (email: string) => (await prisma.user.findFirstOrThrow({ where: { email }, select: { id: true } })).id;
  const [buyer, seller, admin] = [
    await idOf(DEMO_ACCOUNTS[0].email),
    await idOf(DEMO_ACCOUNTS[1].email),
    await idOf(DEMO_ACCOUNTS[2].email),
  ];
  const asSeller = as.user(seller, ['buyer', 'seller']);
  const buyers = await prisma.user.findMany({
    where: { email: null, roles: { none: { role: 'seller' } } },
    orderBy: { id: 'asc' },
    take: 21,
    select: { id: true, fullName: true },
  });
  const demoBuyer = { id: buyer, fullName: DEMO_ACCOUNTS[0].fullName };
  const listings = new Map(
    (await prisma.sellerListing.findMany({ where: { sellerId: seller }, select: { id: true, title: true } })).map(({ id, title }) => [
      title,
      id,
    ]),
  );
  for (const [title, id] of listings)
    await prisma.sellerListing.update({ where: { id }, data: { quantity: { increment: unitsOf(title) } } });

  if (container.config.operator) await addCommissionRule(as.user(admin, ['admin']), RULE);
  const isPaidOut = as.system.pure.payouts.seal !== null;
  if (isPaidOut)
    await savePayoutDetails(asSeller, {
      method: 'bank',
      holder: DEMO_SELLERS[0]!.name,
      iban: 'PT50002700000001234567833',
      current: DEMO_PASSWORD,
    });

  const homes = new Map<number, number>();
  const homeOf = async (person: { id: number; fullName: string }) => {
    const known = homes.get(person.id);
    if (known !== undefined) return known;
    const home = HOMES[homes.size % HOMES.length]!;
    const { id } = await addAddress(as.user(person.id, ['buyer']), {
      ...home,
      recipientName: person.fullName,
      line2: null,
      region: null,
      phone: null,
    });
    homes.set(person.id, id);
    return id;
  };
  const events: DemoEvent[] = DEMO_SALES.flatMap((sale) => {
    const person = sale.buyer === null ? demoBuyer : buyers[sale.buyer]!;
    return eventsOf(sale, now, { buyer: as.user(person.id, ['buyer']), seller: asSeller }, async () => {
      const items = sale.items.map(([title, quantity]) => ({ listingId: listings.get(title)!, quantity }));
      return order(as.user(person.id, ['buyer']), { items, addressId: await homeOf(person), sellerId: seller, note: sale.note ?? '' });
    });
  });
  events.push(...(await earlierSales(container, as.system, seller)));
  let payouts = 0;
  if (isPaidOut)
    for (const at of mondays(now)) {
      events.push({ at, run: async () => (payouts += await makePayoutsNow(as.system, { sellerId: seller })) });
      events.push({ at: at + BANK_DAYS * DAY_MS, run: () => confirmPayouts(container, as.system, seller) });
    }
  for (const { at, run } of events.toSorted((a, b) => a.at - b.at)) {
    if (at > now.getTime()) break;
    clock.at = Math.max(at, clock.at);
    await run();
  }
  return { orders: DEMO_SALES.length, payouts };
}

const RULE = { category: null, sellerId: null, tier: null, basisPoints: 650, fixed: '0', minimum: '0', currency: null };

const unitsOf = (title: string): number =>
  DEMO_SALES.flatMap(({ items }) => items).reduce((sum, [name, quantity]) => sum + (name === title ? quantity : 0), 0);

/** Contexts of people and of the system whose changes, and whose tasks, happen at another time. */
function actingOn(container: Container, now: () => Date) {
  const worker = createWorker({
    tasks: container.repos.tasks,
    handlers: TASKS,
    holder: `seed:${randomUUID().slice(0, 8)}`,
    log: container.log,
    now,
    contextOf: (task, requestId) => container.context({ kind: 'system', name: `task ${task}` }, requestId, undefined, now),
    ended: () => {},
  });
  const perform = (key: string, maxMs: number) => worker.perform(key, maxMs);
  const user = (id: number, roles: Role[]): Context => ({
    ...container.context({ kind: 'user', id, roles, sessionId: 'seed' }, 'seed', undefined, now),
    perform,
  });
  return { user, system: container.context({ kind: 'system', name: 'seed' }, 'seed', undefined, now) };
}

async function order(
  buyer: Context,
  {
    items,
    addressId,
    sellerId,
    note,
  }: { items: { listingId: number; quantity: number }[]; addressId: number; sellerId: number; note: string },
): Promise<number> {
  const input = { items, addressId, choices: [{ sellerId, delivery: 'ship' as const, note }] };
  const { version } = await getQuote(buyer, input);
  const { orders } = await placeCheckout(buyer, { ...input, version });
  return orders[0]!.id;
}

/** An order and what happens to it. */
function eventsOf(
  { ago, steps }: DemoSale,
  now: Date,
  people: { buyer: Context; seller: Context },
  place: () => Promise<number>,
): DemoEvent[] {
  const placedAt = now.getTime() - ago * DAY_MS;
  let id = 0;
  return [
    {
      at: placedAt,
      run: async () => {
        id = await place();
      },
    },
    ...steps.map((step) => ({ at: placedAt + step[0] * DAY_MS, run: () => take(step, id, people) })),
  ];
}

function take([, ...step]: DemoStep, id: number, { buyer, seller }: { buyer: Context; seller: Context }): Promise<unknown> {
  switch (step[0]) {
    case 'refund':
      return refundOrder(seller, { id, amount: step[1], reason: 'price-adjustment' });
    case 'dispute':
      return openDispute(buyer, { id, reason: step[1], text: step[2] });
    case 'offer':
      return moveDispute(seller, { id, move: 'offer', amount: step[1], text: step[2] });
    case 'accept':
      return moveDispute(buyer, { id, move: 'accept' });
    case 'ship':
      return transitionOrder(seller, { id, move: 'ship', carrier: 'dhl', trackingNumber: `JD0146${String(id).padStart(12, '0')}` });
    default: {
      const [move, reason] = step;
      const who = move === 'deliver' || move === 'decline' ? seller : buyer;
      return transitionOrder(who, { id, move, ...(reason ? { reason } : {}) });
    }
  }
}

/** The seller's sales of before the month get into the ledger when they were completed. */
async function earlierSales({ database }: Container, system: Context, sellerId: number): Promise<DemoEvent[]> {
  const rows = await database.prisma.order.findMany({ where: { sellerId }, select: { id: true, completedAt: true, updatedAt: true } });
  return rows.map(({ id, completedAt, updatedAt }) => ({
    at: (completedAt ?? updatedAt).getTime(),
    run: () => postMissingPayment(system, id),
  }));
}

/** The payout moments of the month. */
function mondays(now: Date): number[] {
  const first = new Date(now.getTime() - 31 * DAY_MS);
  first.setUTCHours(PAYOUT_HOUR, 0, 0, 0);
  const days = Array.from({ length: 32 }, (_, i) => new Date(first.getTime() + i * DAY_MS));
  return days.filter((day) => day.getUTCDay() === MONDAY).map((day) => day.getTime());
}

async function confirmPayouts({ repos }: Container, system: Context, sellerId: number): Promise<void> {
  for (const { id, status } of await repos.payouts.list({ sellerId, limit: 20 }))
    if (status === 'pending') await settlePayoutByHand(system, { id, outcome: 'paid' });
}

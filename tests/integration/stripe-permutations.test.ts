import { createContainer, createLogger, readConfig, type Container } from '@assay/api';
import type { CheckoutInput } from '@assay/contract';
import {
  checkPayment,
  getQuote,
  payOrderGroup,
  placeCheckout,
  receiveProviderEvent,
  refundOrder,
  TASKS,
  transitionOrder,
  type Context,
  type ProviderEvent,
} from '@assay/core';
import { Prisma } from '@assay/database';
import { createPerson, createSeller, createTestDatabase, testEnvironment, type TestDatabase } from '@assay/testing';
import { startStripeTwin, type StripeEvent, type StripeTwin } from '@assay/testing/stripe-twin';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PICKUP } from './lib-payments.ts';
import { expectSameMoney, twinPayments } from './lib-stripe.ts';

/**
 * Every order of six events of Stripe, each with one event that comes twice and one that no webhook brings. An event is delivered as early as
 * it can be, or, where the order asks for a later one first, after everything that has happened meanwhile.
 */
const EVENTS = 6;
const STOCK = 2000;

let db: TestDatabase;
let twin: StripeTwin;
let container: Container;
let buyer: Context;
let sellers: Context[];
let system: Context;
let order: CheckoutInput;

beforeAll(async () => {
  db = await createTestDatabase('sqlite');
  twin = await startStripeTwin();
  const config = readConfig(testEnvironment(db.url));
  container = await createContainer(config, createLogger('silent', 'test'), { payments: twinPayments(twin) });
  await container.database.write(Prisma.raw('PRAGMA synchronous = OFF')); // thousands of commits, and no power cut
  const as = (id: number) => container.context({ kind: 'user', id, roles: [], sessionId: 's' }, 'test');
  system = container.context({ kind: 'system', name: 'test' }, 'test');
  buyer = as((await createPerson(db.database)).id);
  const people = [await createSeller(db.database, 'One'), await createSeller(db.database, 'Two')];
  sellers = people.map(({ id }) => as(id));
  for (const { listingId: id } of people)
    await db.database.prisma.sellerListing.update({ where: { id }, data: { quantity: STOCK, shippingInfo: JSON.stringify(PICKUP) } });
  const items = people.map(({ listingId }) => ({ listingId, quantity: 1 }));
  order = { items, choices: [], version: (await getQuote(buyer, { items, choices: [] })).version };
});
afterAll(async () => {
  await container.close();
  twin.close();
  await db.drop();
});

const eventOf = ({ id, type, created, data }: StripeEvent): ProviderEvent => ({
  id,
  type,
  subject: type.startsWith('refund') ? 'refund' : 'payment',
  reference: data.object.id,
  createdAt: new Date(created * 1000),
});

/** A webhook, and the task that acts on it. */
async function deliver(event: StripeEvent): Promise<void> {
  await receiveProviderEvent(system, eventOf(event));
  const [stored] = await db.database.read<{ id: number }>(Prisma.sql`SELECT Id AS id FROM ProviderEvents WHERE EventId = ${event.id}`);
  await TASKS['provider-event.apply'].run(system, { eventId: stored!.id }, {} as never);
}

/** A checkout of two orders that happens step by step; each step leads to one event. */
async function checkout() {
  const { id, orders } = await placeCheckout(buyer, order);
  const [first, second] = orders.map((one) => one.id) as [number, number];
  const from = twin.events.length;
  await payOrderGroup(buyer, { id });
  const intent = twin.events[from]!.data.object.id;
  const events: StripeEvent[] = [];
  let refund = '';
  const steps = [
    () => void twin.confirmIntent(intent, 'pm_card_chargeDeclined'),
    () => void twin.confirmIntent(intent, 'pm_sepaDebit'),
    () => void twin.finishIntent(intent, true),
    async () => {
      // The buyer looks at the page, where no event was faster; a refund that Stripe makes and answers by 500.
      if ((await system.repos.orders.findById(first))!.status === 'paying') await checkPayment(buyer, { id: first });
      await transitionOrder(sellers[0]!, { id: first, move: 'ship' });
      twin.fail('failed', /^\/v1\/refunds$/);
      refund = (await refundOrder(sellers[0]!, { id: first, amount: '4.00', reason: 'damaged' }), twin.events.at(-1)!.data.object.id);
    },
    () => void twin.returnRefund(refund),
    () => transitionOrder(buyer, { id: second, move: 'cancel' }),
  ];
  /** The event of a step, which happens first where it has not, with those before it. */
  async function event(step: number): Promise<StripeEvent> {
    while (events.length <= step) {
      await steps[events.length]!();
      events.push(twin.events.at(-1)!);
    }
    return events[step]!;
  }
  return { id, first, event };
}

/** What is left of a checkout in the end, without its ids: orders, their payments, the charge, refunds and the ledger. */
async function stateOf({ id, first }: { id: number; first: number }): Promise<string[]> {
  const ofGroup = Prisma.sql`(SELECT o.Id FROM Orders o WHERE o.GroupId = ${id})`;
  const rows = await db.database.read<{ line: string }>(Prisma.sql`
    SELECT CASE WHEN o.Id = ${first} THEN 'first' ELSE 'second' END || ' order ' || o.Status || ', payment ' || p.Status || ' of ' || p.AmountE8
      || ', refunded ' || p.RefundedE8 || ', pending ' || p.RefundPendingE8 AS line
      FROM Orders o JOIN Payments p ON p.OrderId = o.Id WHERE o.GroupId = ${id}
    UNION ALL SELECT 'charge ' || Status || ' of ' || AmountE8 FROM Charges WHERE GroupId = ${id}
    UNION ALL SELECT CASE WHEN OrderId = ${first} THEN 'first' ELSE 'second' END || ' refund ' || Status || ' of ' || AmountE8
      FROM Refunds WHERE OrderId IN ${ofGroup}
    UNION ALL SELECT CASE WHEN e.OrderId = ${first} THEN 'first' ELSE 'second' END || ' ledger ' || x.Account || ' ' || SUM(x.AmountMinor)
      FROM LedgerEntries e JOIN LedgerPostings x ON x.EntryId = e.Id WHERE e.OrderId IN ${ofGroup}
      GROUP BY e.OrderId, x.Account HAVING SUM(x.AmountMinor) <> 0
    UNION ALL SELECT 'entries of payments ' || COUNT(*) FROM LedgerEntries WHERE Kind = 'payment' AND OrderId IN ${ofGroup}`);
  return rows.map(({ line }) => line).toSorted();
}

const EXPECTED = [
  'charge captured of 2500000000',
  'entries of payments 2',
  'first ledger clearing 1250',
  'first ledger held -1250',
  'first order shipped, payment captured of 1250000000, refunded 0, pending 0',
  'first refund failed of 400000000',
  'second order cancelled, payment refunded of 1250000000, refunded 1250000000, pending 0',
  'second refund done of 1250000000',
];

/** All orders of the numbers. */
const permutations = (numbers: readonly number[]): number[][] =>
  numbers.length === 0
    ? [[]]
    : numbers.flatMap((first) => permutations(numbers.filter((one) => one !== first)).map((rest) => [first, ...rest]));

it('all orders of six events, each with a repeat and a loss, end in the same states and the same ledger', async () => {
  const all = permutations([...Array(EVENTS).keys()]);
  expect(all).toHaveLength(720);
  for (const [n, steps] of all.entries()) {
    const history = await checkout();
    const lost = steps[n % EVENTS]!;
    const kept = steps.filter((step) => step !== lost);
    const twice = kept[n % kept.length]!;
    // The repeat comes at another place each time, before or after the first one.
    const at = Math.floor(n / EVENTS) % (kept.length + 1);
    const delivered = [...kept.slice(0, at), twice, ...kept.slice(at)];
    for (const step of delivered) await deliver(await history.event(step));
    await history.event(EVENTS - 1);
    await deliver(await history.event(lost)); // from the list of events
    expect(await stateOf(history), `delivered ${delivered.join(' ')}, lost ${lost}`).toEqual(EXPECTED);
  }
  await expectSameMoney(db, { api: { container }, twin });
}, 900_000);

import { pullProviderEvents } from '@assay/core';
import { createPerson, createTestDatabase, onEachEngine, restClient, runTasks, type TestDatabase } from '@assay/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { atStripe, expectSameMoney, startStripeShop, stripeOrder, WEBHOOK_SECRET, type StripeShop } from './lib-stripe.ts';

const MINUTE_MS = 60_000;
const HISTORIES = 12;

onEachEngine('events of Stripe', (engine) => {
  let db: TestDatabase;
  let shop: StripeShop;
  /** Events before are of other tests. */
  let from: number;

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    shop = await startStripeShop(db);
  });
  beforeEach(async () => {
    await act(); // what the test before left
    from = shop.twin.events.length;
  });
  afterAll(async () => {
    await shop.close();
    await db.drop();
  });

  const rest = () => restClient(shop.api.url);
  const url = () => `${shop.api.url}/webhooks/stripe`;
  const place = () => stripeOrder(db, shop);
  const ids = (type?: string) =>
    shop.twin.events
      .slice(from)
      .filter((one) => !type || one.type === type)
      .map(({ id }) => id);
  const act = () => runTasks(shop.api.container, 'provider-event.apply', { laterMs: MINUTE_MS });
  const send = (events: readonly string[], secret = WEBHOOK_SECRET) => shop.twin.deliver({ url: url(), secret }, events);
  async function deliver(...events: string[]) {
    expect((await send(events)).map(({ status }) => status)).toEqual(events.map(() => 200));
    await act();
  }
  async function pull() {
    const pulled = await pullProviderEvents(shop.api.container.context({ kind: 'system', name: 'test' }, 'pull'));
    await act();
    return pulled;
  }
  const stored = (eventId: string) => db.database.prisma.providerEvent.findMany({ where: { eventId } });
  const admin = async () => shop.api.tokenFor(await createPerson(db.database, ['admin']));
  /** An order that its buyer began to pay. */
  async function paying() {
    const order = await place();
    await order.move('buyer', 'pay');
    return order;
  }
  /** What the ledger has of an order. */
  async function ledgerOf(orderId: number) {
    const lines = await db.database.prisma.ledgerPosting.findMany({ where: { entry: { orderId } } });
    const sums: Record<string, number> = {};
    for (const { account, amountMinor } of lines) sums[account] = (sums[account] ?? 0) + Number(amountMinor);
    return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
  }

  it('an event pays the order; the same one again changes nothing and is stored once', async () => {
    const { confirm, order } = await paying();
    await confirm();
    const [event] = ids('payment_intent.succeeded') as [string];
    await deliver(event, event);
    await deliver(event);
    expect(await order()).toMatchObject({ status: 'paid', payment: 'captured' });
    expect(await stored(event)).toMatchObject([{ provider: 'stripe', subject: 'payment', status: 'done', failure: null }]);
    expect(shop.twin.movements.filter(({ kind }) => kind === 'refund')).toEqual([]);
  });

  it('is stored before anything acts on it: a process that ends in between loses nothing', async () => {
    const { confirm, order } = await paying();
    await confirm();
    const [event] = ids('payment_intent.succeeded') as [string];
    expect(await send([event])).toMatchObject([{ status: 200 }]);
    expect((await order()).status).toBe('paying');
    expect(await stored(event)).toMatchObject([{ status: 'received' }]);
    expect(await act()).toMatchObject([{ result: 'done' }]);
    expect((await order()).status).toBe('paid');
  });

  it('is answered by 200 only when it is stored', async () => {
    const { confirm, order } = await paying();
    await confirm();
    const { database } = shop.api.container;
    const lost = vi.spyOn(database, 'transaction').mockRejectedValue(new Error('The connection was lost.'));
    const [event] = ids('payment_intent.succeeded') as [string];
    expect(await send([event])).toMatchObject([{ status: 500 }]);
    lost.mockRestore();
    expect(await stored(event)).toEqual([]);
    await deliver(event);
    expect((await order()).status).toBe('paid');
  });

  it('a wrong signature, an old one and none are refused, and nothing is stored', async () => {
    const { confirm, order } = await paying();
    await confirm();
    const [event] = ids('payment_intent.succeeded') as [string];
    expect(await send([event], 'whsec_other')).toMatchObject([{ status: 400 }]);
    shop.twin.advance(-10 * MINUTE_MS);
    expect(await send([event])).toMatchObject([{ status: 400 }]);
    shop.twin.advance(10 * MINUTE_MS);
    const unsigned = await fetch(url(), { method: 'POST', body: JSON.stringify(shop.twin.events.at(-1)) });
    expect([unsigned.status, ((await unsigned.json()) as { code: string }).code]).toEqual([400, 'BAD_REQUEST']);
    expect((await fetch(url(), { method: 'POST', body: 'x'.repeat(70_000) })).status).toBe(413);
    expect((await fetch(url())).status).toBe(404);
    expect(await stored(event)).toEqual([]);
    expect((await order()).status).toBe('paying');
  });

  it('an event that the product needs not is answered, and not stored', async () => {
    await paying();
    const [event] = ids('payment_intent.created') as [string];
    await deliver(event);
    expect(await stored(event)).toEqual([]);
  });

  it('what no webhook brought is in the list of events: a lost one changes nothing', async () => {
    await pull();
    const { confirm, order } = await paying();
    await confirm();
    expect(await pull()).toBe(1);
    expect((await order()).status).toBe('paid');
    expect(await pull()).toBe(0);
  });

  it('an older event does not take a payment back: what happened is looked up', async () => {
    const { confirm, order } = await paying();
    await confirm('pm_card_chargeDeclined');
    await confirm('pm_card_threeDSecure2Required');
    const [failed] = ids('payment_intent.payment_failed') as [string];
    const [asked] = ids('payment_intent.requires_action') as [string];
    const [intent] = shop.twin.events.filter(({ id }) => id === asked).map(({ data }) => data.object.id) as [string];
    shop.twin.finishIntent(intent, true);
    await deliver(failed); // the look-up finds that it has succeeded meanwhile
    expect((await order()).status).toBe('paid');
    await deliver(asked, failed);
    expect(await order()).toMatchObject({ status: 'paid', payment: 'captured' });
  });

  it('any order of six events, with repeats and losses, leads to the same payment, refunds and ledger', async () => {
    const delivery = fc.array(fc.nat({ max: 5 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { minLength: 6, maxLength: 6 }), async (deliveries) => {
        from = shop.twin.events.length;
        const { id, move, confirm, order, refund, refunds, payment } = await paying();
        /** Sends some of the events so far, in that order. */
        const sendSome = async () => {
          const known = ids();
          await deliver(...(deliveries.pop() ?? []).flatMap((index) => known.at(-1 - index) ?? []));
        };
        await confirm('pm_card_chargeDeclined');
        await sendSome();
        const intent = await confirm('pm_card_threeDSecure2Required');
        await sendSome();
        shop.twin.finishIntent(intent, true);
        await sendSome();
        if ((await order()).status !== 'paid') await pull(); // the seller ships what is paid
        await move('seller', 'ship');
        expect((await refund({ amount: '5.00', reason: 'damaged' })).body.status).toBe('done');
        const [first] = await refunds();
        shop.twin.returnRefund(first!.reference);
        await sendSome();
        expect((await refund({ amount: '2.00', reason: 'damaged' })).body.status).toBe('done');
        await sendSome();
        await sendSome();
        await pull();
        expect(await payment()).toMatchObject({ status: 'captured', refundedE8: 200_000_000n, refundPendingE8: 0n });
        expect((await refunds()).map(({ status }) => status)).toEqual(['failed', 'done']);
        expect(await ledgerOf(id)).toEqual({ clearing: 1050, held: -1050 });
      }),
      { numRuns: HISTORIES },
    );
    await expectSameMoney(db, shop);
  });

  it('money that arrives for a payment that was taken for failed counts', async () => {
    const { id, confirm, order } = await paying();
    const clear = await confirm('pm_sepaDebit');
    await db.database.prisma.payment.updateMany({ where: { orderId: id }, data: { status: 'failed' } });
    await db.database.prisma.order.updateMany({ where: { id }, data: { status: 'placed' } });
    shop.twin.finishIntent(clear, true);
    await deliver(...ids('payment_intent.succeeded'));
    expect(await order()).toMatchObject({ status: 'paid', payment: 'captured' });
  });

  it('money for an attempt that another one replaced is parked, and an admin sees it', async () => {
    const { id, confirm, move, order } = await paying();
    const first = await confirm('pm_sepaDebit');
    await db.database.prisma.payment.updateMany({ where: { orderId: id }, data: { status: 'failed' } });
    await db.database.prisma.order.updateMany({ where: { id }, data: { status: 'placed' } });
    await move('buyer', 'pay');
    shop.twin.finishIntent(first, true);
    await deliver(...ids('payment_intent.succeeded'));
    expect((await order()).status).toBe('paying');
    const { items } = (await rest().get('/payments/events', { token: await admin() })).body as {
      items: { reference: string; reason: string }[];
    };
    expect(items.find(({ reference }) => reference === first)?.reason).toContain(`an attempt of order ${id} that another one replaced`);
    await atStripe(shop.twin, 'refunds', { payment_intent: first });
  });

  it('what is of no order here is parked; an admin tries it again or takes it off the list, and only an admin', async () => {
    const other = await atStripe(shop.twin, 'payment_intents', {
      amount: '500',
      currency: 'eur',
      confirm: 'true',
      payment_method: 'pm_card_visa',
    });
    const { reference } = await paid();
    const byHand = await atStripe(shop.twin, 'refunds', { payment_intent: reference, amount: '100' });
    await deliver(...ids());
    const token = await admin();
    const parked = async () => {
      const { items } = (await rest().get('/payments/events', { token })).body as {
        items: { id: number; reference: string; reason: string }[];
      };
      return items.filter((one) => [other.id, byHand.id].includes(one.reference));
    };
    const [payment, refund] = await parked();
    if (!payment || !refund) throw new Error('Nothing is parked.');
    expect([payment.reason, refund.reason]).toEqual([
      'No order of this marketplace has this payment.',
      'No order of this marketplace has this refund: it was made at the provider.',
    ]);
    const by = (path: string, as: string) => rest().post(`/payments/events/${path}`, undefined, { token: as });
    const stranger = shop.api.tokenFor(await createPerson(db.database));
    expect((await rest().get('/payments/events', { token: stranger })).status).toBe(403);
    for (const step of ['retry', 'dismiss']) expect((await by(`${payment.id}/${step}`, stranger)).status).toBe(403);
    expect((await by(`${payment.id}/retry`, token)).status).toBe(204);
    expect((await parked()).map(({ id }) => id)).toEqual([refund.id]);
    await act();
    expect((await parked()).map(({ id }) => id)).toEqual([payment.id, refund.id]);
    for (const { id } of [payment, refund]) expect((await by(`${id}/dismiss`, token)).status).toBe(204);
    expect(await parked()).toEqual([]);
    expect((await by(`${payment.id}/dismiss`, token)).body.code).toBe('EVENT_NOT_FOUND');
  });

  /** An order that is paid. */
  async function paid() {
    const order = await paying();
    const reference = await order.confirm();
    await order.check();
    return { ...order, reference };
  }
});

import { endDueOrders } from '@assay/core';
import { createPerson, createTestDatabase, onEachEngine, restClient, runNextTask, runTasks, type TestDatabase } from '@assay/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectSameMoney, startStripeShop, stripeGroup, stripeOrder, twinPayments, type StripeShop } from './lib-stripe.ts';

const HOUR_MS = 3_600_000;
/** Stripe's SDK repeats a call whose connection was closed once by itself. */
const TRIES = 2;

onEachEngine('payments by Stripe', (engine) => {
  let db: TestDatabase;
  let shop: StripeShop;
  /** What the twin had done before the test. */
  let before: { movements: number; requests: number; events: number };

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    shop = await startStripeShop(db);
  });
  beforeEach(async () => {
    await db.database.prisma.task.deleteMany(); // those that the test before left
    const { movements, requests, events } = shop.twin;
    before = { movements: movements.length, requests: requests.length, events: events.length };
  });
  afterAll(async () => {
    await shop.close();
    await db.drop();
  });

  const place = () => stripeOrder(db, shop);
  /** Ends what is due that much later, and does what follows. */
  async function later(ms: number) {
    const ctx = shop.api.container.context({ kind: 'system', name: 'test' }, 'test', undefined, () => new Date(Date.now() + ms));
    await endDueOrders(ctx, new AbortController().signal);
    return runTasks(shop.api.container, 'charge.look-up', { laterMs: ms });
  }
  const moved = () => shop.twin.movements.slice(before.movements).map(({ kind, amount }) => [kind, amount]);
  const keys = () => new Set(shop.twin.requests.slice(before.requests).flatMap(({ key }) => key ?? []));
  const begun = () => shop.twin.events.slice(before.events).filter(({ type }) => type === 'payment_intent.created').length;

  it('a buyer pays on the form, the order is paid, and a cancellation refunds it', async () => {
    const { id, move, form, confirm, check, order, payment } = await place();
    expect((await order()).testPayment).toBe(false);
    expect((await move('buyer', 'pay')).body).toMatchObject({ status: 'paying', payment: 'pending', paymentWaits: true, moves: [] });
    const { reference } = (await payment())!;
    expect((await form()).body).toEqual({
      orderId: id,
      orderIds: [id],
      groupId: (await order()).groupId,
      provider: 'stripe',
      amount: '12.50',
      currency: 'EUR',
      publishableKey: 'pk_test_twin',
      clientSecret: `${reference}_secret_twin`,
      step: 'details',
      failure: null,
    });
    await confirm();
    expect((await check()).body).toMatchObject({ status: 'paid', payment: 'captured', paymentWaits: false });
    expect((await check()).body.code).toBe('PAYMENT_NOT_FOUND');
    expect((await move('seller', 'cancel')).body.status).toBe('cancelled');
    expect(moved()).toEqual([
      ['payment', 1250],
      ['refund', -1250],
    ]);
    expect(await order()).toMatchObject({ payment: 'refunded', refunds: [{ status: 'done' }] });
    await expectSameMoney(db, shop);
  });

  it('only its buyer gets the client secret, asks for its state and ends it', async () => {
    const { move, form, check, cancelPayment, tokens } = await place();
    await move('buyer', 'pay');
    const stranger = shop.api.tokenFor(await createPerson(db.database));
    for (const token of [tokens.seller, stranger])
      for (const call of [form, check, cancelPayment]) expect((await call(token)).body.code).toBe('ORDER_NOT_FOUND');
  });

  it('a declined card is said to its buyer, who pays the same payment with another one: one charge', async () => {
    const { move, form, confirm, check } = await place();
    await move('buyer', 'pay');
    await confirm('pm_card_chargeDeclined');
    expect((await check()).body).toMatchObject({ status: 'paying', payment: 'pending' });
    expect((await form()).body).toMatchObject({ step: 'details', failure: 'Your card was declined.' });
    await confirm();
    expect((await check()).body).toMatchObject({ status: 'paid' });
    expect(moved()).toEqual([['payment', 1250]]);
  });

  it.each([
    ['pm_card_threeDSecure2Required', 'confirmation'],
    ['pm_sepaDebit', 'processing'],
  ])('%s waits: the form says so, and the end is found whether it is good or bad', async (method, step) => {
    const [good, bad] = [await place(), await place()];
    for (const { move } of [good, bad]) await move('buyer', 'pay');
    const ids = [await good.confirm(method), await bad.confirm(method)] as const;
    expect((await good.check()).body).toMatchObject({ status: 'paying', payment: 'pending', paymentWaits: true });
    expect((await good.form()).body).toMatchObject({ step }); // as the page does: it checks once Stripe's script has an answer
    shop.twin.finishIntent(ids[0], true);
    shop.twin.finishIntent(ids[1], false);
    expect((await good.check()).body).toMatchObject({ status: 'paid' });
    expect((await bad.check()).body).toMatchObject({ status: 'paying' });
    expect((await bad.form()).body).toMatchObject({ step: 'details', failure: 'Your card was declined.' });
    expect(moved()).toEqual([['payment', 1250]]);
  });

  it('a buyer ends the payment, and the order can be paid again or cancelled; one that a bank works on goes on', async () => {
    const { move, cancelPayment, confirm, check, payment } = await place();
    await move('buyer', 'pay');
    expect((await cancelPayment()).body).toMatchObject({ status: 'placed', payment: 'failed', moves: ['pay', 'cancel'] });
    await move('buyer', 'pay');
    expect(await payment()).toMatchObject({ attempt: 2, status: 'pending' });
    await confirm('pm_sepaDebit');
    const refused = await cancelPayment();
    expect([refused.status, refused.body.code]).toEqual([409, 'ILLEGAL_MOVE']);
    shop.twin.finishIntent((await payment())!.reference, true);
    expect((await cancelPayment()).body).toMatchObject({ status: 'paid' });
    expect((await check()).body.code).toBe('PAYMENT_NOT_FOUND');
  });

  it('what is not paid in time is ended at Stripe before the order is cancelled: it cannot be charged any more', async () => {
    const { move, order, payment } = await place();
    await move('buyer', 'pay');
    await later(HOUR_MS);
    expect(await order()).toMatchObject({ status: 'cancelled', payment: 'failed' });
    const { reference } = (await payment())!;
    expect(() => shop.twin.confirmIntent(reference, 'pm_card_visa')).toThrow('canceled');
    expect(moved()).toEqual([]);
  });

  it('what was paid at the last moment is found, and what a bank works on is asked for each hour', async () => {
    const [paid, processed] = [await place(), await place()];
    for (const { move } of [paid, processed]) await move('buyer', 'pay');
    await paid.confirm();
    const id = await processed.confirm('pm_sepaDebit');
    await later(HOUR_MS);
    expect((await paid.order()).status).toBe('paid');
    expect(await processed.order()).toMatchObject({ status: 'paying', payment: 'pending' });
    shop.twin.finishIntent(id, true);
    await later(3 * HOUR_MS);
    expect((await processed.order()).status).toBe('paid');
    await expectSameMoney(db, shop);
  });

  it.each(['answer-lost', 'failed', 'lost', 'limited'] as const)('%s: one payment is begun, and it can be made', async (fault) => {
    const { charge, move, confirm, check, order } = await place();
    for (let i = 0; i < TRIES; i++) shop.twin.fail(fault, /^\/v1\/payment_intents$/);
    expect((await move('buyer', 'pay')).body).toMatchObject({ status: 'paying', payment: 'unresolved', paymentWaits: false });
    shop.twin.recover();
    expect(await runNextTask(shop.api.container, 'charge.capture', { laterMs: HOUR_MS })).toMatchObject({ result: 'done' });
    expect(await order()).toMatchObject({ payment: 'pending', paymentWaits: true });
    await confirm();
    expect((await check()).body.status).toBe('paid');
    expect([keys(), begun()]).toEqual([new Set([(await charge()).providerKey]), 1]);
  });

  it('after the life of the key the payment is looked up by its metadata: no second one is begun', async () => {
    const { move, confirm, check } = await place();
    for (let i = 0; i < TRIES; i++) shop.twin.fail('answer-lost', /payment_intents/);
    await move('buyer', 'pay');
    shop.twin.recover();
    shop.twin.advance(25 * HOUR_MS);
    expect(await runNextTask(shop.api.container, 'charge.capture', { laterMs: 25 * HOUR_MS })).toMatchObject({ result: 'done' });
    await confirm();
    expect((await check()).body.status).toBe('paid');
    expect(begun()).toBe(1);
  });

  it.each(['answer-lost', 'failed', 'lost'] as const)('a refund whose answer is %s moves money once, also a day later', async (fault) => {
    for (const laterMs of [HOUR_MS, 25 * HOUR_MS]) {
      const { move, confirm, check, refund, refunds, order } = await place();
      await move('buyer', 'pay');
      await confirm();
      await check();
      await move('seller', 'ship');
      const paid = shop.twin.movements.length;
      for (let i = 0; i < TRIES; i++) shop.twin.fail(fault, /^\/v1\/refunds$/);
      expect((await refund({ amount: '5.00', reason: 'damaged' })).body.status).toBe('unresolved');
      shop.twin.recover();
      shop.twin.advance(laterMs);
      await runTasks(shop.api.container, 'refund.send', { laterMs });
      expect((await refunds()).map(({ status }) => status)).toEqual(['done']);
      expect(shop.twin.movements.slice(paid)).toMatchObject([{ kind: 'refund', amount: -500 }]);
      expect((await order()).refunded).toBe('5.00');
      await db.database.prisma.task.deleteMany();
    }
    await expectSameMoney(db, shop);
  });

  it('a form that is loaded again and again asks Stripe once, until it is checked', async () => {
    const { move, form, check, confirm } = await place();
    await move('buyer', 'pay');
    const asked = shop.twin.requests.length;
    for (let i = 0; i < 5; i++) expect((await form()).body.step).toBe('details');
    expect(shop.twin.requests.length - asked).toBe(1);
    await confirm('pm_sepaDebit');
    await check();
    expect((await form()).body.step).toBe('processing');
  });

  describe('of a checkout', () => {
    const group = (count?: number) => stripeGroup(db, shop, count);

    it('one form pays all of its orders, and refunds of each go against that payment', async () => {
      const { id, ids, pay, form, confirm, check, group: read, statuses, ship, refund, cancel, payments } = await group(3);
      const begunHere = await pay();
      expect(begunHere.body).toMatchObject({ payable: null, waiting: [{ orderIds: ids, total: '60.00' }] });
      for (const order of ids)
        expect((await form(order)).body).toMatchObject({ orderId: order, orderIds: ids, groupId: id, amount: '60.00', step: 'details' });
      const intent = await confirm();
      expect((await check(ids[1])).body).toMatchObject({ id: ids[1], status: 'paid' });
      expect(await statuses()).toEqual(['paid', 'paid', 'paid']);
      expect((await read()).waiting).toEqual([]);
      expect([begun(), moved()]).toEqual([1, [['payment', 6000]]]);
      for (const { reference } of await payments()) expect(reference).toBe(intent);
      await ship(ids[0]!);
      expect((await refund(ids[0]!, '10.00')).body.status).toBe('done');
      expect((await cancel(ids[2]!)).body.status).toBe('cancelled');
      expect(moved().slice(1)).toEqual([
        ['refund', -1000],
        ['refund', -3000],
      ]);
      expect(await statuses()).toEqual(['shipped', 'paid', 'cancelled']);
      await expectSameMoney(db, shop);
    });

    it('its buyer ends the payment: all of its orders can be paid again, one alone and the rest together', async () => {
      const { ids, pay, payOne, cancelPayment, confirm, group: read, statuses } = await group(3);
      await pay();
      expect((await cancelPayment(ids[2])).body).toMatchObject({ id: ids[2], status: 'placed' });
      expect(await statuses()).toEqual(['placed', 'placed', 'placed']);
      await payOne(ids[0]!);
      expect((await pay()).body.waiting).toEqual([
        { orderIds: [ids[0]], total: '10.00' },
        { orderIds: ids.slice(1), total: '50.00' },
      ]);
      await confirm();
      expect((await read()).payable).toBeNull();
    });

    it('what is not paid in time is ended at Stripe, and all of its orders are cancelled', async () => {
      const { pay, statuses, payments } = await group();
      await pay();
      const { reference } = (await payments())[0]!;
      await later(HOUR_MS);
      expect(await statuses()).toEqual(['cancelled', 'cancelled']);
      expect(() => shop.twin.confirmIntent(reference, 'pm_card_visa')).toThrow('canceled');
      expect(shop.twin.requests.slice(before.requests).filter(({ call }) => call.endsWith(`${reference}/cancel`))).toHaveLength(1);
    });

    it.each(['answer-lost', 'failed', 'lost', 'limited'] as const)('%s: one payment is begun, also a day later', async (fault) => {
      for (const laterMs of [HOUR_MS, 25 * HOUR_MS]) {
        const { pay, payments, confirm, check, statuses } = await group();
        const from = { moved: moved().length, begun: begun() };
        for (let i = 0; i < TRIES; i++) shop.twin.fail(fault, /^\/v1\/payment_intents$/);
        expect((await pay()).body.orders).toMatchObject([{ payment: 'unresolved' }, { payment: 'unresolved' }]);
        shop.twin.recover();
        shop.twin.advance(laterMs);
        await runNextTask(shop.api.container, 'charge.capture', { laterMs });
        // What never arrived has failed once its key is dead, and is begun anew.
        if ((await payments())[0]!.status === 'failed') await pay();
        await confirm();
        await check();
        expect(await statuses()).toEqual(['paid', 'paid']);
        expect([begun() - from.begun, moved().slice(from.moved)]).toEqual([1, [['payment', 3000]]]);
        await db.database.prisma.task.deleteMany();
      }
      await expectSameMoney(db, shop);
    });
  });

  it('a wrong API key refuses nothing: the payment goes on once the key is right', async () => {
    const { move, order } = await place();
    const { services } = shop.api.container;
    const { payments } = services;
    Object.assign(services, { payments: twinPayments({ ...shop.twin, apiKey: 'sk_test_other' }) });
    expect((await move('buyer', 'pay')).body.payment).toBe('unresolved');
    Object.assign(services, { payments });
    expect(await runNextTask(shop.api.container, 'charge.capture', { laterMs: HOUR_MS })).toMatchObject({ result: 'done' });
    expect((await order()).paymentWaits).toBe(true);
  });

  it('a payment of another provider is never asked of Stripe', async () => {
    const { id, move, confirm, check, refund } = await place();
    await move('buyer', 'pay');
    await confirm();
    await check();
    await move('seller', 'ship');
    await db.database.prisma.payment.updateMany({ where: { orderId: id }, data: { provider: 'earlier' } });
    const asked = shop.twin.requests.length;
    expect((await refund({ amount: '1.00', reason: 'other' })).body.status).toBe('unresolved');
    expect(shop.twin.requests).toHaveLength(asked);
    const admin = shop.api.tokenFor(await createPerson(db.database, ['admin']));
    const { items } = (await restClient(shop.api.url).get('/payments/unresolved', { token: admin })).body as {
      items: { failure: string }[];
    };
    expect(items.at(-1)!.failure).toBe('The payment provider "earlier" is not configured.');
  });
});

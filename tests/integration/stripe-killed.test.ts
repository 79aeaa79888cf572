import { fork } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from '@assay/api';
import { pullProviderEvents } from '@assay/core';
import { createTestDatabase, onEachEngine, restClient, runNextTask, runTasks, type TestDatabase } from '@assay/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { expectSameMoney, startStripeShop, stripeGroup, type StripeShop } from './lib-stripe.ts';

const HOUR_MS = 3_600_000;

onEachEngine('an API process that is killed while Stripe is asked', (engine) => {
  let db: TestDatabase;
  let shop: StripeShop;
  /** What the twin had done before the test. */
  let before: { movements: number; events: number };

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    shop = await startStripeShop(db);
  });
  beforeEach(async () => {
    await db.database.prisma.task.deleteMany(); // those that the test before left
    before = { movements: shop.twin.movements.length, events: shop.twin.events.length };
  });
  afterAll(async () => {
    await shop.close();
    await db.drop();
  });

  const moved = () => shop.twin.movements.slice(before.movements).map(({ kind, amount }) => [kind, amount]);
  const begun = () => shop.twin.events.slice(before.events).filter(({ type }) => type === 'payment_intent.created').length;

  /** Sends a request to an API process of its own, which is killed once Stripe has that call: before it acts, or when it has acted. */
  async function killed(path: string, token: string, call: RegExp, acts: boolean): Promise<void> {
    const { apiKey, options } = shop.twin;
    const env = { ...process.env, DATABASE_URL: db.url, TWIN: JSON.stringify({ apiKey, options }) };
    const child = fork('tests/integration/stripe-process.ts', { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [{ url }] = (await once(child, 'message')) as [{ url: string }];
    const held = shop.twin.hold(call, { acts });
    const answer = restClient(url)
      .post(path, undefined, { token })
      .then(
        () => 'answered',
        () => 'lost',
      );
    await held;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    expect((await ended)[1]).toBe('SIGKILL');
    expect(await answer).toBe('lost');
  }
  /** What is due that much later, in another process. */
  async function goOn(task: 'charge.capture' | 'refund.send', laterMs: number) {
    shop.twin.advance(laterMs);
    const end = await runNextTask(shop.api.container, task, { laterMs });
    expect(end).toMatchObject({ result: 'done' });
  }

  it.each([
    ['before Stripe acts', false, HOUR_MS],
    ['before Stripe acts, and goes on a day later', false, 25 * HOUR_MS],
    ['after Stripe acted', true, HOUR_MS],
    ['after Stripe acted, and goes on a day later', true, 25 * HOUR_MS],
  ])('paying a checkout, %s: one payment is begun, and money moves once', async (_, acts, laterMs) => {
    const { id, ids, token, pay, charges, statuses, confirm, check } = await stripeGroup(db, shop, 2);
    await killed(`/checkout/${id}/pay`, token, /^\/v1\/payment_intents$/, acts);
    expect(await statuses()).toEqual(['paying', 'paying']);
    expect(await charges()).toMatchObject([{ status: 'pending', reference: '' }]);
    expect(begun()).toBe(acts ? 1 : 0);
    await goOn('charge.capture', laterMs);
    if (!acts && laterMs > 24 * HOUR_MS) {
      // Stripe knows nothing of it, and its key is dead: it has failed, and is paid anew with another key.
      expect(await statuses()).toEqual(['placed', 'placed']);
      await pay();
    }
    expect(begun()).toBe(1);
    await confirm();
    expect((await check(ids[1])).body.status).toBe('paid');
    expect(await statuses()).toEqual(['paid', 'paid']);
    expect(moved()).toEqual([['payment', 3000]]);
    const { amountE8, status } = (await charges()).at(-1)!;
    expect([amountE8, status]).toEqual([3_000_000_000n, 'captured']);
    await expectSameMoney(db, shop);
  });

  it('checking a payment that was made: the event pays all of its orders', async () => {
    const { ids, token, pay, statuses, confirm } = await stripeGroup(db, shop, 2);
    await pay();
    await confirm();
    await killed(`/orders/${ids[0]!}/payment/check`, token, /payment_intents/, true);
    expect(await statuses()).toEqual(['paying', 'paying']);
    await pullProviderEvents(shop.api.container.context({ kind: 'system', name: 'test' }, 'pull'));
    await runTasks(shop.api.container, 'provider-event.apply', { laterMs: HOUR_MS });
    expect(await statuses()).toEqual(['paid', 'paid']);
    expect(moved()).toEqual([['payment', 3000]]);
    await expectSameMoney(db, shop);
  });

  it('cancelling a payment that was not made: it cannot be made any more, and its orders are paid by another one', async () => {
    const { ids, token, pay, statuses, charges, confirm, check, cancelPayment } = await stripeGroup(db, shop, 2);
    await pay();
    await killed(`/orders/${ids[0]!}/payment/cancel`, token, /\/cancel$/, true);
    expect(await statuses()).toEqual(['paying', 'paying']);
    expect(() => shop.twin.confirmIntent(shop.twin.events.at(-1)!.data.object.id, 'pm_card_visa')).toThrow('canceled');
    expect((await cancelPayment(ids[1])).body.status).toBe('placed');
    await pay();
    await confirm();
    await check();
    expect((await charges()).map(({ status }) => status)).toEqual(['failed', 'captured']);
    expect(moved()).toEqual([['payment', 3000]]);
  });

  it.each([
    ['before Stripe acts', false, HOUR_MS],
    ['after Stripe acted', true, HOUR_MS],
    ['after Stripe acted, and goes on a day later', true, 25 * HOUR_MS],
  ])('cancelling one order of a paid checkout, %s: its share is refunded once', async (_, acts, laterMs) => {
    const { ids, token, pay, confirm, check, statuses, order } = await stripeGroup(db, shop, 2);
    await pay();
    await confirm();
    await check();
    await killed(`/orders/${ids[0]!}/cancel`, token, /^\/v1\/refunds$/, acts);
    await goOn('refund.send', laterMs);
    expect(await statuses()).toEqual(['cancelled', 'paid']);
    expect(await order(ids[0]!)).toMatchObject({ payment: 'refunded', refunded: '10.00' });
    expect(moved()).toEqual([
      ['payment', 3000],
      ['refund', -1000],
    ]);
    await expectSameMoney(db, shop);
  });
});

import type { PayoutOverview, SellerPayoutPage } from '@assay/contract';
import { schedulePayoutChecks, type Context } from '@assay/core';
import { createPerson, createTestDatabase, onEachEngine, runNextTask, runTasks, type Seller, type TestDatabase } from '@assay/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectOn, CONNECT_SECRET, eventsOf, startConnectShop } from './lib-stripe-payouts.ts';
import { atStripe, WEBHOOK_SECRET, type StripeShop } from './lib-stripe.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** More than the SDK asks for itself, and tasks meanwhile. */
const TRIES = 10;

onEachEngine('payouts through Stripe', (engine) => {
  let db: TestDatabase;
  let shop: StripeShop;
  let on: ReturnType<typeof connectOn>;
  let admin: { id: number };
  let earlier: Set<string>;
  beforeAll(async () => {
    db = await createTestDatabase(engine);
    shop = await startConnectShop(db);
    on = connectOn(db, shop);
    admin = await createPerson(db.database, ['admin']);
  });
  beforeEach(async () => {
    shop.twin.recover();
    earlier = new Set(shop.twin.events.map(({ id }) => id));
    await db.database.prisma.task.deleteMany(); // those that the test before left
  });
  afterAll(async () => {
    await shop.close();
    await db.drop();
  });

  /** A seller with a payout that is with the bank. */
  async function sent(gross = 9400n) {
    const seller = await on.newEarner(gross);
    const laterMs = await on.payOut();
    await on.sendAll(laterMs);
    const payout = await on.payoutOf(seller);
    const bank = (await on.callOf(payout.id, 'payout'))!.reference!;
    return { seller, laterMs, payout, bank, account: await on.referenceOf(seller) };
  }
  const hold = ({ id }: Seller) => on.rest.post(`/payouts/sellers/${id}/hold`, { reason: 'We look into an order.' }, on.as(admin));
  const statusOf = async (seller: Seller) => (await on.payoutOf(seller)).status;
  const balance = async (seller: Seller) => -((await on.balancesOf(seller.id)).seller_balance ?? 0n);
  const dueOf = async (seller: Seller) => ((await on.rest.get('/payouts/overview', on.as(seller))).body as PayoutOverview).due[0];
  /** Sends these events of the test, and acts on them. */
  async function deliver(laterMs: number, ids: readonly string[], secret = CONNECT_SECRET) {
    await shop.twin.deliver({ url: `${shop.api.url}/webhooks/stripe`, secret }, ids);
    await runTasks(shop.api.container, 'provider-event.apply', { laterMs });
    await on.sendAll(laterMs);
  }
  const news = (...types: string[]) => eventsOf(shop.twin, ...types).filter((id) => !earlier.has(id));

  it('transfer what is due to the seller’s account, and pay it out to the bank', async () => {
    const { seller, laterMs, payout, bank, account } = await sent();
    expect(payout).toMatchObject({ method: 'stripe', status: 'sent', amountMinor: 9400n, masked: 'Stripe, •••• 3000' });
    expect(on.moved(account)).toEqual([
      ['transfer', 9400],
      ['payout', -9400],
    ]);
    await on.expectSameMoney();
    shop.twin.payoutArrived(bank);
    const [paid] = news('payout.paid') as [string];
    await deliver(laterMs, [paid, paid]);
    expect([await statusOf(seller), await balance(seller)]).toEqual(['paid', 0n]);
    await on.expectSameMoney();
    const page = (await on.rest.get(`/payouts?sellerId=${seller.id}`, on.as(admin))).body as SellerPayoutPage;
    expect(page.items[0]).toMatchObject({
      method: 'stripe',
      calls: [
        { kind: 'transfer', status: 'done', account },
        { kind: 'payout', status: 'done', reference: bank },
      ],
    });
  });

  it.each(['before', 'after'] as const)('that the bank returns %s it was paid are in the balance again, once', async (when) => {
    const { seller, laterMs, bank, account } = await sent();
    if (when === 'after') {
      shop.twin.payoutArrived(bank);
      await deliver(laterMs, news('payout.paid'));
    }
    shop.twin.payoutReturned(bank);
    const [failed] = news('payout.failed') as [string];
    await deliver(laterMs, [failed, failed]);
    expect([await statusOf(seller), await balance(seller)]).toEqual([when === 'after' ? 'returned' : 'failed', 9400n]);
    expect(on.moved(account).slice(2)).toEqual([
      ['payout-returned', 9400],
      ['transfer-reversal', -9400],
    ]);
    await deliver(laterMs, news('transfer.reversed'), WEBHOOK_SECRET);
    await deliver(laterMs, [...news('payout.paid'), ...news('payout.failed', 'payout.paid')]); // again, in another order
    expect([await statusOf(seller), await balance(seller)]).toEqual([when === 'after' ? 'returned' : 'failed', 9400n]);
    expect(await db.database.prisma.providerEvent.count({ where: { status: 'parked' } })).toBe(0);
    await on.expectSameMoney();

    expect((await dueOf(seller))!.reason).toBe('returned');
    await on.payOut();
    expect((await on.payoutsOf(seller.id)).length).toBe(1);
    await db.database.prisma.payoutAccount.update({
      where: { sellerId: seller.id },
      data: { confirmedAt: new Date(Date.now() + 100 * 365 * DAY_MS) }, // the tests' clock is ahead
    });
    expect((await dueOf(seller))!.reason).toBeNull();
    await on.sendAll(await on.payOut());
    expect((await on.payoutsOf(seller.id)).map(({ status }) => status)).toEqual([when === 'after' ? 'returned' : 'failed', 'sent']);
    await on.expectSameMoney();
  });

  describe.each([
    ['transfer', /^\/v1\/transfers$/],
    ['payout', /^\/v1\/payouts$/],
    ['reversal', /\/reversals$/],
  ] as const)('whose %s', (kind, path) => {
    it.each(['answer-lost', 'failed', 'lost'] as const)(
      'has an answer that is %s move each money once, also a day later',
      async (fault) => {
        for (const waitMs of [HOUR_MS, 25 * HOUR_MS]) {
          const seller = await on.newEarner(5000n);
          const account = await on.referenceOf(seller);
          let laterMs = await on.payOut();
          if (kind === 'reversal') {
            await on.sendAll(laterMs);
            shop.twin.payoutReturned((await on.callOf((await on.payoutOf(seller)).id, 'payout'))!.reference!);
          }
          for (let i = 0; i < TRIES; i++) shop.twin.fail(fault, path);
          if (kind === 'reversal') await deliver(laterMs, news('payout.failed').slice(-1));
          else await on.sendAll(laterMs);
          shop.twin.recover();
          const payout = await on.payoutOf(seller);
          expect([payout.status, (await on.callOf(payout.id, kind))!.status]).toEqual(['unresolved', 'unresolved']);
          if (kind !== 'reversal') {
            await on.earn(seller, 100n);
            expect((await dueOf(seller))!.reason).toBe('unresolved'); // no other payout meanwhile
          }
          laterMs += waitMs;
          on.advance(laterMs);
          await on.sendAll(laterMs);
          const moved = [
            ['transfer', 5000],
            ['payout', -5000],
          ];
          const back = [
            ['payout-returned', 5000],
            ['transfer-reversal', -5000],
          ];
          expect(on.moved(account)).toEqual(kind === 'reversal' ? [...moved, ...back] : moved);
          expect(await statusOf(seller)).toBe(kind === 'reversal' ? 'failed' : 'sent');
          expect(await balance(seller)).toBe(kind === 'reversal' ? 5000n : 100n);
          await on.expectSameMoney();
          await hold(seller); // the next round is about its own payout alone
          await db.database.prisma.task.deleteMany();
        }
      },
    );

    it('is sent once by a process that ends before it can write down the answer', async () => {
      const seller = await on.newEarner(5000n);
      const account = await on.referenceOf(seller);
      const laterMs = await on.payOut();
      const killed = new AbortController();
      /** The process ends when the provider has answered this call. */
      const dies = (ctx: Context): Context => ({
        ...ctx,
        change: async (work) => {
          if (shop.twin.requests.some(({ call }, i) => i >= asked && path.test(call.replace(/^POST /, '')) && call.startsWith('POST'))) {
            killed.abort();
            throw new Error('killed');
          }
          return ctx.change(work);
        },
      });
      let asked = shop.twin.requests.length;
      if (kind === 'reversal') {
        await on.sendAll(laterMs);
        shop.twin.payoutReturned((await on.callOf((await on.payoutOf(seller)).id, 'payout'))!.reference!);
        await shop.twin.deliver({ url: `${shop.api.url}/webhooks/stripe`, secret: CONNECT_SECRET }, news('payout.failed'));
        await runTasks(shop.api.container, 'provider-event.apply', { laterMs });
        asked = shop.twin.requests.length;
      }
      await runNextTask(shop.api.container, 'payout.send', { laterMs, killed: killed.signal, context: dies }).catch(() => null);
      expect(killed.signal.aborted).toBe(true);
      await on.sendAll(laterMs + HOUR_MS);
      const kinds = on.moved(account).map(([what]) => what);
      expect(kinds).toEqual(kind === 'reversal' ? ['transfer', 'payout', 'payout-returned', 'transfer-reversal'] : ['transfer', 'payout']);
      expect(await statusOf(seller)).toBe(kind === 'reversal' ? 'failed' : 'sent');
      await on.expectSameMoney();
    });
  });

  it('two workers at once make one transfer and one payout', async () => {
    const seller = await on.newEarner(5000n);
    const laterMs = await on.payOut();
    await on.earn(await on.newSeller(), 5000n); // there is enough for two transfers
    const { id } = await on.payoutOf(seller);
    await on.system().change((tx) => tx.enqueue('payout.send', { payoutId: id }, { key: `payout:${id}:again` }));
    const { payments } = shop.api.container.services;
    const payouts = payments.payouts!;
    let waiting = 0;
    const { promise: both, resolve } = Promise.withResolvers<void>();
    /** Stripe gets the first call of each worker when both are about to send it. */
    const context = (ctx: Context): Context => {
      const send: typeof payouts.send = async (...call) => {
        if (++waiting === 2) resolve();
        await both;
        return payouts.send(...call);
      };
      return { ...ctx, services: { ...ctx.services, payments: { ...payments, payouts: { ...payouts, send } } } };
    };
    await Promise.all([1, 2].map(() => runNextTask(shop.api.container, 'payout.send', { laterMs, context })));
    expect(waiting).toBeGreaterThanOrEqual(2);
    await on.sendAll(laterMs + HOUR_MS);
    expect(on.moved(await on.referenceOf(seller)).map(([kind]) => kind)).toEqual(['transfer', 'payout']);
    expect(await statusOf(seller)).toBe('sent');
    await on.expectSameMoney();
  });

  it('that Stripe refuses from the account are taken back, and the seller has to set it up again', async () => {
    const seller = await on.newEarner(5000n);
    const laterMs = await on.payOut();
    shop.twin.restrictAccount(await on.referenceOf(seller), 'external_account', 'The bank account was closed.');
    await on.sendAll(laterMs);
    expect(await on.payoutOf(seller)).toMatchObject({ status: 'failed', reason: 'Payouts are not enabled for this account.' });
    expect([await balance(seller), (await dueOf(seller))!.reason]).toEqual([5000n, 'returned']);
    expect(on.moved(await on.referenceOf(seller)).map(([kind]) => kind)).toEqual(['transfer', 'transfer-reversal']);
    await on.expectSameMoney();
  });

  it('wait while the marketplace has too little at Stripe, and are sent with another key then', async () => {
    const seller = await on.newSeller();
    await on.open(seller, 'JP');
    shop.twin.finishAccount(await on.referenceOf(seller));
    await on.check(seller);
    await on.earn(seller, 900n, 'JPY');
    const laterMs = await on.payOut();
    const { id } = await on.payoutOf(seller);
    // A part of it was refunded in the dashboard: the balance at Stripe does not reach.
    const payment = shop.twin.movements.findLast(({ kind, currency }) => kind === 'payment' && currency === 'jpy')!;
    await atStripe(shop.twin, 'refunds', { payment_intent: payment.object, amount: '1' });
    await on.sendAll(laterMs);
    const first = (await on.callOf(id, 'transfer'))!;
    expect([await statusOf(seller), first.status, first.attempt]).toEqual(['pending', 'pending', 2]);
    expect(first.failure).toContain('insufficient funds');
    await atStripe(shop.twin, 'payment_intents', { amount: '1', currency: 'jpy', confirm: 'true', payment_method: 'pm_card_visa' });
    await on.sendAll(laterMs + 2 * HOUR_MS);
    expect(await statusOf(seller)).toBe('sent');
    await on.expectSameMoney('JPY');
  });

  it('of test money are made by hand: Stripe is never asked', async () => {
    const tester = await on.newSeller();
    await on.open(tester, 'US');
    shop.twin.finishAccount(await on.referenceOf(tester));
    await on.check(tester);
    const before = shop.twin.requests.length;
    await on.earnTest(tester.id, 700n);
    await on.sendAll(await on.payOut());
    expect(await on.payoutOf(tester)).toMatchObject({ method: 'manual', isTest: true, status: 'pending' });
    expect(shop.twin.requests.length).toBe(before);
  });

  it('wait while an admin holds the seller', async () => {
    const seller = await on.newEarner(5000n);
    const laterMs = await on.payOut();
    await hold(seller);
    await on.sendAll(laterMs);
    expect([await statusOf(seller), on.moved(await on.referenceOf(seller))]).toEqual(['pending', []]);
    await on.rest.post(`/payouts/sellers/${seller.id}/release`, undefined, on.as(admin));
    await on.sendAll(laterMs);
    expect(await statusOf(seller)).toBe('sent');
    await on.expectSameMoney();
  });

  it.each(['lost', 'answer-lost'] as const)('whose transfer is %s are only looked up while an admin holds the seller', async (fault) => {
    const seller = await on.newEarner(5000n);
    const laterMs = await on.payOut();
    const found = fault === 'lost' ? [] : [['transfer', 5000]];
    const now = async () => [await statusOf(seller), on.moved(await on.referenceOf(seller))];
    for (let i = 0; i < TRIES; i++) shop.twin.fail(fault, /^\/v1\/transfers$/);
    await on.sendAll(laterMs);
    shop.twin.recover();
    await hold(seller);
    await on.sendAll(laterMs + HOUR_MS);
    expect(await now()).toEqual([fault === 'lost' ? 'unresolved' : 'pending', found]);
    on.advance(laterMs + 25 * HOUR_MS); // Stripe has forgotten the key
    await on.sendAll(laterMs + 25 * HOUR_MS);
    expect(await now()).toEqual(['pending', found]);
    await on.rest.post(`/payouts/sellers/${seller.id}/release`, undefined, on.as(admin));
    await on.sendAll(laterMs + 25 * HOUR_MS);
    expect(await now()).toEqual([
      'sent',
      [
        ['transfer', 5000],
        ['payout', -5000],
      ],
    ]);
    await on.expectSameMoney();
  });

  it('of which no event came are checked by the clock', async () => {
    const { seller, laterMs, bank } = await sent();
    const checked = async (at: number) => {
      await schedulePayoutChecks(on.system(at));
      await runTasks(shop.api.container, 'payout.check', { laterMs: at });
      await on.sendAll(at);
    };
    await checked(laterMs);
    expect(await statusOf(seller)).toBe('sent');
    shop.twin.payoutArrived(bank);
    await checked(laterMs + HOUR_MS);
    expect(await statusOf(seller)).toBe('sent'); // not asked again so soon
    await checked(laterMs + 7 * HOUR_MS);
    expect(await statusOf(seller)).toBe('paid');
    shop.twin.payoutReturned(bank);
    await checked(laterMs + 3 * DAY_MS);
    expect([await statusOf(seller), await balance(seller)]).toEqual(['returned', 9400n]);
    await on.expectSameMoney();
  });

  it('that came back are taken back at once where an admin looks them up', async () => {
    const { seller, laterMs, bank, payout } = await sent();
    shop.twin.payoutArrived(bank);
    await deliver(laterMs, news('payout.paid'));
    shop.twin.payoutReturned(bank);
    const answer = await on.rest.post(`/payouts/${payout.id}/look-up`, undefined, on.as(admin));
    expect(answer).toMatchObject({ status: 200, body: { status: 'paid', outcome: null } });
    await on.sendAll(laterMs);
    expect([await statusOf(seller), await balance(seller)]).toEqual(['returned', 9400n]);
    await on.expectSameMoney();
  });

  it('without an outcome are looked up by an admin, or settled by hand; others are not settled by hand', async () => {
    const seller = await on.newEarner(5000n);
    const laterMs = await on.payOut();
    const { id } = await on.payoutOf(seller);
    const settle = (outcome: string) => on.rest.post(`/payouts/${id}/settle`, { outcome }, on.as(admin));
    const lookUp = () => on.rest.post(`/payouts/${id}/look-up`, undefined, on.as(admin));
    expect((await settle('paid')).body.code).toBe('PAYOUT_AT_PROVIDER');
    for (let i = 0; i < TRIES; i++) shop.twin.fail('answer-lost', /^\/v1\/transfers$/);
    await on.sendAll(laterMs);
    shop.twin.recover();
    for (let i = 0; i < TRIES; i++) shop.twin.fail('lost');
    expect((await lookUp()).body.code).toBe('PROVIDER_UNAVAILABLE');
    shop.twin.recover();
    expect((await lookUp()).body).toMatchObject({ status: 'pending', outcome: 'done' });
    for (let i = 0; i < TRIES; i++) shop.twin.fail('lost', /^\/v1\/payouts$/);
    await on.sendAll(laterMs + HOUR_MS);
    shop.twin.recover();
    expect(await statusOf(seller)).toBe('unresolved');
    expect((await settle('paid')).status).toBe(204);
    await on.sendAll(laterMs + 2 * HOUR_MS); // what an admin settled is not sent any more
    expect(on.moved(await on.referenceOf(seller)).map(([kind]) => kind)).toEqual(['transfer']);
    expect(await statusOf(seller)).toBe('paid');
    expect(await on.system().repos.payoutCalls.hasOpen()).toBe(false); // events of others are parked again
  });
});

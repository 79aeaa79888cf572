import type { PayoutAccountView, PayoutOverview } from '@assay/contract';
import { checkPayoutAccounts } from '@assay/core';
import { createTestDatabase, onEachEngine, runTasks, startApi, type TestDatabase } from '@assay/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connectOn, CONNECT_SECRET, eventsOf, startConnectShop } from './lib-stripe-payouts.ts';
import { WEBHOOK_SECRET, type StripeShop } from './lib-stripe.ts';

const HOUR_MS = 3_600_000;
/** More than the SDK asks for itself. */
const TRIES = 10;

onEachEngine('accounts for payouts at Stripe', (engine) => {
  let db: TestDatabase;
  let shop: StripeShop;
  let on: ReturnType<typeof connectOn>;
  let asked = 0;
  beforeAll(async () => {
    db = await createTestDatabase(engine);
    shop = await startConnectShop(db);
    on = connectOn(db, shop);
  });
  beforeEach(() => {
    asked = shop.twin.requests.length;
  });
  afterAll(async () => {
    await shop.close();
    await db.drop();
  });

  /** Since the test began. */
  const created = () => shop.twin.requests.slice(asked).filter(({ call }) => call === 'POST /v1/accounts');
  const viewOf = async (seller: { id: number }) => (await on.rest.get('/payout-account', on.as(seller))).body as PayoutAccountView;

  it('are made once, and set up on Stripe’s pages', async () => {
    const seller = await on.newSeller();
    expect(await viewOf(seller)).toMatchObject({ offered: true, account: null });
    const first = await on.open(seller);
    expect(first.status).toBe(200);
    expect((first.body as { url: string }).url).toContain(await on.referenceOf(seller));
    expect((await on.open(seller)).status).toBe(200);
    expect(created()).toHaveLength(1);
    expect((await viewOf(seller)).account).toMatchObject({
      state: 'onboarding',
      missing: ['Bank account', 'Identity document'],
      country: 'DE',
      currency: 'EUR',
      isUsed: true,
    });
    expect((await on.check(seller)).body).toMatchObject({ account: { state: 'onboarding' } }); // the way back proves nothing
    shop.twin.finishAccount(await on.referenceOf(seller));
    expect((await on.check(seller)).body).toMatchObject({ account: { state: 'ready', missing: [], masked: '•••• 3000' } });
    const audit = await db.database.prisma.auditEntry.findMany({ where: { entity: 'user', entityId: String(seller.id) } });
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['payout-account.opened', 'payout-account.made', 'payout-account.ready']),
    );
  });

  it.each(['answer-lost', 'failed', 'lost'] as const)('%s: pressed again, one account is made, also a day later', async (fault) => {
    for (const laterMs of [0, 25 * HOUR_MS]) {
      const seller = await on.newSeller();
      const before = (await accountsAtTwin()).length;
      for (let i = 0; i < TRIES; i++) shop.twin.fail(fault, /^\/v1\/accounts$/);
      expect(await on.open(seller)).toMatchObject({ status: 503, body: { code: 'PROVIDER_UNAVAILABLE' } });
      shop.twin.recover();
      expect(await on.accountOf(seller.id)).toMatchObject({ state: 'none', reference: null });
      if (laterMs > 0) {
        await db.database.prisma.payoutAccount.update({
          where: { sellerId: seller.id },
          data: { keyedAt: new Date(Date.now() - laterMs) },
        });
        shop.twin.advance(laterMs);
      }
      expect((await on.open(seller)).status).toBe(200);
      expect((await accountsAtTwin()).length - before).toBe(1);
      expect(await on.accountOf(seller.id)).toMatchObject({ state: 'onboarding' });
      shop.twin.advance(-laterMs);
    }
  });

  /** Of the twin: accounts that were made, whether their answers arrived or not. */
  async function accountsAtTwin(): Promise<unknown[]> {
    const { host, port } = shop.twin.options;
    const answer = await fetch(`http://${host}:${port}/v1/accounts?limit=100`, {
      headers: { authorization: `Bearer ${shop.twin.apiKey}` },
    });
    return ((await answer.json()) as { data: unknown[] }).data;
  }

  it('are refused for a country that Stripe does not serve, and can be tried for another one', async () => {
    const seller = await on.newSeller();
    expect(await on.open(seller, 'AQ')).toMatchObject({ status: 400, body: { errors: [{ field: 'country' }] } });
    expect(await on.accountOf(seller.id)).toBeNull();
    expect((await on.open(seller, 'US')).status).toBe(200);
    expect((await viewOf(seller)).account).toMatchObject({ country: 'US', currency: 'USD' });
  });

  it('change by events, which are fetched; without any they are asked about', async () => {
    const seller = await on.newEarner(10_000n);
    const reference = await on.referenceOf(seller);
    const overview = async () => (await on.rest.get('/payouts/overview', on.as(seller))).body as PayoutOverview;
    expect(await overview()).toMatchObject({ destination: 'Stripe, •••• 3000', due: [{ amount: '100.00', reason: null }] });
    shop.twin.restrictAccount(reference, 'individual.verification.document', 'The document is blurred.');
    const endpoint = { url: `${shop.api.url}/webhooks/stripe`, secret: CONNECT_SECRET };
    const [update] = eventsOf(shop.twin, 'account.updated').slice(-1) as [string];
    expect((await shop.twin.deliver({ ...endpoint, secret: 'whsec_other' }, [update]))[0]!.status).toBe(400);
    expect((await shop.twin.deliver(endpoint, [update, update])).map(({ status }) => status)).toEqual([200, 200]);
    await runTasks(shop.api.container, 'provider-event.apply');
    expect((await viewOf(seller)).account).toMatchObject({ state: 'restricted', missing: ['The document is blurred.'] });
    expect((await overview()).due).toMatchObject([{ amount: null, reason: 'account-restricted' }]);
    shop.twin.finishAccount(reference, '4000');
    expect(await checkPayoutAccounts(on.system())).toBe(0); // it was just asked about
    expect(await checkPayoutAccounts(on.system(2 * HOUR_MS))).toBeGreaterThan(0);
    expect((await viewOf(seller)).account).toMatchObject({ state: 'ready', masked: '•••• 4000' });
    const [first] = eventsOf(shop.twin, 'account.updated') as [string];
    await shop.twin.deliver({ ...endpoint, secret: WEBHOOK_SECRET }, [first]); // an old event says nothing
    await runTasks(shop.api.container, 'provider-event.apply');
    expect((await viewOf(seller)).account).toMatchObject({ state: 'ready', masked: '•••• 4000' });
  });

  it('can be left for a bank account, and taken up again', async () => {
    const seller = await on.newEarner(10_000n);
    await on.setDetails(seller.id);
    const destination = async () => ((await on.rest.get('/payouts/overview', on.as(seller))).body as PayoutOverview).destination;
    expect(await destination()).toBe('Stripe, •••• 3000');
    expect((await on.rest.post('/payout-account/stop', {}, on.as(seller))).body).toMatchObject({ account: { isUsed: false } });
    expect(await destination()).toBe('DE89 •••• 3000');
    expect((await on.open(seller)).status).toBe(200);
    expect(await destination()).toBe('Stripe, •••• 3000');
    expect(created()).toHaveLength(1);
  });

  it('are not offered unless the operator switched them on', async () => {
    const api = await startApi(db);
    const seller = await on.newSeller();
    const without = connectOn(db, { ...shop, api });
    expect((await without.rest.get('/payout-account', without.as(seller))).body).toMatchObject({ offered: false, account: null });
    expect(await without.open(seller)).toMatchObject({ status: 403, body: { code: 'PAYOUT_ACCOUNTS_NOT_OFFERED' } });
    await api.close();
  });

  it('are opened by their owner alone: a session is not enough', async () => {
    const seller = await on.newSeller();
    await db.database.prisma.session.updateMany({ where: { userId: seller.id }, data: { createdAt: new Date(Date.now() - HOUR_MS) } });
    expect(await on.open(seller)).toMatchObject({ status: 403, body: { code: 'CONFIRMATION_NEEDED' } });
    expect(created()).toEqual([]);
  });
});

import type { ReconciliationView } from '@assay/contract';
import { evaluateAlerts, pullProviderEvents, reconcile, scheduleReconciliation, type Reconciliation } from '@assay/core';
import { createPerson, createTestDatabase, onEachEngine, restClient, runScript, runTasks, type TestDatabase } from '@assay/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { atStripe, startStripeShop, stripeOrder, type StripeShop } from './lib-stripe.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const byText = (a: readonly unknown[], b: readonly unknown[]): number => String(a).localeCompare(String(b));

onEachEngine('the reconciliation with the provider', (engine) => {
  let db: TestDatabase;
  let shop: StripeShop;
  let from: Date;

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    shop = await startStripeShop(db);
  });
  beforeEach(async () => {
    await db.database.prisma.reconciliationDifference.deleteMany();
    shop.twin.objects.clear();
    await db.database.prisma.payment.updateMany({ data: { provider: 'earlier' } }); // of tests before
    await db.database.prisma.chargeback.updateMany({ data: { provider: 'earlier' } });
    from = new Date(Date.now() - MINUTE_MS);
  });
  afterAll(async () => {
    await shop.close();
    await db.drop();
  });

  const rest = () => restClient(shop.api.url);
  const prismaOf = () => db.database.prisma;
  const system = () => shop.api.container.context({ kind: 'system', name: 'test' }, 'test');
  const run = (since = from): Promise<Reconciliation> => reconcile(system(), { from: since, to: new Date(Date.now() + MINUTE_MS) });
  const pull = async () => {
    await pullProviderEvents(system());
    await runTasks(shop.api.container, 'provider-event.apply', { laterMs: MINUTE_MS });
  };
  const held = async (sellerId: number) =>
    (await db.database.prisma.payoutSettings.findUnique({ where: { sellerId } }))?.heldReason ?? null;

  async function paid() {
    const order = await stripeOrder(db, shop);
    await order.move('buyer', 'pay');
    const reference = await order.confirm();
    await order.check();
    await order.move('seller', 'ship');
    const { sellerId } = await order.order();
    return { ...order, reference, sellerId };
  }

  it('a month without a difference says none, also of refunds, chargebacks and payments that are not made', async () => {
    const [refunded, won, lost, waits] = [await paid(), await paid(), await paid(), await stripeOrder(db, shop)];
    await refunded.refund({ amount: '2.50', reason: 'damaged' });
    await refunded.refund({ reason: 'returned' });
    shop.twin.closeDispute(shop.twin.openDispute(won.reference, { fee: 500 }).id, true);
    shop.twin.closeDispute(shop.twin.openDispute(lost.reference).id, false);
    await waits.move('buyer', 'pay');
    await pull();
    await atStripe(shop.twin, 'payment_intents', { amount: '500', currency: 'eur', confirm: 'true', payment_method: 'pm_card_visa' });
    const { compared, differences } = await run(new Date(Date.now() - 30 * DAY_MS));
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThanOrEqual(9);
    for (const { sellerId } of [refunded, won, lost]) expect(await held(sellerId)).toBeNull();
  });

  it('a payment that was deleted here is named', async () => {
    const { id, reference } = await paid();
    await db.database.prisma.payment.delete({ where: { orderId: id } });
    expect((await run()).differences).toMatchObject([
      { check: 'missing-here', kind: 'payment', reference, orderId: id, here: 'nothing', there: '12.50 EUR, done' },
    ]);
  });

  it('a refund that was made at the provider is named, and holds the payouts of its seller alone, until an admin resolves it', async () => {
    const [order, other] = [await paid(), await paid()];
    const { id } = await atStripe(shop.twin, 'refunds', { payment_intent: order.reference, amount: '500' });
    const named = {
      check: 'missing-here',
      kind: 'refund',
      reference: id,
      orderId: order.id,
      sellerId: order.sellerId,
      there: '5.00 EUR, done',
    };
    expect((await run()).differences).toMatchObject([named]);
    expect((await run()).differences).toMatchObject([named]); // found again, and kept once
    await evaluateAlerts(system());
    expect(await prismaOf().alert.findMany({ where: { openKey: 'reconciliation' } })).toMatchObject([
      { kind: 'ledger', title: 'One payment differs from the payment provider' },
    ]);
    expect(await (await fetch(`${shop.api.url}/metrics`)).text()).toMatch(/^marketplace_reconciliation_differences 1$/m);
    expect(await held(order.sellerId)).toContain('We compare one of your payments');
    expect(await held(other.sellerId)).toBeNull();

    const admin = await createPerson(db.database, ['admin']);
    const token = shop.api.tokenFor(admin);
    const listed = async () => (await rest().get('/payments/differences', { token })).body as ReconciliationView;
    const { differences, reconciledTo } = await listed();
    expect([differences.length, reconciledTo !== null]).toEqual([1, true]);
    const resolve = (as: string, reason = 'Settled with the seller.') =>
      rest().post(`/payments/differences/${differences[0]!.id}/resolve`, { reason }, { token: as });
    expect((await resolve(order.tokens.seller)).status).toBe(403);
    const concerned = await createPerson(db.database, ['admin']);
    const { buyerId } = await order.order();
    await prismaOf().order.update({ where: { id: order.id }, data: { buyerId: concerned.id } });
    expect((await resolve(shop.api.tokenFor(concerned))).body.code).toBe('OWN_CASE');
    await prismaOf().order.update({ where: { id: order.id }, data: { buyerId } });
    expect((await resolve(token, '')).status).toBe(400);
    expect((await resolve(token)).status).toBe(204);
    expect((await resolve(token)).body.code).toBe('DIFFERENCE_NOT_FOUND');
    expect((await listed()).differences).toEqual([]);
    expect(await held(order.sellerId)).toBeNull();
  });

  it('another amount, another state, another currency, and what the provider does not have are named', async () => {
    const [amount, state, currency, gone] = [await paid(), await paid(), await paid(), await paid()];
    await state.refund({ amount: '2.50', reason: 'damaged' });
    const [refund] = await state.refunds();
    await prismaOf().payment.update({ where: { orderId: amount.id }, data: { amountE8: 1_300_000_000n } });
    shop.twin.objects.get(refund!.reference)!.status = 'failed';
    shop.twin.objects.get(currency.reference)!.currency = 'usd';
    shop.twin.objects.delete(gone.reference);
    const { differences } = await run();
    expect(differences.map(({ check, orderId, here, there }) => [check, orderId, here, there]).toSorted(byText)).toEqual(
      [
        ['missing-there', gone.id, '12.50 EUR, done', 'nothing'],
        ['other-amount', amount.id, '13.00 EUR, done', '12.50 EUR, done'],
        ['other-currency', currency.id, '12.50 EUR, done', '12.50 USD, done'],
        ['other-state', state.id, '2.50 EUR, done', '2.50 EUR, no money'],
      ].toSorted(byText),
    );
  });

  it('a chargeback that no event brought, and an entry that the ledger does not have, are named', async () => {
    const [disputed, unposted] = [await paid(), await paid()];
    shop.twin.openDispute(disputed.reference);
    await prismaOf().$executeRawUnsafe(
      engine === 'sqlite' ? 'DROP TRIGGER TR_LedgerEntries_NoUpdate' : 'DISABLE TRIGGER TR_LedgerEntries_Immutable ON LedgerEntries',
    );
    await prismaOf().ledgerEntry.updateMany({ where: { cause: `payment:${unposted.id}` }, data: { cause: `lost:${unposted.id}` } });
    const { differences } = await run();
    expect(differences.map(({ check, kind, orderId, here }) => [check, kind, orderId, here])).toEqual([
      ['ledger', 'payment', unposted.id, 'the ledger has 0.00 EUR'],
      ['missing-here', 'chargeback', disputed.id, 'nothing'],
    ]);
  });

  it('the daily task goes on where the last one ended, in steps of days', async () => {
    await paid();
    await runTasksAt(10);
    const [last] = await prismaOf().reconciliationRun.findMany({ orderBy: { toAt: 'desc' }, take: 1 });
    expect(last!.toAt.getTime()).toBeLessThanOrEqual(Date.now() + 10 * DAY_MS);
    const spans = await prismaOf().reconciliationRun.findMany({ where: { id: { gt: 0 } }, orderBy: { id: 'asc' } });
    for (const { fromAt, toAt } of spans) expect(toAt.getTime() - fromAt.getTime()).toBeLessThanOrEqual(DAY_MS);
  });

  it('is a command that needs a provider with records, and a day', async () => {
    const command = (...args: string[]) => runScript('reconcile.ts', args, { DATABASE_URL: db.url });
    expect(await command()).toMatchObject({ status: 1, stderr: expect.stringContaining('there is nothing to compare with') });
    expect(await command('--since', 'yesterday')).toMatchObject({ status: 2, stderr: expect.stringContaining('--since is a day') });
  });

  async function runTasksAt(days: number) {
    const ctx = system();
    await scheduleReconciliation(ctx);
    await runTasks(shop.api.container, 'reconciliation.run', { laterMs: days * DAY_MS });
  }
});

import { evaluateAlerts, scheduleLedgerVerification, verifyLedger, type LedgerVerification } from '@assay/core';
import { Prisma } from '@assay/database';
import { createMarket, onEachEngine, runScript, runTasks, useProduct } from '@assay/testing';
import { beforeEach, expect, it } from 'vitest';

const PRICE_E8 = 1_250_000_000n;

onEachEngine('the verification of the ledger', (engine) => {
  const { db, api } = useProduct(engine, { SCORE_VERIFY_INTERVAL_MINUTES: '0' });
  const system = () => api.container.context({ kind: 'system', name: 'test' }, 'test');
  const verify = (options?: { postMissing: boolean }) => verifyLedger(system(), options);
  const run = (sql: string) => db.database.write(Prisma.raw(sql));
  const checks = ({ differences }: LedgerVerification) => differences.map(({ check, subject }) => `${check}: ${subject}`);

  /** Completed orders of a seller with payments that a release without a ledger left. */
  async function payments(...statuses: string[]) {
    const { seller, orders } = await createMarket(db.database, statuses.length);
    const ids = [...orders.values()];
    await db.database.prisma.payment.createMany({
      data: ids.map((orderId, i) => {
        const payment = { provider: 'test', reference: 'r', amountE8: PRICE_E8, currency: 'EUR', attempt: 1 };
        return { orderId, ...payment, status: statuses[i]! };
      }),
    });
    for (const [i, id] of ids.entries())
      if (statuses[i] !== 'captured') await db.database.prisma.order.updateMany({ where: { id }, data: { status: 'cancelled' } });
    return { sellerId: seller.id, ids };
  }
  beforeEach(async () => {
    await verify({ postMissing: true });
  });

  it('posts what a release without a ledger captured, once, with what became of it', async () => {
    const { sellerId, ids } = await payments('captured', 'refunding', 'refunded', 'pending', 'failed');
    expect(checks(await verify())).toEqual(ids.slice(0, 3).map((id) => `missing-payment: order ${id}`));
    expect(await verify({ postMissing: true })).toMatchObject({ posted: 3, differences: [] });
    expect(await verify({ postMissing: true })).toMatchObject({ posted: 0, differences: [] });
    const balances = await db.database.prisma.ledgerBalance.findMany({ where: { sellerId, balanceMinor: { not: 0 } } });
    expect(Object.fromEntries(balances.map(({ account, balanceMinor }) => [account, Number(balanceMinor)]))).toEqual({
      clearing: 2500,
      seller_balance: -1250,
      refunds: -1250,
    });
    const release = await db.database.prisma.ledgerEntry.findFirstOrThrow({ where: { orderId: ids[0]!, kind: 'release' } });
    expect(release.at).toEqual((await db.database.prisma.order.findUniqueOrThrow({ where: { id: ids[0]! } })).completedAt);
  });

  it('keeps its result for the metric, and raises an alert that closes by itself', async () => {
    const { ids } = await payments('captured');
    await verify({ postMissing: true });
    const differ = async (status: string) => {
      await run(`UPDATE Payments SET Status = '${status}' WHERE OrderId = ${ids[0]}`);
      await scheduleLedgerVerification(system());
      await runTasks(api.container, 'ledger.verify', { laterMs: 1000 });
      await evaluateAlerts(system());
      const metrics = await (await fetch(`${api.url}/metrics`)).text();
      const alerts = await db.database.prisma.alert.findMany({ where: { kind: 'ledger' }, select: { status: true, title: true } });
      return { metric: /^marketplace_ledger_differences (\S+)$/m.exec(metrics)?.[1], alerts };
    };
    expect(await differ('failed')).toEqual({ metric: '1', alerts: [{ status: 'open', title: 'The ledger has a difference' }] });
    expect(await differ('captured')).toMatchObject({ metric: '0', alerts: [{ status: 'closed' }] });
  });

  it('is a command that lists differences and exits with 1', async () => {
    const { ids } = await payments('captured');
    const command = (...args: string[]) => runScript('verify-ledger.ts', args, { DATABASE_URL: db.url });
    const found = await command('--json');
    expect([found.status, JSON.parse(found.stdout)]).toMatchObject([1, { posted: 0, differences: [{ orderId: ids[0] }] }]);
    const posted = await command('--post-missing');
    expect(posted).toMatchObject({ status: 0, stderr: '' });
    expect(posted.stdout).toMatch(/^1 payments? posted that had no entry\.\nNothing differs: /);
    expect((await command('--post-missing')).stdout).toMatch(/^Nothing differs/);
  });

  // The last one: its faults stay.
  it('names each difference, and nothing else', async () => {
    const { sellerId, ids } = await payments('captured', 'captured', 'refunded', 'captured', 'captured');
    const [amount, unexplained, refund, held, missing] = ids as [number, number, number, number, number];
    await db.database.prisma.order.updateMany({ where: { id: held }, data: { status: 'shipped' } });
    expect((await verify({ postMissing: true })).differences).toEqual([]);

    await run(`UPDATE Payments SET AmountE8 = AmountE8 + 1000000 WHERE OrderId = ${amount}`);
    await run(`UPDATE Payments SET Status = 'failed' WHERE OrderId = ${unexplained}`);
    await run(`UPDATE Payments SET Status = 'refunding' WHERE OrderId = ${refund}`);
    await run(`UPDATE Orders SET Status = 'completed' WHERE Id = ${held}`);
    await db.database.prisma.order.updateMany({ where: { id: missing }, data: { status: 'cancelled' } });
    await run(`UPDATE Payments SET Status = 'refunded' WHERE OrderId = ${missing}`);
    await run(`UPDATE LedgerBalances SET BalanceMinor = BalanceMinor + 7 WHERE SellerId = ${sellerId} AND Account = 'clearing'`);
    await run(`DELETE FROM LedgerBalances WHERE SellerId = ${sellerId} AND Account = 'seller_balance'`);
    const { differences } = await verify();
    expect(differences.map(({ check, subject, expected, found }) => [check, subject, expected, found])).toEqual([
      ['payment-amount', `order ${amount}`, '12.51', '12.50'],
      ['unexplained-payment', `order ${unexplained}`, 'nothing: the payment is failed', '12.50'],
      ['refund-amount', `order ${refund}`, '12.50 begun, 0.00 confirmed', '12.50 begun, 12.50 confirmed'],
      ['unreleased', `order ${held}`, '0 held of a completed order', '12.50'],
      ['refund-amount', `order ${missing}`, '12.50 begun, 12.50 confirmed', '0.00 begun, 0.00 confirmed'],
      ['balance', `clearing of seller ${sellerId}`, '50.00', '50.07'],
      ['balance', `seller_balance of seller ${sellerId}`, '-37.50', '0.00'],
    ]);
    expect(differences.every((difference) => difference.sellerId === sellerId && difference.currency === 'EUR')).toBe(true);
  });
});

import type { LedgerAccount } from '@assay/contract';
import {
  postDisputeHeld,
  postDisputeReleased,
  postDisputeReturned,
  postPayment,
  postPayout,
  postPayoutReturned,
  postPayoutSettled,
  postRefund,
  postRefundFailed,
  postRefundSettled,
  postRelease,
  postReturnEnded,
  postReturnHeld,
  postReturnReleased,
  postWriteOff,
  releasedAt,
  type PayoutMoney,
  type RefundMoney,
  type Tx,
} from '@assay/core';
import { Prisma } from '@assay/database';
import { createMarket, onEachEngine, useProduct } from '@assay/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const PRICE_E8 = 1_250_000_000n;
const CREDIT = new Set<LedgerAccount>(['held', 'seller_balance', 'reserve', 'payouts_in_transit', 'refunds']);

onEachEngine('histories of the ledger', (engine) => {
  const { db, api } = useProduct(engine);
  const change = <T>(work: (tx: Tx) => Promise<T>) => api.container.context({ kind: 'system', name: 'test' }, 'test').change(work);

  /** A seller, and paid orders of 12.50 that the ledger has nothing of. */
  async function captured(count: number) {
    const { seller, orders } = await createMarket(db.database, count);
    const payment = { provider: 'test', reference: 'r', amountE8: PRICE_E8, currency: 'EUR', status: 'captured', attempt: 1 };
    const payments = [...orders.values()].map((orderId) => ({ orderId, ...payment }));
    await db.database.prisma.payment.createMany({ data: payments });
    return {
      sellerId: seller.id,
      payments,
      order: ({ orderId }: { orderId: number }) => ({ id: orderId, sellerId: seller.id, currency: 'EUR', status: 'completed' as const }),
    };
  }

  const sums = (rows: { account: string; total: string }[]) =>
    Object.fromEntries(rows.map(({ account, total }) => [account, BigInt(total)] as const).filter(([, total]) => total !== 0n));
  const stored = async (sellerId: number) =>
    sums(
      await db.database.read(Prisma.sql`
        SELECT b.Account AS account, CAST(b.BalanceMinor AS VARCHAR(20)) AS total FROM LedgerBalances b WHERE b.SellerId = ${sellerId}`),
    );
  const counted = async (sellerId: number) =>
    sums(
      await db.database.read(Prisma.sql`
        SELECT p.Account AS account, CAST(SUM(p.AmountMinor) AS VARCHAR(20)) AS total
        FROM LedgerPostings p WHERE p.SellerId = ${sellerId} GROUP BY p.Account`),
    );
  async function expectSound(sellerId: number) {
    const balances = await stored(sellerId);
    expect(balances).toEqual(await counted(sellerId));
    expect(Object.values(balances).reduce((sum, total) => sum + total, 0n)).toBe(0n);
    for (const [account, total] of Object.entries(balances)) {
      if (CREDIT.has(account as LedgerAccount)) expect(total <= 0n, account).toBe(true);
      if (account === 'seller_debt') expect(total >= 0n, account).toBe(true);
    }
    return balances;
  }

  it('32 orders of one seller that are captured, released and refunded at once: no cent is lost', async () => {
    const { sellerId, payments, order } = await captured(32);
    const refundOf = (payment: (typeof payments)[number]): RefundMoney => {
      const money = { order: order(payment), payment, amountE8: 250_000_000n };
      return { cause: `payment:${payment.orderId}:refund`, ...money };
    };
    await Promise.all(
      payments.map(async (payment, i) => {
        await change((tx) => postPayment(tx, order(payment), payment));
        // Half of them are refunded while they are released.
        const release = change((tx) => postRelease(tx, order(payment)));
        if (i % 2 === 0) await change((tx) => postRefund(tx, refundOf(payment)));
        await release;
        if (i % 2 === 1) await change((tx) => postRefund(tx, refundOf(payment)));
        await change((tx) => postRefundSettled(tx, refundOf(payment)));
      }),
    );
    expect(await expectSound(sellerId)).toEqual({ clearing: 32n * 1000n, seller_balance: -32n * 1000n });
    expect(await db.database.prisma.ledgerEntry.count({ where: { orderId: { in: payments.map(({ orderId }) => orderId) } } })).toBe(32 * 4);
  });

  it('the same events many times at once are posted once each', async () => {
    const { sellerId, payments, order } = await captured(1);
    const [payment] = payments as [(typeof payments)[0]];
    await Promise.all(Array.from({ length: 16 }, () => change((tx) => postRelease(tx, order(payment)))));
    expect(await expectSound(sellerId)).toEqual({ clearing: 1250n, seller_balance: -1250n });
    expect(await db.database.prisma.ledgerEntry.count({ where: { orderId: payment.orderId } })).toBe(2);
  });

  const step = fc.record({
    event: fc.constantFrom(
      ...(['pay', 'release', 'refund', 'settle', 'fail', 'payout', 'payout-settled', 'payout-returned', 'write-off'] as const),
      ...(['return', 'return-ended', 'dispute', 'dispute-ended'] as const),
    ),
    order: fc.nat(2),
    cents: fc.integer({ min: 1, max: 1250 }),
  });
  const runs = engine === 'sqlite' ? 40 : 4;

  it(`${runs} random histories: sums are zero, no balance is below its floor or not its postings, nothing stays held without a cause`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const { sellerId, payments, order } = await captured(3);
        const refunds: RefundMoney[] = [];
        const payouts: PayoutMoney[] = [];
        const disputes = new Map<number, number>();
        const by = { actorId: 0, text: null };
        let opened = 0;
        const isHeld = async ({ repos }: Pick<Tx, 'repos'>, orderId: number) =>
          disputes.has(orderId) || (await repos.returns.openOf(orderId)) !== null;
        function refund(tx: Tx, cents: number, i: number) {
          const payment = payments[i]!;
          const cause = `refund:${payment.orderId}:${refunds.length}`;
          refunds.push({ cause, order: order(payment), payment, amountE8: BigInt(cents) * 1_000_000n });
          return postRefund(tx, refunds.at(-1)!);
        }
        /** Of a released order nothing is held without a dispute or a return. */
        const expectReleased = () =>
          change(async (tx) => {
            for (const { orderId } of payments) {
              if (!(await releasedAt(tx, orderId)) || (await isHeld(tx, orderId))) continue;
              expect((await tx.repos.ledger.sumsOfOrder(orderId)).get('held') ?? 0n).toBe(0n);
            }
          });
        const events: Record<(typeof steps)[number]['event'], (tx: Tx, cents: number, i: number) => Promise<unknown>> = {
          pay: (tx, _, i) => postPayment(tx, order(payments[i]!), payments[i]!),
          release: async (tx, _, i) => {
            if (!disputes.has(payments[i]!.orderId)) await postRelease(tx, order(payments[i]!));
          },
          refund: async (tx, cents, i) => {
            if (!(await isHeld(tx, payments[i]!.orderId))) await refund(tx, cents, i);
          },
          // What a provider says of a refund it says once: confirmed, or refused.
          settle: async (tx, cents) => {
            const begun = refunds[cents % Math.max(1, refunds.length)];
            if (begun && !(await tx.repos.ledger.isPosted(`${begun.cause}:failed`))) await postRefundSettled(tx, begun);
          },
          fail: async (tx, cents) => {
            const begun = refunds[cents % Math.max(1, refunds.length)];
            if (!begun || (await tx.repos.ledger.isPosted(`${begun.cause}:settled`))) return;
            const status = disputes.has(begun.order.id) ? 'disputed' : 'completed';
            await postRefundFailed(tx, { ...begun, order: { ...begun.order, status } });
          },
          payout(tx, cents) {
            payouts.push({ cause: `payout:${sellerId}:${payouts.length}`, sellerId, currency: 'EUR', amountMinor: BigInt(cents) });
            return postPayout(tx, payouts.at(-1)!);
          },
          'payout-settled': async (tx, cents) => {
            const payout = payouts[cents % Math.max(1, payouts.length)];
            if (payout && !(await tx.repos.ledger.isPosted(`${payout.cause}:returned`))) await postPayoutSettled(tx, payout);
          },
          'payout-returned': async (tx, cents) => {
            const payout = payouts[cents % Math.max(1, payouts.length)];
            if (payout) await postPayoutReturned(tx, payout);
          },
          async return(tx, _, i) {
            const { orderId } = payments[i]!;
            if (await isHeld(tx, orderId)) return;
            const asked = { orderId, reason: 'damaged', dueAt: tx.at } as const;
            const id = await tx.repos.returns.create(asked, [], { action: 'request', ...by }, tx.at);
            await postReturnHeld(tx, order(payments[i]!), id);
          },
          'return-ended': async (tx, cents, i) => {
            const row = await tx.repos.returns.openOf(payments[i]!.orderId);
            if (!row) return;
            await tx.repos.returns.transition(row, 'closed', { dueAt: null }, { action: 'withdraw', ...by }, tx.at);
            await postReturnEnded(tx, order(payments[i]!), row.id);
            if (cents % 2 === 0) await refund(tx, cents, i);
            await postReturnReleased(tx, order(payments[i]!), row.id);
          },
          async dispute(tx, _, i) {
            const { orderId } = payments[i]!;
            if (await isHeld(tx, orderId)) return;
            disputes.set(orderId, ++opened);
            await postDisputeHeld(tx, order(payments[i]!), opened);
          },
          'dispute-ended': async (tx, cents, i) => {
            const id = disputes.get(payments[i]!.orderId);
            if (!id) return;
            await postDisputeReturned(tx, order(payments[i]!), id);
            if (cents % 2 === 0) await refund(tx, cents, i);
            await postDisputeReleased(tx, order(payments[i]!), id);
            disputes.delete(payments[i]!.orderId);
          },
          'write-off': (tx, cents) =>
            postWriteOff(tx, { cause: `write-off:${sellerId}:${cents}`, sellerId, currency: 'EUR', amountMinor: BigInt(cents) }),
        };
        for (const { event, order: i, cents } of steps) {
          const before = [refunds.length, payouts.length] as const;
          try {
            await change((tx) => events[event](tx, cents, i));
          } catch (error) {
            // More than there is: the change has done nothing.
            if (!(error instanceof RangeError)) throw error;
            refunds.length = before[0];
            payouts.length = before[1];
          }
          await expectSound(sellerId);
          await expectReleased();
        }
      }),
      { numRuns: runs },
    );
  }, 120_000);
});

import type { OrderDetail, OrderView, PayoutOverview, SellerBalance } from '@assay/contract';
import {
  endDueOrders,
  makePayoutsNow,
  post,
  postDisputeHeld,
  postDisputeReturned,
  postPayoutReturned,
  postRefund,
  postRefundFailed,
  postRelease,
  verifyLedger,
  type RefundMoney,
  type Tx,
} from '@assay/core';
import { createMarket, createPerson, createSeller, onEachEngine, useProduct, type Seller } from '@assay/testing';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { payoutsOn } from './lib-payouts.ts';

const DAY_MS = 86_400_000;
const HOLD_DAYS = 30;
const NEVER = new AbortController().signal;

onEachEngine('the hold between release and payout', (engine) => {
  const product = useProduct(engine);
  const { db, rest, as } = product;
  let on: ReturnType<typeof payoutsOn>;
  beforeAll(() => {
    on = payoutsOn(product);
  });

  /** The product some days from now. */
  const later = (days: number) => on.system(days * DAY_MS);
  const overviewOf = async (seller: Pick<Seller, 'id'>) => (await rest.get('/payouts/overview', as(seller))).body as PayoutOverview;
  const expectSound = async (seller: Pick<Seller, 'id'>) =>
    expect((await verifyLedger(on.system())).differences.filter(({ sellerId }) => sellerId === seller.id)).toEqual([]);
  async function completedOrder(seller: Seller) {
    const buyer = await createPerson(db.database);
    const { id } = (await rest.post('/orders', { listingId: seller.listingId }, as(buyer))).body as OrderView;
    for (const [move, by] of [
      ['pay', buyer],
      ['ship', seller],
      ['complete', buyer],
    ] as const)
      expect((await rest.post(`/orders/${id}/${move}`, undefined, as(by))).status).toBe(200);
    return { id, buyer };
  }
  const order = async (id: number, by: { id: number }) => (await rest.get(`/orders/${id}`, as(by))).body as OrderDetail;

  it('a sale is pending for some days, which the seller sees with its date, and is paid out then', async () => {
    const seller = await createSeller(db.database);
    await on.setDetails(seller.id);
    const { id, buyer } = await completedOrder(seller);
    const { release } = await order(id, seller);
    const availableAt = new Date(Date.parse(release!.at!) + HOLD_DAYS * DAY_MS).toISOString();
    expect(release).toEqual({ dueAt: null, at: release!.at, availableAt });
    expect((await order(id, buyer)).release).toBeNull();
    const dates = { availableFrom: availableAt, availableBy: availableAt };
    const [balance] = ((await rest.get('/balance', as(seller))).body as { items: SellerBalance[] }).items;
    expect(balance).toMatchObject({ available: '0.00', pending: '12.50', ...dates });
    expect((await overviewOf(seller)).due).toMatchObject([
      { available: '0.00', pending: '12.50', amount: null, reason: 'pending', ...dates },
    ]);
    expect(await makePayoutsNow(later(HOLD_DAYS - 0.01), { sellerId: seller.id })).toBe(0);
    expect(await makePayoutsNow(later(HOLD_DAYS + 0.01), { sellerId: seller.id })).toBe(1);
    expect(await on.payoutsOf(seller.id)).toMatchObject([{ amountMinor: 1250n, openEntryId: null }]);
  });

  it('a buyer and a seller who act together leave no debt: the hold is as long as the time to open a dispute', async () => {
    const seller = await createSeller(db.database);
    await on.setDetails(seller.id);
    const { id, buyer } = await completedOrder(seller);
    const last = new Date(Date.now() - HOLD_DAYS * DAY_MS + 60_000);
    await db.database.prisma.order.updateMany({ where: { id }, data: { completedAt: last } });
    expect(await makePayoutsNow(later(HOLD_DAYS - 0.001), { sellerId: seller.id })).toBe(0);
    const dispute = { reason: 'not-received', text: 'It never arrived, I say.' };
    expect((await rest.post(`/orders/${id}/dispute`, dispute, as(buyer))).status).toBe(201);
    expect(await makePayoutsNow(later(HOLD_DAYS + 1), { sellerId: seller.id })).toBe(0); // it is held again
    expect((await rest.post(`/orders/${id}/dispute/refund`, {}, as(seller))).status).toBe(200);
    expect((await on.balancesOf(seller.id))['seller_debt']).toBeUndefined();

    const paidOut = await completedOrder(seller);
    expect(await makePayoutsNow(later(HOLD_DAYS + 0.01), { sellerId: seller.id })).toBe(1);
    const over = new Date(Date.now() - HOLD_DAYS * DAY_MS);
    await db.database.prisma.order.updateMany({ where: { id: paidOut.id }, data: { completedAt: over } });
    expect((await rest.post(`/orders/${paidOut.id}/dispute`, dispute, as(paidOut.buyer))).body.code).toBe('ILLEGAL_MOVE');
    // Nor does the seller give back what the marketplace would have to pay.
    const refund = await rest.post(`/orders/${paidOut.id}/refunds`, { reason: 'other' }, as(seller));
    expect(refund.body).toMatchObject({ code: 'REFUND_TOO_HIGH', detail: 'Your balance does not cover this refund.' });
    await completedOrder(seller);
    expect((await rest.post(`/orders/${paidOut.id}/refunds`, { reason: 'other' }, as(seller))).status).toBe(201);
    expect((await on.balancesOf(seller.id))['seller_debt']).toBeUndefined();
    const admin = await createPerson(db.database, ['admin']);
    const third = await completedOrder(seller);
    await db.database.prisma.order.updateMany({ where: { id: third.id }, data: { completedAt: over } });
    expect((await rest.post(`/orders/${third.id}/refunds`, { reason: 'other', auditNote: 'It came broken.' }, as(admin))).status).toBe(201);
    await expectSound(seller);
  });

  it('what an earlier release has posted or paid out is not held', async () => {
    const seller = await on.newEarner(1000n);
    await on.earn(seller.id, 500n);
    // As the earlier release writes it.
    const entry = { cause: `old:${seller.id}`, kind: 'release', currency: 'EUR', orderId: 1_999_999, lines: 2, at: new Date() };
    const { id: entryId } = await db.database.prisma.ledgerEntry.create({ data: entry });
    const line = { entryId, sellerId: seller.id, currency: 'EUR' };
    await db.database.prisma.ledgerPosting.createMany({
      data: [
        { ...line, line: 1, account: 'clearing', amountMinor: 300n },
        { ...line, line: 2, account: 'seller_balance', amountMinor: -300n },
      ],
    });
    const where = { sellerId: seller.id, currency: 'EUR', account: 'seller_balance' };
    await db.database.prisma.ledgerBalance.updateMany({ where, data: { balanceMinor: { decrement: 300n } } });
    expect((await overviewOf(seller)).due).toMatchObject([{ available: '3.00', pending: '15.00', amount: '3.00', reason: null }]);
    expect(await makePayoutsNow(on.system(), { sellerId: seller.id })).toBe(1);
    expect(await makePayoutsNow(later(HOLD_DAYS + 1), { sellerId: seller.id })).toBe(1);
    expect((await on.payoutsOf(seller.id)).map(({ amountMinor }) => amountMinor)).toEqual([300n, 1500n]);
  });

  it('a refund of an order takes from what is pending of it, and what is free to be paid out stays', async () => {
    const seller = await on.newEarner(0n);
    const old = await on.earn(seller.id, 1000n);
    const young = on.system(20 * DAY_MS);
    const recent = old + 1_000_000;
    const line = (account: 'held' | 'seller_balance' | 'clearing' | 'refunds', amountMinor: bigint) => ({
      account,
      sellerId: seller.id,
      amountMinor,
    });
    const entry = (tx: Tx, kind: 'payment' | 'release' | 'refund', lines: ReturnType<typeof line>[], orderId = recent) =>
      post(tx, { cause: `hold:${orderId}:${kind}`, kind, currency: 'EUR', orderId, lines });
    await young.change(async (tx) => {
      await entry(tx, 'payment', [line('clearing', 800n), line('held', -800n)]);
      await entry(tx, 'release', [line('held', 800n), line('seller_balance', -800n)]);
    });
    const moneyLater = async (days: number) => {
      const [due] = await later(days).repos.payouts.pendingOf(seller.id, new Date(Date.now() + (days - HOLD_DAYS) * DAY_MS));
      return due?.pending ?? 0n;
    };
    expect(await moneyLater(21)).toBe(1800n);
    expect(await moneyLater(31)).toBe(800n);
    await on.system(31 * DAY_MS).change((tx) => entry(tx, 'refund', [line('seller_balance', 300n), line('refunds', -300n)]));
    expect(await moneyLater(31)).toBe(500n);
    expect(await makePayoutsNow(later(31), { sellerId: seller.id })).toBe(1);
    expect((await on.payoutsOf(seller.id)).map(({ amountMinor }) => amountMinor)).toEqual([1000n]);
    expect(await makePayoutsNow(later(51), { sellerId: seller.id })).toBe(1);
    expect((await on.payoutsOf(seller.id)).map(({ amountMinor }) => amountMinor)).toEqual([1000n, 500n]);
  });

  const step = fc.record({
    event: fc.constantFrom('release', 'refund', 'fail', 'dispute', 'resolve', 'payout', 'payout', 'payout-returned', 'wait', 'wait'),
    order: fc.nat(3),
    cents: fc.integer({ min: 1, max: 1250 }),
  });
  const runs = engine === 'sqlite' ? 40 : 4;

  it(`${runs} random histories: payouts take no more than what is payable, and that is no more than what was released long ago`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
        const { seller, orders } = await createMarket(db.database, 4);
        await on.setDetails(seller.id);
        const payments = [...orders.values()].map((orderId) => ({
          orderId,
          provider: 'bank',
          reference: 'r',
          amountE8: 1_250_000_000n,
          currency: 'EUR',
          status: 'captured',
          attempt: 1,
        }));
        await db.database.prisma.payment.createMany({ data: payments });
        const orderOf = (i: number) => ({ id: payments[i]!.orderId, sellerId: seller.id, currency: 'EUR', status: 'completed' as const });
        const statusOf = (i: number) => (disputes.get(i) === 'open' ? ('disputed' as const) : ('completed' as const));
        let days = 0;
        const refunds: RefundMoney[] = [];
        /** Orders that are in dispute, or were. */
        const disputes = new Map<number, 'open' | 'closed'>();
        const change = (work: (tx: Tx) => Promise<unknown>) => later(days).change(work);
        const postings = () =>
          db.database.prisma.ledgerPosting.findMany({
            where: { sellerId: seller.id, account: 'seller_balance' },
            include: { entry: true },
          });
        /** What came of orders within the hold, order by order, read from the entries alone. */
        const withinHold = async () => {
          const after = Date.now() + (days - HOLD_DAYS) * DAY_MS;
          const recent = (await postings()).filter(({ entry }) => entry.orderId !== null && entry.at.getTime() > after);
          const nets = Map.groupBy(recent, ({ entry }) => entry.orderId).values();
          return [...nets]
            .map((of) => of.reduce((sum, { amountMinor }) => sum - amountMinor, 0n))
            .filter((net) => net > 0n)
            .reduce((sum, net) => sum + net, 0n);
        };
        for (const { event, order: i, cents } of steps) {
          const payment = payments[i]!;
          if (event === 'wait') days += cents % 25;
          const isFree = disputes.get(i) !== 'open';
          if (event === 'release' && isFree) await change((tx) => postRelease(tx, orderOf(i)));
          if (event === 'refund' && isFree) {
            const cause = `hold:${payment.orderId}:${refunds.length}`;
            const refund = { cause, order: orderOf(i), payment, amountE8: BigInt(cents) * 1_000_000n };
            const isPosted = await change((tx) => postRefund(tx, refund)).then(
              () => true,
              (error: unknown) => {
                if (error instanceof RangeError) return false; // more than there is
                throw error;
              },
            );
            if (isPosted) refunds.push(refund);
          }
          const refund = refunds[cents % Math.max(1, refunds.length)];
          if (event === 'fail' && refund) {
            const of = payments.findIndex(({ orderId }) => orderId === refund.order.id);
            await change((tx) => postRefundFailed(tx, { ...refund, order: { ...refund.order, status: statusOf(of) } }));
          }
          if (event === 'dispute' && !disputes.has(i)) {
            disputes.set(i, 'open');
            await change((tx) => postDisputeHeld(tx, orderOf(i), payment.orderId));
          }
          if (event === 'resolve' && !isFree) {
            disputes.set(i, 'closed');
            await change(async (tx) => {
              await postDisputeReturned(tx, orderOf(i), payment.orderId);
              await postRelease(tx, orderOf(i));
            });
          }
          const made = await on.payoutsOf(seller.id);
          if (event === 'payout-returned' && made.length > 0) {
            const { id, amountMinor, currency } = made[cents % made.length]!;
            await change((tx) => postPayoutReturned(tx, { cause: `payout:${id}`, sellerId: seller.id, currency, amountMinor }));
          }
          if (event !== 'payout') continue;
          const balance = -((await on.balancesOf(seller.id))['seller_balance'] ?? 0n);
          const held = await withinHold();
          await makePayoutsNow(later(days), { sellerId: seller.id });
          const payout = (await on.payoutsOf(seller.id))[made.length];
          if (!payout) continue;
          expect(payout.amountMinor <= (held > balance ? 0n : balance - held), `${payout.amountMinor} of ${balance}, ${held} held`).toBe(
            true,
          );
          const lines = await db.database.prisma.payoutLine.findMany({ where: { payoutId: payout.id } });
          const all = await postings();
          const paid = lines.map((line) => all.find((one) => one.entryId === line.entryId && one.line === line.line)!);
          expect(paid.reduce((sum, { amountMinor }) => sum - amountMinor, 0n)).toBe(payout.amountMinor);
        }
        // In the end all of it is paid out.
        days += HOLD_DAYS + 1;
        await makePayoutsNow(later(days), { sellerId: seller.id });
        const { seller_balance: left = 0n, seller_debt: debt = 0n } = await on.balancesOf(seller.id);
        expect(debt > 0n ? 0n : left).toBe(0n);
      }),
      { numRuns: runs },
    );
  }, 180_000);

  it('the time since the shipment releases the payment once, unless a dispute, a refund under way or the buyer is faster', async () => {
    const run = (days = 0) => endDueOrders(later(days), NEVER);
    const seller = await createSeller(db.database);
    const shipped = async (escrowEnabled = false) => {
      const buyer = await createPerson(db.database);
      const { id } = (await rest.post('/orders', { listingId: seller.listingId }, as(buyer))).body as OrderView;
      if (escrowEnabled) await db.database.prisma.order.updateMany({ where: { id }, data: { escrowEnabled } });
      await rest.post(`/orders/${id}/pay`, undefined, as(buyer));
      await rest.post(`/orders/${id}/ship`, undefined, as(seller));
      const releases = () => db.database.prisma.ledgerEntry.count({ where: { orderId: id, kind: 'release' } });
      return { id, buyer, releases };
    };
    const one = await shipped();
    expect(Date.parse((await order(one.id, seller)).release!.dueAt!) - Date.now()).toBeCloseTo(7 * DAY_MS, -5);
    const held = await shipped(true);
    expect(Date.parse((await order(held.id, seller)).release!.dueAt!) - Date.now()).toBeCloseTo(35 * DAY_MS, -5);
    const { items } = (await rest.get('/balance/releases', as(seller))).body as { items: { orderId: number; held: string }[] };
    expect(items).toMatchObject([{ orderId: one.id, held: '12.50' }, { orderId: held.id }]);
    const [disputed, refunding, confirmed] = [await shipped(), await shipped(), await shipped()];
    expect(await run(6.9)).toMatchObject({ released: 0 });
    const text = 'It never arrived, I say.';
    expect((await rest.post(`/orders/${disputed.id}/dispute`, { reason: 'not-received', text }, as(disputed.buyer))).status).toBe(201);
    await db.database.prisma.payment.updateMany({ where: { orderId: refunding.id }, data: { refundPendingE8: 1n } });
    expect((await rest.post(`/orders/${confirmed.id}/complete`, undefined, as(confirmed.buyer))).status).toBe(200);
    const done = await Promise.all([run(7.01), run(7.01), run(7.01)]);
    expect(done.map(({ failed }) => failed)).toEqual([[], [], []]);
    expect(done.reduce((sum, { released }) => sum + released, 0)).toBe(1);
    expect(await Promise.all([one, held, disputed, refunding, confirmed].map(({ releases }) => releases()))).toEqual([1, 0, 0, 0, 1]);
    expect(await order(one.id, seller)).toMatchObject({ status: 'shipped', release: { dueAt: null } });
    // The refund has ended: an hour later it is released.
    await db.database.prisma.payment.updateMany({ where: { orderId: refunding.id }, data: { refundPendingE8: 0n } });
    expect(await run(7.02)).toMatchObject({ released: 0 });
    expect(await run(7.1)).toMatchObject({ released: 1, failed: [] });
    // The dispute was refunded in full, because the seller did not answer in time.
    expect(await order(disputed.id, seller)).toMatchObject({ status: 'resolved', release: null });
    // What was released is held again by a dispute, and is not released a second time when the order is completed.
    expect((await rest.post(`/orders/${one.id}/dispute`, { reason: 'damaged', text }, as(one.buyer))).status).toBe(201);
    expect((await rest.post(`/orders/${one.id}/dispute/withdraw`, {}, as(one.buyer))).status).toBe(200);
    expect((await rest.post(`/orders/${refunding.id}/complete`, undefined, as(refunding.buyer))).status).toBe(200);
    expect(await Promise.all([one, refunding].map(({ releases }) => releases()))).toEqual([1, 1]);
    expect(await on.balancesOf(seller.id)).toMatchObject({ seller_balance: -3750n, held: -1250n, refunds: -1250n });
    await expectSound(seller);
  });
});

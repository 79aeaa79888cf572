import type { PayoutDetail, PayoutOverview } from '@assay/contract';
import { getPayoutStatement, makeDuePayouts, makePayoutsNow } from '@assay/core';
import { completeOrders, createPerson, createSeller, onEachEngine, proveAddresses, useProduct } from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';
import { payoutsOn } from './lib-payouts.ts';

const NEVER = new AbortController().signal;

onEachEngine('payouts', (engine) => {
  const product = useProduct(engine, { PAYOUT_MINIMUM: 'EUR=1', PAYOUT_RESERVE_PERCENT: '0', PAYOUT_HOLD_DAYS: '0' });
  const { db, rest, as } = product;
  let on: ReturnType<typeof payoutsOn>;
  beforeAll(() => {
    on = payoutsOn(product);
  });
  const overview = async (seller: { id: number }) => (await rest.get('/payouts/overview', as(seller))).body as PayoutOverview;

  it('are made at their moment, of what is available, and explained to the cent', async () => {
    const seller = await on.newEarner(10_000n, { commission: 1000n, vat: 190n });
    const second = await on.earn(seller.id, 5000n, { commission: 500n, vat: 95n });
    expect((await overview(seller)).due).toEqual([
      {
        currency: 'EUR',
        available: '132.15',
        pending: '0.00',
        availableFrom: null,
        availableBy: null,
        reserved: '0.00',
        debt: '0.00',
        amount: '132.15',
        reason: null,
        minimum: '1.00',
        destination: 'DE89 •••• 3000',
      },
    ]);
    await on.payOut();
    const [payout, ...others] = await on.payoutsOf(seller.id);
    expect(others).toEqual([]);
    expect(payout).toMatchObject({
      amountMinor: 13_215n,
      currency: 'EUR',
      status: 'pending',
      method: 'sepa',
      masked: 'DE89 •••• 3000',
      isTest: false,
    });
    expect(await on.balancesOf(seller.id)).toMatchObject({ payouts_in_transit: -13_215n });
    expect((await overview(seller)).due[0]).toMatchObject({ available: '0.00', amount: null, reason: null });

    const { body } = await rest.get(`/payouts/mine/${payout!.id}`, as(seller));
    const { lines } = body as PayoutDetail;
    expect(lines[1]).toMatchObject({
      kind: 'release',
      orderId: second,
      gross: '50.00',
      fee: '5.00',
      vat: '0.95',
      debt: '0.00',
      amount: '44.05',
    });
    expect(lines.map(({ amount }) => amount)).toEqual(['88.10', '44.05']);
    const csv = await rest.get(`/payouts/mine/${payout!.id}/lines.csv`, as(seller));
    expect(csv.body.split('\n')[2]).toMatch(new RegExp(`,release,${second},50.00,5.00,0.95,0.00,44.05,EUR`));
    const statement = await getPayoutStatement(
      product.api.container.context({ kind: 'user', ...seller, roles: ['seller'], sessionId: '' }, 'test'),
      { id: payout!.id },
    );
    expect(statement.sums).toEqual({ gross: '150.00', fee: '15.00', vat: '2.85', debt: '0.00', amount: '132.15' });
    const pdf = await rest.get(`/payouts/mine/${payout!.id}/statement.pdf`, as(seller));
    expect([pdf.status, pdf.headers.get('content-type'), pdf.body.slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
    await on.payOut();
    expect(await on.payoutsOf(seller.id)).toHaveLength(1); // nothing new
  });

  it('go on with what came in since, and leave other currencies to their own payout', async () => {
    const seller = await on.newEarner(1000n);
    await on.payOut();
    await on.earn(seller.id, 700n);
    await on.earn(seller.id, 900n, { currency: 'USD' });
    await on.payOut();
    const made = (await on.payoutsOf(seller.id)).map(({ amountMinor, currency, method }) => [amountMinor, currency, method]);
    expect(made).toEqual([
      [1000n, 'EUR', 'sepa'],
      [700n, 'EUR', 'sepa'],
      [900n, 'USD', 'manual'],
    ]);
  });

  it('are made once, when several processes come to it at the same moment', async () => {
    const sellers = await Promise.all(Array.from({ length: 5 }, () => on.newEarner(2000n)));
    const laterMs = await on.nextMoment();
    const attempt = { holder: 'test', number: 1, isLast: false, signal: NEVER, stop: NEVER, hold: () => Promise.resolve() };
    await Promise.all(Array.from({ length: 4 }, () => makeDuePayouts.run(on.system(laterMs), {}, attempt)));
    for (const { id } of sellers) {
      expect((await on.payoutsOf(id)).map(({ amountMinor }) => amountMinor)).toEqual([2000n]);
      expect(await on.balancesOf(id)).toMatchObject({ payouts_in_transit: -2000n });
    }
  });

  it('never take more than there is, while money comes in and several are made at once', async () => {
    const seller = await on.newEarner(100n);
    const [earned, made] = [6, 6].map((count) => Array.from({ length: count }, (_, i) => i)) as [number[], number[]];
    await Promise.all([
      ...earned.map(() => on.earn(seller.id, 100n)),
      ...made.map(() => makePayoutsNow(on.system(), { sellerId: seller.id })),
    ]);
    const payouts = await on.payoutsOf(seller.id);
    const paid = payouts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const { seller_balance: left = 0n, payouts_in_transit: inTransit } = await on.balancesOf(seller.id);
    expect(paid - left).toBe(700n);
    expect(inTransit).toBe(-paid);
    for (const { id, amountMinor } of payouts) {
      const { lines } = (await rest.get(`/payouts/mine/${id}`, as(seller))).body as PayoutDetail;
      const cents = lines.map(({ amount }) => BigInt(amount.replace('.', '')));
      expect(cents.reduce((sum, amount) => sum + amount, 0n)).toBe(amountMinor);
    }
  });

  it('are not made without a reason, which the seller reads', async () => {
    const poor = await on.newEarner(99n);
    const nowhere = await createSeller(db.database);
    await on.earn(nowhere.id, 5000n);
    const held = await on.newEarner(5000n);
    const admin = await createPerson(db.database, ['admin']);
    expect((await rest.post(`/payouts/sellers/${held.id}/hold`, { reason: 'We check your documents.' }, as(admin))).status).toBe(204);
    const owing = await on.newEarner(0n);
    await on.owe(owing.id, 300n);
    const unknown = await on.newEarner(5000n);
    const buyer = await createPerson(db.database);
    const orderId = (await completeOrders(db.database, unknown, [buyer.id])).get(buyer.id)!;
    const payment = {
      orderId,
      provider: 'test',
      reference: '',
      amountE8: 1n,
      currency: 'EUR',
      attempt: 1,
      createdAt: new Date(),
      updatedAt: new Date(),
    };
    await db.database.prisma.payment.createMany({ data: [{ ...payment, status: 'unresolved' }] });
    await on.payOut();
    for (const [seller, reason] of [
      [poor, 'below-minimum'],
      [nowhere, 'no-details'],
      [held, 'on-hold'],
      [owing, 'negative-balance'],
      [unknown, 'unresolved'],
    ] as const) {
      expect(await on.payoutsOf(seller.id)).toEqual([]);
      expect((await overview(seller)).due).toMatchObject([{ amount: null, reason }]);
    }
    expect((await overview(held)).heldReason).toBe('We check your documents.');
    const due = await rest.get('/payouts/due?limit=100', as(admin));
    expect(due.body.items.find((item: { sellerId: number }) => item.sellerId === held.id).due[0].reason).toBe('on-hold');
    expect((await rest.post(`/payouts/sellers/${held.id}/release`, undefined, as(admin))).status).toBe(204);
    await on.payOut();
    expect(await on.payoutsOf(held.id)).toHaveLength(1);
    expect((await on.audit('payouts.held')).at(-1)).toMatchObject({ actorId: admin.id, entityId: String(held.id) });
  });

  it('keep a reserve, which comes out again', async () => {
    const seller = await on.newEarner(10_000n);
    const withReserve = (reserveBps: number) => {
      const ctx = on.system();
      const payouts = { ...ctx.settings.payouts, reserveBps };
      const settings = { ...ctx.settings, payouts };
      return makePayoutsNow({ ...ctx, settings, change: (work) => ctx.change((tx) => work({ ...tx, settings })) }, { sellerId: seller.id });
    };
    await withReserve(1000);
    expect(await on.balancesOf(seller.id)).toMatchObject({ reserve: -1000n, payouts_in_transit: -9000n });
    await withReserve(0);
    expect((await on.payoutsOf(seller.id)).map(({ amountMinor }) => amountMinor)).toEqual([9000n, 1000n]);
    const [first] = await on.payoutsOf(seller.id);
    const { lines } = (await rest.get(`/payouts/mine/${first!.id}`, as(seller))).body as PayoutDetail;
    expect(lines.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['release', '100.00'],
      ['adjustment', '-10.00'],
    ]);
  });

  it('wait for the schedule that the seller chooses', async () => {
    const seller = await on.newEarner(5000n);
    expect(await overview(seller)).toMatchObject({ schedule: 'weekly' });
    const { body } = await rest.post('/payouts/schedule', { schedule: 'monthly' }, as(seller));
    expect(body.schedule).toBe('monthly');
    expect(body.nextAt).toMatch(/-01T05:00:00.000Z$/);
    expect((await rest.post('/payouts/schedule', { schedule: 'hourly' }, as(seller))).status).toBe(400);
  });

  it('of postings that do not add up are not made: the seller is held, others are paid', async () => {
    const [wrong, right] = [await on.newEarner(5000n), await on.newEarner(5000n)];
    await db.database.prisma.ledgerBalance.updateMany({
      where: { sellerId: wrong.id, account: 'seller_balance' },
      data: { balanceMinor: -6000n },
    });
    await on.payOut();
    expect(await on.payoutsOf(wrong.id)).toEqual([]);
    expect((await overview(wrong)).due).toMatchObject([{ reason: 'on-hold' }]);
    expect(await on.payoutsOf(right.id)).toHaveLength(1);
    await db.database.prisma.ledgerBalance.updateMany({
      where: { sellerId: wrong.id, account: 'seller_balance' },
      data: { balanceMinor: -5000n },
    });
  });

  it('are their seller’s alone, and an admin’s', async () => {
    const [seller, other] = [await on.newEarner(5000n), await createSeller(db.database)];
    await proveAddresses(db.database, [seller]);
    await on.payOut();
    const [payout] = await on.payoutsOf(seller.id);
    expect((await rest.get(`/payouts/mine/${payout!.id}`, as(other))).status).toBe(404);
    for (const file of ['lines.csv', 'statement.pdf'])
      expect((await rest.get(`/payouts/mine/${payout!.id}/${file}`, as(other))).status).toBe(404);
    expect((await rest.get('/payouts/mine', as(seller))).body.items).toHaveLength(1);
    for (const path of ['/payouts', '/payouts/due', '/payouts/console']) expect((await rest.get(path, as(seller))).status).toBe(403);
    for (const [path, body] of [
      [`/payouts/${payout!.id}/settle`, { outcome: 'paid' }],
      [`/payouts/sellers/${seller.id}/hold`, { reason: 'R' }],
      [`/payouts/sellers/${seller.id}/release`, undefined],
      [`/payouts/sellers/${seller.id}/write-off`, { currency: 'EUR', amount: '1', reason: 'R' }],
      ['/payouts/bank-files', {}],
    ] as const)
      expect((await rest.post(path, body, as(seller))).status, path).toBe(403);
  });
});

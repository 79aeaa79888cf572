import type { ChargebackPage, OrderReturns, RatingPage } from '@assay/contract';
import { applyDispute, endDueOrders, pullProviderEvents, reconcile, type ProviderDispute } from '@assay/core';
import { createPerson, createTestDatabase, onEachEngine, restClient, runTasks, type TestDatabase } from '@assay/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { atStripe, expectSameMoney, startStripeShop, stripeGroup, stripeOrder, WEBHOOK_SECRET, type StripeShop } from './lib-stripe.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const HISTORIES = 15;
const AT_BANK = 'The buyer disputed this payment at their bank. This is not possible until the bank has decided.';

onEachEngine('chargebacks', (engine) => {
  let db: TestDatabase;
  let shop: StripeShop;
  let from: number;

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    shop = await startStripeShop(db);
  });
  beforeEach(async () => {
    await act();
    from = shop.twin.events.length;
  });
  afterAll(async () => {
    await expectSameMoney(db, shop);
    await shop.close();
    await db.drop();
  });

  const rest = () => restClient(shop.api.url);
  const system = () => shop.api.container.context({ kind: 'system', name: 'test' }, 'test');
  const act = () => runTasks(shop.api.container, 'provider-event.apply', { laterMs: MINUTE_MS });
  const ids = () => shop.twin.events.slice(from).map(({ id }) => id);
  async function deliver(...events: string[]) {
    await shop.twin.deliver({ url: `${shop.api.url}/webhooks/stripe`, secret: WEBHOOK_SECRET }, events);
    await act();
  }
  /** Delivers what the twin has said since the last time. */
  async function hear() {
    await deliver(...ids());
    from = shop.twin.events.length;
  }
  const admin = async () => shop.api.tokenFor(await createPerson(db.database, ['admin']));
  const ofOrder = (orderId: number) => db.database.prisma.chargeback.findMany({ where: { orderId }, orderBy: { id: 'asc' } });
  async function ledgerOf(orderId: number, { database } = db) {
    const lines = await database.prisma.ledgerPosting.findMany({ where: { entry: { orderId } } });
    const sums: Record<string, number> = {};
    for (const { account, amountMinor } of lines) sums[account] = (sums[account] ?? 0) + Number(amountMinor);
    return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
  }

  /** An order that is paid, and shipped unless it is said otherwise. */
  async function paid({ ship = true } = {}) {
    const order = await stripeOrder(db, shop);
    await order.move('buyer', 'pay');
    const reference = await order.confirm();
    await order.check();
    if (ship) await order.move('seller', 'ship');
    await hear();
    return { ...order, reference };
  }

  it('the bank takes the money from what is held, and a win gives back exactly that', async () => {
    const { id, reference, refund, order, payment, move } = await paid();
    const dispute = shop.twin.openDispute(reference, { fee: 2000 });
    await hear();
    expect(await ledgerOf(id)).toEqual({ clearing: -2000, provider_fees: 2000 });
    expect(await payment()).toMatchObject({ status: 'captured', chargedBackE8: 1_250_000_000n });
    const seen = await order('seller');
    expect(seen.chargebacks).toMatchObject([{ status: 'open', amount: '12.50', reason: 'fraudulent', withdrawn: true }]);
    expect(seen.refundable).toBeNull();
    expect((await refund({ amount: '1.00', reason: 'damaged' })).body).toMatchObject({ code: 'ILLEGAL_MOVE', detail: AT_BANK });
    await move('buyer', 'complete');
    shop.twin.closeDispute(dispute.id, true);
    await hear();
    expect(await ledgerOf(id)).toEqual({ clearing: 1250, seller_balance: -1250 }); // it was completed meanwhile
    expect((await order()).chargebacks).toMatchObject([{ status: 'won', withdrawn: false }]);
    expect(await payment()).toMatchObject({ chargedBackE8: 0n });
    expect((await refund({ reason: 'returned' })).status).toBe(201);
    await expectSameMoney(db, shop);
  });

  it('an inquiry moves nothing and blocks nothing; the bank may make a dispute of it', async () => {
    const { id, reference, refund, order } = await paid();
    const inquiry = shop.twin.openDispute(reference, { inquiry: true });
    await hear();
    expect(await ledgerOf(id)).toEqual({ clearing: 1250, held: -1250 });
    expect((await refund({ amount: '2.50', reason: 'damaged' })).status).toBe(201);
    expect((await ofOrder(id)).map(({ status, withdrawnAt }) => [status, withdrawnAt])).toEqual([['inquiry', null]]);
    shop.twin.escalateDispute(inquiry.id);
    await hear();
    // The bank takes all that was paid: the 2.50 were refunded, and the seller owes them.
    expect(await ledgerOf(id)).toEqual({ clearing: -250, seller_debt: 250 });
    expect((await order('seller')).refundable).toBeNull();
    shop.twin.closeDispute(inquiry.id, false);
    await hear();
    expect((await ofOrder(id))[0]).toMatchObject({ status: 'lost', closedAt: expect.any(Date) });
    expect((await refund({ amount: '1.00', reason: 'damaged' })).body).toMatchObject({ detail: 'There is nothing left to refund.' });
    await expectSameMoney(db, shop);
  });

  it('an inquiry that ends is closed', async () => {
    const { id, reference } = await paid();
    shop.twin.closeDispute(shop.twin.openDispute(reference, { inquiry: true }).id, true);
    await hear();
    expect(await ofOrder(id)).toMatchObject([{ status: 'closed', withdrawnAt: null }]);
    expect(await ledgerOf(id)).toEqual({ clearing: 1250, held: -1250 });
  });

  it('a loss is for good: the seller owes what was paid out, a part that is left can be refunded, and credit notes follow', async () => {
    const { id, reference, move, refund, order, payment } = await paid();
    await move('buyer', 'complete');
    const part = shop.twin.openDispute(reference, { amount: 1000 });
    shop.twin.closeDispute(part.id, false);
    await hear();
    expect(await ledgerOf(id)).toEqual({ clearing: 250, seller_balance: -250 });
    expect((await order('seller')).refundable).toBe('2.50');
    const kinds = async () => (await db.database.prisma.invoice.findMany({ where: { orderId: id } })).map(({ kind }) => kind).toSorted();
    expect(await kinds()).toEqual(['receipt', 'receipt-credit']);
    expect((await refund({ amount: '2.51', reason: 'damaged' })).body.code).toBe('REFUND_TOO_HIGH');
    expect((await refund({ reason: 'damaged' })).status).toBe(201);
    expect(await payment()).toMatchObject({ refundedE8: 250_000_000n, chargedBackE8: 1_000_000_000n });
    shop.twin.closeDispute(part.id, true); // banks change their mind
    await hear();
    expect(await ledgerOf(id)).toEqual({ clearing: 1000, seller_balance: -1000 });
    expect((await ofOrder(id))[0]).toMatchObject({ status: 'won', reinstatedAt: expect.any(Date) });
    await expectSameMoney(db, shop);
  });

  it('a rating of an order that was charged back in full says that it was refunded', async () => {
    const { id, reference, move, tokens, order } = await paid();
    await move('buyer', 'complete');
    const { sellerId } = await order();
    const rated = await rest().post(
      '/ratings',
      { sellerId, orderId: id, rating: 2, comment: 'Not as described.' },
      { token: tokens.buyer },
    );
    expect(rated.status).toBe(201);
    const refunded = async () => {
      const { items } = (await rest().get(`/ratings/seller/${sellerId}`, { token: tokens.buyer })).body as RatingPage;
      return items.map((rating) => rating.refunded);
    };
    const dispute = shop.twin.openDispute(reference);
    await hear();
    expect(await refunded()).toEqual([false]);
    shop.twin.closeDispute(dispute.id, false);
    await hear();
    expect(await refunded()).toEqual([true]);
  });

  it('the dispute with the seller waits for the bank: a win lets it go on with its full time', async () => {
    const { id, reference, tokens, order } = await paid();
    await rest().post(`/orders/${id}/dispute`, { reason: 'damaged', text: 'It has a crack in it.' }, { token: tokens.buyer });
    const dispute = shop.twin.openDispute(reference);
    await hear();
    const step = (move: string, token: string) => rest().post(`/orders/${id}/dispute/${move}`, {}, { token });
    expect((await step('refund', tokens.seller)).body).toMatchObject({ code: 'ILLEGAL_MOVE', detail: AT_BANK });
    expect((await rest().get(`/orders/${id}/dispute`, { token: tokens.buyer })).body).toMatchObject({ paused: true, moves: [] });
    await db.database.prisma.order.update({ where: { id }, data: { dueAt: new Date(Date.now() - DAY_MS) } });
    await endDueOrders(system(), new AbortController().signal);
    expect((await order()).status).toBe('disputed');
    shop.twin.closeDispute(dispute.id, true);
    await hear();
    const { status, dueAt } = await order();
    expect([status, Math.round((Date.parse(dueAt!) - Date.now()) / DAY_MS)]).toEqual(['disputed', 7]);
    expect((await step('refund', tokens.seller)).status).toBe(200);
    await expectSameMoney(db, shop);
  });

  it('a loss closes the dispute with the seller: the buyer has the money', async () => {
    const { id, reference, move, tokens, order } = await paid();
    await move('buyer', 'complete');
    await rest().post(`/orders/${id}/dispute`, { reason: 'damaged', text: 'It has a crack in it.' }, { token: tokens.buyer });
    shop.twin.closeDispute(shop.twin.openDispute(reference).id, false);
    await hear();
    expect((await order()).status).toBe('resolved');
    const { body } = await rest().get(`/orders/${id}/dispute`, { token: tokens.buyer });
    expect(body).toMatchObject({ status: 'closed', outcome: 'full', amount: '0.00' });
    expect(await ledgerOf(id)).toEqual({});
    await expectSameMoney(db, shop);
  });

  it.each([
    [true, 'accepted'],
    [false, 'closed'],
  ])('a return waits for the bank; once it has decided (won: %s), the return is %s', async (won, becomes) => {
    const { id, reference, move, tokens, order } = await paid();
    await move('buyer', 'complete');
    const { items: of } = await order();
    const as = { token: tokens.seller };
    const items = [{ listingId: of[0]!.listingId, quantity: 1 }];
    const ask = () =>
      rest().post(`/orders/${id}/returns`, { reason: 'damaged', text: 'It has a crack in it.', items }, { token: tokens.buyer });
    const { body } = await ask();
    const { id: returnId } = (body as OrderReturns).items[0]!;
    const address = { recipientName: 'Ana Silva', line1: 'Rua das Flores 12', postalCode: '4050-262', city: 'Porto', country: 'PT' };
    expect((await rest().post(`/returns/${returnId}/accept`, { address }, as)).status).toBe(200);
    const dispute = shop.twin.openDispute(reference);
    await hear();
    const read = async () => ((await rest().get(`/orders/${id}/returns`, { token: tokens.buyer })).body as OrderReturns).items[0]!;
    expect(await read()).toMatchObject({ paused: true, moves: [], status: 'accepted', amount: '12.50' });
    expect((await rest().post(`/returns/${returnId}/send`, {}, { token: tokens.buyer })).body).toMatchObject({ detail: AT_BANK });
    await db.database.prisma.return.update({ where: { id: returnId }, data: { dueAt: new Date(Date.now() - DAY_MS) } });
    expect(await endDueOrders(system(), new AbortController().signal)).toMatchObject({ failed: [], returns: 0 });
    shop.twin.closeDispute(dispute.id, won);
    await hear();
    const { status, dueAt, paused } = await read();
    expect([status, paused]).toEqual([becomes, false]);
    if (won) expect(Math.round((Date.parse(dueAt!) - Date.now()) / DAY_MS)).toBe(14);
    expect(await ledgerOf(id)).toEqual(won ? { clearing: 1250, held: -1250 } : {});
    expect((await ask()).body).toMatchObject({ code: 'ILLEGAL_MOVE' });
    await expectSameMoney(db, shop);
  });

  it('an order that is not shipped waits for the bank, and is cancelled without a refund after a loss', async () => {
    const { id, reference, move, order, refunds } = await paid({ ship: false });
    const dispute = shop.twin.openDispute(reference);
    await hear();
    expect((await move('seller', 'cancel')).body).toMatchObject({ code: 'ILLEGAL_MOVE', detail: AT_BANK });
    await db.database.prisma.order.update({ where: { id }, data: { dueAt: new Date(Date.now() - DAY_MS) } });
    expect((await endDueOrders(system(), new AbortController().signal)).failed).toEqual([]);
    expect((await order()).status).toBe('paid');
    shop.twin.closeDispute(dispute.id, false);
    await hear();
    expect((await move('seller', 'cancel')).status).toBe(200);
    expect([(await order()).status, await refunds()]).toEqual(['cancelled', []]);
    await expectSameMoney(db, shop);
  });

  it('a refund under way when the bank takes the money is not counted twice', async () => {
    const { id, reference, refund, payment } = await paid();
    for (let i = 0; i < 4; i++) shop.twin.fail('lost', /refunds/);
    await refund({ amount: '5.00', reason: 'damaged' });
    shop.twin.recover();
    shop.twin.openDispute(reference);
    await hear();
    expect(await ledgerOf(id)).toEqual({ refunds: -500, seller_debt: 500 });
    await runTasks(shop.api.container, 'refund.send', { laterMs: 10 * MINUTE_MS }); // Stripe refuses it: the payment is disputed
    expect(await ledgerOf(id)).toEqual({ held: -500, seller_debt: 500 });
    expect(await payment()).toMatchObject({ refundPendingE8: 0n, refundedE8: 0n, chargedBackE8: 1_250_000_000n });
    await expectSameMoney(db, shop);
  });

  it('a refund and the bank at once: one of them is first, and no cent is counted twice', async () => {
    const { id, reference, refund } = await paid();
    shop.twin.openDispute(reference);
    const [answer] = await Promise.all([refund({ reason: 'damaged' }), hear()]);
    await runTasks(shop.api.container, 'refund.send', { laterMs: 10 * MINUTE_MS });
    expect([201, 409]).toContain(answer.status);
    expect((await ofOrder(id)).map(({ status }) => status)).toEqual(['open']);
    await expectSameMoney(db, shop);
  });

  it('is known before its payment is: that is settled first', async () => {
    const order = await stripeOrder(db, shop);
    await order.move('buyer', 'pay');
    const reference = await order.confirm();
    from = shop.twin.events.length;
    shop.twin.openDispute(reference);
    await hear();
    expect((await order.order()).status).toBe('paid');
    expect(await ledgerOf(order.id)).toEqual({});
  });

  it('of a payment that is of no order here is parked', async () => {
    const form = { amount: '500', currency: 'eur', confirm: 'true', payment_method: 'pm_card_visa' };
    const other = await atStripe(shop.twin, 'payment_intents', form);
    from = shop.twin.events.length;
    const dispute = shop.twin.openDispute(other.id);
    await hear();
    expect(await db.database.prisma.providerEvent.findMany({ where: { reference: dispute.id } })).toMatchObject(
      [1, 2].map(() => ({ status: 'parked', failure: expect.stringContaining('no order of this marketplace') })),
    );
    shop.twin.closeDispute(dispute.id, true);
    await atStripe(shop.twin, 'refunds', { payment_intent: other.id });
  });

  it('what no webhook brought is pulled; the seller and admins see it, and the seller gets one e-mail for each state', async () => {
    const { id, reference, order } = await paid();
    const { sellerId } = await order();
    await db.database.prisma.user.update({ where: { id: sellerId }, data: { email: 's@assay.example', emailVerifiedAt: new Date() } });
    await pullProviderEvents(system());
    await act();
    const dispute = shop.twin.openDispute(reference, { fee: 1500 });
    await pullProviderEvents(system());
    await act();
    const token = await admin();
    const listed = async (path: string) => ((await rest().get(path, { token })).body as ChargebackPage).items;
    expect((await listed('/chargebacks?limit=100')).find((one) => one.orderId === id)).toMatchObject({
      status: 'open',
      reference: dispute.id,
      provider: 'stripe',
      fee: '15.00',
      evidenceDueAt: expect.any(String),
    });
    const other = shop.api.tokenFor(await createPerson(db.database));
    expect((await rest().get('/chargebacks', { token: other })).status).toBe(403);
    shop.twin.answerDispute(dispute.id);
    shop.twin.closeDispute(dispute.id, false);
    from = shop.twin.events.length;
    await pullProviderEvents(system());
    await act();
    expect((await listed('/chargebacks?ended=true&limit=100'))[0]).toMatchObject({ orderId: id, status: 'lost', withdrawn: true });
    const letters = await db.database.prisma.emailMessage.findMany({
      where: { userId: sellerId, kind: 'dispute' },
      orderBy: { id: 'asc' },
    });
    expect(letters.map(({ subject }) => subject)).toEqual([
      `The buyer disputed the payment of order ${id} at their bank`,
      `The bank decided for the buyer about order ${id}`,
    ]);
    const audits = await db.database.prisma.auditEntry.findMany({
      where: { entity: 'order', entityId: String(id) },
      orderBy: { id: 'asc' },
    });
    expect(audits.map(({ action }) => action).filter((action) => action.startsWith('chargeback.'))).toEqual([
      'chargeback.withdrawn',
      'chargeback.open',
      'chargeback.lost',
    ]);
  });

  it('of a payment for several orders is shared over them, with its fee; each seller has a share, and a win brings all of it back', async () => {
    const { ids: orders, pay, confirm, check } = await stripeGroup(db, shop, 3);
    await pay();
    const reference = await confirm();
    await check();
    await hear();
    const dispute = shop.twin.openDispute(reference, { amount: 3001, fee: 600 });
    await hear();
    const amounts = await db.database.prisma.chargeback.findMany({ where: { orderId: { in: orders } }, orderBy: { orderId: 'asc' } });
    expect(amounts.map(({ amountE8, feeE8 }) => [amountE8, feeE8].map((e8) => Number(e8 / 1_000_000n)))).toEqual([
      [500, 100],
      [1000, 200],
      [1501, 300],
    ]);
    expect(await ledgerOf(orders[2]!)).toEqual({ clearing: 1199, held: -1499, provider_fees: 300 });
    const span = { from: new Date(Date.now() - MINUTE_MS), to: new Date(Date.now() + MINUTE_MS) };
    const { differences } = await reconcile(system(), span);
    expect(differences.filter(({ reference: of }) => [reference, dispute.id].includes(of))).toEqual([]);
    shop.twin.closeDispute(dispute.id, true);
    await hear();
    for (const [i, id] of orders.entries()) expect(await ledgerOf(id)).toEqual({ clearing: 1000 * (i + 1), held: -1000 * (i + 1) });
    await expectSameMoney(db, shop);
  });

  it('any order of six events, with repeats and losses, leads to the same ledger', async () => {
    const delivery = fc.array(fc.nat({ max: 5 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { minLength: 5, maxLength: 5 }), fc.boolean(), async (deliveries, won) => {
        const { id, reference } = await paid();
        const known = () => shop.twin.events.slice(from).map((event) => event.id);
        const sendSome = async () => deliver(...(deliveries.pop() ?? []).flatMap((index) => known().at(-1 - index) ?? []));
        const dispute = shop.twin.openDispute(reference, { inquiry: true, fee: 500 });
        await sendSome();
        shop.twin.escalateDispute(dispute.id);
        await sendSome();
        shop.twin.answerDispute(dispute.id);
        await sendSome();
        shop.twin.closeDispute(dispute.id, won);
        await sendSome();
        await sendSome();
        await pullProviderEvents(system());
        await act();
        expect(await ledgerOf(id)).toEqual(won ? { clearing: 1250, held: -1250 } : { clearing: -500, provider_fees: 500 });
        expect(await ofOrder(id)).toMatchObject([{ status: won ? 'won' : 'lost' }]);
      }),
      { numRuns: HISTORIES },
    );
    await expectSameMoney(db, shop);
  });

  it('answers of the provider that come late, in any order and twice, post each movement once', async () => {
    const answer = (status: ProviderDispute['status'], steps: number, feeE8 = 0n) => ({ status, steps, feeE8 });
    const answers = [
      answer('inquiry', 0),
      answer('open', 0),
      answer('open', 1, 500_000_000n),
      answer('lost', 1, 500_000_000n),
      answer('won', 1, 500_000_000n),
      answer('won', 2),
    ];
    const order = fc.shuffledSubarray(
      answers.flatMap((one) => [one, one]),
      { minLength: 6 },
    );
    let made = 0;
    await fc.assert(
      fc.asyncProperty(order, async (heard) => {
        const { id, payment } = await paid();
        const { amountE8, chargeId } = (await payment())!;
        const { providerKey: key } = await db.database.prisma.charge.findUniqueOrThrow({ where: { id: chargeId! } });
        const reference = `dp_late_${++made}`;
        for (const { status, steps, feeE8 } of [...heard, answers.at(-1)!]) {
          const found = { key, orders: String(id), outcome: { status: 'done', reference: 'pi' } } as const;
          const dispute: ProviderDispute = {
            payment: found,
            amountE8,
            currency: 'EUR',
            status,
            reason: 'general',
            steps,
            isWithdrawn: steps > 0,
            isReinstated: steps > 1,
            fee: steps > 0 ? { amountE8: feeE8, currency: 'EUR' } : null,
            evidenceDueAt: null,
            openedAt: new Date(),
          };
          expect(await system().change((tx) => applyDispute(tx, { provider: 'stripe', reference }, dispute))).toBeNull();
        }
        expect(await ledgerOf(id)).toEqual({ clearing: 1250, held: -1250 });
        const entries = await db.database.prisma.ledgerEntry.findMany({ where: { orderId: id } });
        expect(entries.filter(({ kind }) => kind.startsWith('chargeback')).map(({ kind }) => kind)).toEqual([
          'chargeback',
          'chargeback-won',
        ]);
      }),
      { numRuns: HISTORIES },
    );
    await expectSameMoney(db, shop);
  });

  it('the seller bears the fee of the provider where the operator says so', async () => {
    const own = await createTestDatabase(engine); // ids of its twin are those of the other one, too
    const strict = await startStripeShop(own, { CHARGEBACK_FEE_PAID_BY: 'seller' });
    const order = await stripeOrder(own, strict);
    await order.move('buyer', 'pay');
    const reference = await order.confirm();
    await order.check();
    const dispute = strict.twin.openDispute(reference, { fee: 1500 });
    const send = async () => {
      await strict.twin.deliver(
        { url: `${strict.api.url}/webhooks/stripe`, secret: WEBHOOK_SECRET },
        strict.twin.events.map(({ id }) => id),
      );
      await runTasks(strict.api.container, 'provider-event.apply', { laterMs: MINUTE_MS });
    };
    await send();
    expect(await ledgerOf(order.id, own)).toEqual({ clearing: -1500, seller_debt: 1500 });
    strict.twin.closeDispute(dispute.id, true);
    await send();
    expect(await ledgerOf(order.id, own)).toEqual({ clearing: 1250, held: -1250 });
    await expectSameMoney(own, strict);
    await strict.close();
    await own.drop();
  });
});

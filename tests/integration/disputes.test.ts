import type { DisputePage, DisputeView, OrderDetail, OrderView, RatingPage, Role } from '@assay/contract';
import { cleanEvidence, endDueOrders, verifyLedger } from '@assay/core';
import {
  createPerson,
  createSeller,
  createTestDatabase,
  onEachEngine,
  restClient,
  startApi,
  type TestApi,
  type TestDatabase,
} from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBank } from './lib-payments.ts';

const DAY_MS = 24 * 3_600_000;
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');
const STORY = { reason: 'damaged', text: 'The bowl arrived with a crack.' };

onEachEngine('disputes', (engine) => {
  let db: TestDatabase;
  let api: TestApi;
  const bank = createBank();

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    api = await startApi(db, {}, { payments: bank.provider });
  });
  afterAll(async () => {
    await api.close();
    await db.drop();
  });

  const system = (laterMs = 0) =>
    api.container.context({ kind: 'system', name: 'due-orders' }, 'r', undefined, () => new Date(Date.now() + laterMs));
  const run = () => endDueOrders(system(), new AbortController().signal);
  const rest = () => restClient(api.url);
  const admin = async () => api.tokenFor(await createPerson(db.database, ['admin']));

  /** An order of 12.50, in a state, and what its sides do. */
  async function orderAt(state: 'paid' | 'shipped' | 'delivered' | 'completed', roles: Role[] = ['buyer']) {
    const seller = await createSeller(db.database);
    const buyer = await createPerson(db.database, roles);
    const tokens = { seller: api.tokenFor(seller), buyer: api.tokenFor(buyer) };
    const { id } = (await rest().post('/orders', { listingId: seller.listingId }, { token: tokens.buyer })).body as OrderView;
    const move = (by: 'buyer' | 'seller', name: string, body?: object) => rest().post(`/orders/${id}/${name}`, body, { token: tokens[by] });
    await move('buyer', 'pay');
    if (state !== 'paid') await move('seller', 'ship', { carrier: 'dhl', trackingNumber: '00340' });
    if (state === 'delivered') await move('seller', 'deliver');
    if (state === 'completed') await move('buyer', 'complete');
    const balances = async () => {
      const rows = await db.database.prisma.ledgerBalance.findMany({ where: { sellerId: seller.id } });
      return Object.fromEntries(rows.filter(({ balanceMinor }) => balanceMinor !== 0n).map((row) => [row.account, -row.balanceMinor]));
    };
    return {
      id,
      seller,
      buyer,
      tokens,
      balances,
      move,
      dispute: (by: 'buyer' | 'seller', name: string, body: object = {}) =>
        rest().post(`/orders/${id}/dispute/${name}`, body, { token: tokens[by] }),
      open: (body: object = STORY, by: 'buyer' | 'seller' = 'buyer') => rest().post(`/orders/${id}/dispute`, body, { token: tokens[by] }),
      decide: (token: string, body: object) =>
        rest().post(`/orders/${id}/dispute/decision`, { statement: 'The pictures show a crack.', ...body }, { token }),
      read: async (token = tokens.buyer) => (await rest().get(`/orders/${id}/dispute`, { token })).body as DisputeView,
      order: async () => (await rest().get(`/orders/${id}`, { token: tokens.buyer })).body as OrderDetail,
      /** Lets time pass until the time for the next step is over. */
      due: () => db.database.prisma.order.updateMany({ where: { id }, data: { dueAt: new Date(Date.now() - 1000) } }),
      upload: (content: Uint8Array, token = tokens.buyer) =>
        fetch(`${api.url}/api/v1/disputes/files?orderId=${id}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
          body: content as Uint8Array<ArrayBuffer>,
        }),
    };
  }
  type Disputed = Awaited<ReturnType<typeof orderAt>>;
  const refundedOf = async (order: Disputed) => (await order.order()).refunded;

  describe('opening', () => {
    it('a buyer opens one about what is on its way, and the order waits for it', async () => {
      const order = await orderAt('shipped');
      expect(await order.order()).toMatchObject({ disputable: true, disputeUntil: null });
      const opened = await order.open();
      expect([opened.status, opened.body]).toMatchObject([
        201,
        {
          status: 'opened',
          reason: 'damaged',
          outcome: null,
          moves: ['withdraw'],
          events: [{ action: 'open', by: 'buyer', text: STORY.text }],
        },
      ]);
      expect((Date.parse((opened.body as DisputeView).dueAt!) - Date.now()) / DAY_MS).toBeCloseTo(7, 2);
      expect(await order.order()).toMatchObject({ status: 'disputed', dueTo: 'resolved', moves: [], disputable: false });
      expect((await order.read(order.tokens.seller)).moves).toEqual(['refund', 'offer', 'contest']);
      expect((await order.move('buyer', 'complete')).body.code).toBe('ILLEGAL_MOVE');
      const refund = await rest().post(`/orders/${order.id}/refunds`, { reason: 'other' }, { token: order.tokens.seller });
      expect(refund.body.code).toBe('ILLEGAL_MOVE');
      expect((await order.open()).body.code).toBe('ILLEGAL_MOVE');
      const emails = await db.database.prisma.emailMessage.findMany({ where: { kind: 'dispute', userId: order.seller.id } });
      expect(emails.length).toBeLessThanOrEqual(1);
    });

    it('two at once are one', async () => {
      const order = await orderAt('delivered');
      const answers = await Promise.all(Array.from({ length: 4 }, () => order.open()));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(await db.database.prisma.orderDispute.count({ where: { orderId: order.id } })).toBe(1);
    });

    it('is for its buyer alone, with a reason and a text, and not about what can be cancelled', async () => {
      const order = await orderAt('paid');
      expect((await order.open()).body).toMatchObject({ code: 'ILLEGAL_MOVE' });
      await order.due();
      expect((await order.open(STORY, 'seller')).body.code).toBe('FORBIDDEN');
      const stranger = api.tokenFor(await createPerson(db.database));
      expect((await rest().post(`/orders/${order.id}/dispute`, STORY, { token: stranger })).body.code).toBe('ORDER_NOT_FOUND');
      expect((await rest().get(`/orders/${order.id}/dispute`, { token: order.tokens.buyer })).body.code).toBe('DISPUTE_NOT_FOUND');
      for (const body of [
        { ...STORY, reason: 'dislike' },
        { ...STORY, text: 'short' },
        { ...STORY, text: 'x'.repeat(2001) },
      ])
        expect((await order.open(body)).body.code).toBe('VALIDATION_FAILED');
      expect((await order.open()).status).toBe(201); // it is late
      expect((await rest().get(`/orders/${order.id}/dispute`, { token: stranger })).body.code).toBe('DISPUTE_NOT_FOUND');
    });

    it('about a completed one it can be opened for 30 days', async () => {
      const [late, soon] = [await orderAt('completed'), await orderAt('completed')];
      const completed = (id: number, ago: number) =>
        db.database.prisma.order.updateMany({ where: { id }, data: { completedAt: new Date(Date.now() - ago) } });
      await completed(late.id, 30 * DAY_MS);
      await completed(soon.id, 30 * DAY_MS - 60_000);
      expect((await late.order()).disputable).toBe(false);
      expect((await late.open()).body.code).toBe('ILLEGAL_MOVE');
      expect((await soon.open()).status).toBe(201);
    });
  });

  describe('money', () => {
    it('what is not released stays held; a refund in part leaves the rest to the seller', async () => {
      const order = await orderAt('delivered');
      await order.open();
      expect(await order.balances()).toMatchObject({ held: 1250n, clearing: -1250n });
      expect((await order.dispute('seller', 'offer', { amount: '2.50', text: 'Keep it.' })).body).toMatchObject({
        status: 'answered',
        offer: '2.50',
      });
      expect((await order.dispute('buyer', 'accept')).body).toMatchObject({ status: 'closed', outcome: 'part', amount: '2.50', moves: [] });
      expect(await order.order()).toMatchObject({
        status: 'resolved',
        payment: 'captured',
        refunded: '2.50',
        refunds: [{ reason: 'dispute', status: 'done' }],
      });
      const { seller_balance: balance = 0n, commission = 0n, commission_vat: vat = 0n, ...others } = await order.balances();
      expect([balance + commission + vat, others]).toEqual([1000n, { clearing: -1000n }]);
    });

    it('what was released is held again: no payout has it until the dispute is closed', async () => {
      const order = await orderAt('completed');
      const before = await order.balances();
      expect(before).not.toHaveProperty('held');
      await order.open();
      expect(await order.balances()).toMatchObject({ held: before.seller_balance });
      expect(await order.balances()).not.toHaveProperty('seller_balance');
      await order.dispute('buyer', 'withdraw');
      expect(await order.balances()).toEqual(before);
    });

    it('a refund that is refused meanwhile leaves held what the dispute is about', async () => {
      const order = await orderAt('completed');
      const before = await order.balances();
      bank.behave('drops');
      await rest().post(`/orders/${order.id}/refunds`, { amount: '3.00', reason: 'damaged' }, { token: order.tokens.seller });
      bank.behave('acts');
      await order.open();
      const { held } = await order.balances();
      const { id: refundId } = await db.database.prisma.refund.findFirstOrThrow({ where: { orderId: order.id } });
      const settled = { done: false, reason: 'The provider refused it.' };
      expect((await rest().post(`/refunds/${refundId}/settle`, settled, { token: await admin() })).status).toBe(204);
      expect(await order.balances()).toMatchObject({ held, seller_balance: 300n });
      await order.dispute('buyer', 'withdraw');
      expect(await order.balances()).toEqual(before);
    });

    it('what was paid out already becomes a debt when the buyer is refunded', async () => {
      const order = await orderAt('completed');
      const { seller_balance: paidOut = 0n } = await order.balances();
      await db.database.prisma.ledgerBalance.updateMany({
        where: { sellerId: order.seller.id, account: 'seller_balance' },
        data: { balanceMinor: 0n },
      });
      await order.open();
      expect(await order.balances()).not.toHaveProperty('held');
      await order.dispute('seller', 'refund');
      expect(await order.balances()).toEqual({ seller_debt: -paidOut });
      expect(await order.order()).toMatchObject({ status: 'resolved', payment: 'refunded', refunded: '12.50' });
      // Undone, so that the ledger below has no difference of this test.
      await db.database.prisma.ledgerBalance.updateMany({
        where: { sellerId: order.seller.id, account: 'seller_debt' },
        data: { balanceMinor: 0n },
      });
    });

    it('what was never sent is for sale again after a refund in full', async () => {
      const order = await orderAt('paid');
      const quantity = async () => (await db.database.prisma.sellerListing.findUnique({ where: { id: order.seller.listingId } }))!.quantity;
      const left = await quantity();
      await order.due();
      await order.open();
      expect(await quantity()).toBe(left);
      await order.dispute('seller', 'refund');
      expect(await quantity()).toBe(left + 1);
    });
  });

  describe('steps', () => {
    it('a seller who does not answer loses it by the deadline, once, also where several runs see it', async () => {
      const order = await orderAt('shipped');
      await order.open();
      expect((await run()).failed).toEqual([]);
      expect((await order.read()).status).toBe('opened');
      await order.due();
      const runs = await Promise.all([run(), run(), run()]);
      expect(runs.flatMap(({ failed }) => failed)).toEqual([]);
      expect(runs.reduce((sum, { ended }) => sum + ended, 0)).toBe(1);
      expect(await order.read()).toMatchObject({ status: 'closed', outcome: 'full', events: [{}, { action: 'expire', by: 'system' }] });
      const { events, status } = await order.order();
      expect([status, events.at(-1)]).toMatchObject(['resolved', { by: 'system', reason: 'refunded-in-full' }]);
      expect(await db.database.prisma.refund.count({ where: { orderId: order.id } })).toBe(1);
    });

    it.each([
      ['an offer', 'offer', { amount: '2.50' }, { outcome: 'part', amount: '2.50' }],
      ['a refusal', 'contest', { text: 'It was sound when I sent it.' }, { outcome: 'none', amount: '0.00' }],
    ])('a buyer who does not answer %s has accepted it', async (_what, step, body, expected) => {
      const order = await orderAt('shipped');
      await order.open();
      expect((await order.dispute('seller', step, body)).status).toBe(200);
      await order.due();
      await run();
      expect(await order.read()).toMatchObject({ status: 'closed', ...expected });
    });

    it('refuses the other side’s steps, steps out of order, and amounts that are none', async () => {
      const order = await orderAt('shipped');
      await order.open();
      expect((await order.dispute('buyer', 'offer', { amount: '1.00' })).body.code).toBe('FORBIDDEN');
      expect((await order.dispute('seller', 'escalate')).body.code).toBe('FORBIDDEN');
      expect((await order.dispute('buyer', 'accept')).body.code).toBe('DISPUTE_CHANGED');
      for (const amount of [undefined, '12.50', '0.00', '0.003'])
        expect((await order.dispute('seller', 'offer', { amount })).body.code).toBe('VALIDATION_FAILED');
      expect((await order.dispute('seller', 'offer', { amount: '12.51' })).body.code).toBe('REFUND_TOO_HIGH');
      expect((await order.dispute('seller', 'contest')).body.code).toBe('VALIDATION_FAILED');
      const stranger = api.tokenFor(await createPerson(db.database));
      expect((await rest().post(`/orders/${order.id}/dispute/withdraw`, {}, { token: stranger })).body.code).toBe('DISPUTE_NOT_FOUND');
      expect((await order.decide(await admin(), { outcome: 'full' })).body.code).toBe('DISPUTE_CHANGED');
      expect((await order.decide(order.tokens.seller, { outcome: 'none' })).body.code).toBe('FORBIDDEN');
    });

    /** A dispute that an admin has to decide. */
    const escalated = async (roles?: Role[]) => {
      const order = await orderAt('shipped', roles);
      await order.open();
      await order.dispute('seller', 'contest', { text: 'It was sound when I sent it.' });
      expect((await order.dispute('buyer', 'escalate', { text: 'It was not.' })).body).toMatchObject({ status: 'escalated' });
      return order;
    };

    it('an admin decides, and it is carried out when it cannot be appealed any more', async () => {
      const order = await escalated();
      const token = await admin();
      const { items } = (await rest().get('/disputes?limit=100', { token })).body as DisputePage;
      expect(items.find(({ orderId }) => orderId === order.id)).toMatchObject({ status: 'escalated', total: '12.50' });
      expect((await order.decide(token, { outcome: 'part', amount: '5.00' })).body).toMatchObject({
        status: 'decided',
        outcome: 'part',
        amount: '5.00',
      });
      expect(await order.order()).toMatchObject({ status: 'disputed', refunded: null });
      await order.due();
      await run();
      expect(await order.read()).toMatchObject({ status: 'closed', outcome: 'part' });
      expect((await order.order()).refunds).toMatchObject([{ amount: '5.00', reason: 'dispute' }]);
      const [record] = await db.database.prisma.auditEntry.findMany({ where: { entityId: String(order.id), action: 'dispute.decide' } });
      expect(record!.detail).toContain('"outcome":"part"');
    });

    it('an appeal is decided by another admin, for good', async () => {
      const order = await escalated();
      const [first, second] = [await admin(), await admin()];
      await order.decide(first, { outcome: 'none' });
      expect((await order.dispute('seller', 'appeal', { text: 'Why?' })).body.code).toBe('DISPUTE_CHANGED'); // the seller has won
      expect((await order.dispute('buyer', 'appeal', { text: 'Look at the second picture.' })).body).toMatchObject({ status: 'appealed' });
      expect((await order.dispute('buyer', 'appeal', { text: 'And again.' })).body.code).toBe('DISPUTE_CHANGED');
      expect(await order.read(first)).toMatchObject({ mayDecide: false, conflict: 'OWN_DECISION' });
      expect((await order.decide(first, { outcome: 'none' })).body.code).toBe('OWN_DECISION');
      expect((await order.decide(second, { outcome: 'full' })).body).toMatchObject({ status: 'closed', outcome: 'full' });
      expect(await refundedOf(order)).toBe('12.50');
      expect((await order.decide(second, { outcome: 'none' })).body.code).toBe('DISPUTE_CHANGED');
    });

    it('an appeal that is not decided in time leaves the decision; an escalation that is not, refunds the buyer', async () => {
      const [appealed, waiting] = [await escalated(), await escalated()];
      await appealed.decide(await admin(), { outcome: 'none' });
      await appealed.dispute('buyer', 'appeal', { text: 'Look at the second picture.' });
      for (const order of [appealed, waiting]) await order.due();
      await run();
      expect(await appealed.read()).toMatchObject({ status: 'closed', outcome: 'none' });
      expect(await waiting.read()).toMatchObject({ status: 'closed', outcome: 'full' });
    });

    it('no admin decides about a dispute of their own', async () => {
      const order = await escalated(['admin']);
      expect(await order.read()).toMatchObject({ mayDecide: false, conflict: 'OWN_CASE' });
      expect((await order.decide(order.tokens.buyer, { outcome: 'full' })).body.code).toBe('OWN_CASE');
    });

    it('of a refund and an escalation at once, one is carried out', async () => {
      const order = await orderAt('shipped');
      await order.open();
      await order.dispute('seller', 'contest', { text: 'It was sound when I sent it.' });
      await Promise.all([order.dispute('seller', 'refund'), order.dispute('buyer', 'escalate'), order.dispute('buyer', 'withdraw')]);
      const { status, outcome } = await order.read();
      const refunds = await db.database.prisma.refund.count({ where: { orderId: order.id } });
      expect([status, refunds]).toEqual(['closed', outcome === 'full' ? 1 : 0]);
    });
  });

  describe('evidence', () => {
    it('its sides and admins read it, strangers do not; an admin’s look is in the audit log', async () => {
      const order = await orderAt('shipped');
      await order.open();
      const stranger = api.tokenFor(await createPerson(db.database));
      expect((await order.upload(PDF, stranger)).status).toBe(404);
      expect((await order.upload(Buffer.from('<html>'))).status).toBe(415);
      expect((await order.upload(PDF)).status).toBe(201);
      const [file] = (await order.read()).files;
      expect(file).toMatchObject({ by: 'buyer', type: 'application/pdf', bytes: PDF.length });
      const look = (token: string) =>
        fetch(`${api.url}/api/v1/disputes/files/${file!.id}`, { headers: { authorization: `Bearer ${token}` } });
      const answer = await look(order.tokens.seller);
      expect([answer.status, answer.headers.get('content-disposition')]).toEqual([200, `attachment; filename="evidence-${file!.id}.pdf"`]);
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(PDF);
      expect((await look(stranger)).status).toBe(404);
      expect((await look(await admin())).status).toBe(200);
      expect(await db.database.prisma.auditEntry.count({ where: { entityId: String(order.id), action: 'dispute.evidence-viewed' } })).toBe(
        1,
      );
    });

    it('each side adds five files, and none once it is closed; they are deleted 120 days later', async () => {
      const order = await orderAt('shipped');
      await order.open();
      const statuses = [];
      for (let i = 0; i < 6; i++) statuses.push((await order.upload(PDF)).status);
      expect(statuses).toEqual([201, 201, 201, 201, 201, 409]);
      expect((await order.upload(PDF, order.tokens.seller)).status).toBe(201);
      await order.dispute('buyer', 'withdraw');
      expect((await order.upload(PDF, order.tokens.seller)).status).toBe(409);
      await cleanEvidence(system(119 * DAY_MS));
      expect((await order.read()).files).toHaveLength(6);
      expect(await cleanEvidence(system(121 * DAY_MS))).toBeGreaterThanOrEqual(6);
      expect((await order.read()).files).toEqual([]);
    });
  });

  it('a lost dispute leaves the rating, which says that its order was refunded; the buyer may also rate afterwards', async () => {
    const [rated, later] = [await orderAt('completed'), await orderAt('shipped')];
    const rate = ({ id, seller, tokens }: Disputed, rating = 2) =>
      rest().post('/ratings', { sellerId: seller.id, orderId: id, rating, comment: 'It broke.' }, { token: tokens.buyer });
    const shown = async ({ seller, tokens }: Disputed) =>
      (await rest().get(`/ratings/seller/${seller.id}`, { token: tokens.buyer })).body as RatingPage;
    expect((await rate(rated)).body).toMatchObject({ rating: 2, refunded: false });
    await rated.open();
    await rated.dispute('seller', 'refund');
    expect(await shown(rated)).toMatchObject({ summary: { totalRatings: 1 }, items: [{ rating: 2, refunded: true }] });
    expect((await rate(later)).body.code).toBe('NO_COMPLETED_ORDER');
    await later.open();
    expect((await rate(later)).body.code).toBe('NO_COMPLETED_ORDER');
    await later.dispute('seller', 'refund');
    expect((await rate(later)).body).toMatchObject({ rating: 2, refunded: true });
  });

  it('leave a ledger without a difference', async () => {
    const { differences } = await verifyLedger(system());
    expect(differences.filter(({ check }) => check !== 'balance')).toEqual([]);
  });
});

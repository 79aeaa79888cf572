import type { OrderDetail, OrderReturns, OrderView, ReturnMove } from '@assay/contract';
import { endDueOrders, makePayoutsNow, verifyLedger } from '@assay/core';
import { createPerson, createSeller, onEachEngine, proveAddresses, useProduct } from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';
import { payoutsOn } from './lib-payouts.ts';

const DAY_MS = 86_400_000;
const NEVER = new AbortController().signal;
const HOME = { recipientName: 'Ana Silva', line1: 'Rua das Flores 12', postalCode: '4050-262', city: 'Porto', country: 'PT' };
const TEXT = 'It arrived with a crack.';

onEachEngine('returns', (engine) => {
  const product = useProduct(engine);
  const { db, rest, as } = product;
  let on: ReturnType<typeof payoutsOn>;
  beforeAll(() => {
    on = payoutsOn(product);
  });
  const system = (days = 0) => on.system(days * DAY_MS);
  const run = (days: number) => endDueOrders(system(days), NEVER);

  /** An order of three bowls at 12.50, in that state. */
  async function orderThat(state: 'shipped' | 'delivered' | 'completed' = 'completed') {
    const seller = await createSeller(db.database, 'Seller', 5);
    const buyer = await createPerson(db.database);
    for (const { id } of [seller, buyer])
      await db.database.prisma.user.update({ where: { id }, data: { email: `member-${id}@example.test` } });
    await proveAddresses(db.database, [seller, buyer]);
    const { id } = (await rest.post('/orders', { listingId: seller.listingId, quantity: 3 }, as(buyer))).body as OrderView;
    await rest.post(`/orders/${id}/pay`, undefined, as(buyer));
    await rest.post(`/orders/${id}/ship`, { carrier: 'dhl', trackingNumber: '00340' }, as(seller));
    if (state === 'delivered') await rest.post(`/orders/${id}/deliver`, undefined, as(seller));
    if (state === 'completed') await rest.post(`/orders/${id}/complete`, undefined, as(buyer));
    const ask = (quantity = 1, reason = 'damaged', by: { id: number } = buyer) =>
      rest.post(`/orders/${id}/returns`, { reason, text: TEXT, items: [{ listingId: seller.listingId, quantity }] }, as(by));
    const read = async (by: { id: number } = buyer) => (await rest.get(`/orders/${id}/returns`, as(by))).body as OrderReturns;
    const open = async () => (await read()).items.at(-1)!;
    const move = async (by: 'buyer' | 'seller', name: ReturnMove, body: object = {}) =>
      rest.post(`/returns/${(await open()).id}/${name}`, body, as(by === 'buyer' ? buyer : seller));
    const order = async (by: { id: number } = buyer) => (await rest.get(`/orders/${id}`, as(by))).body as OrderDetail;
    const sound = async () =>
      expect((await verifyLedger(system())).differences.filter(({ sellerId }) => sellerId === seller.id)).toEqual([]);
    const stock = async () => (await db.database.prisma.sellerListing.findUnique({ where: { id: seller.listingId } }))!.quantity;
    return { id, seller, buyer, ask, read, open, move, order, sound, stock, balances: () => on.balancesOf(seller.id) };
  }

  it('go from the request to the refund: both sides see each step, and the payment is held meanwhile', async () => {
    const { id, seller, ask, read, move, order, sound, stock, balances } = await orderThat();
    expect(await read()).toMatchObject({ items: [], returnable: [{ title: 'Bowl', quantity: 3 }] });
    expect((await read(seller)).returnable).toEqual([]);
    const asked = await ask(2);
    expect([asked.status, asked.body]).toMatchObject([201, { items: [{ status: 'requested', amount: '25.00', paysShipping: 'seller' }] }]);
    expect(await balances()).toMatchObject({ held: -3750n });
    expect((await balances())['seller_balance']).toBeUndefined();
    await sound(); // held of a completed order, because of the return
    expect((await rest.post(`/orders/${id}/refunds`, { reason: 'other' }, as(seller))).body.code).toBe('ILLEGAL_MOVE');
    expect(await order(seller)).toMatchObject({ refundable: null, release: { at: null, dueAt: null } });
    expect((await move('seller', 'accept')).body.code).toBe('VALIDATION_FAILED'); // where to?
    const addressId = (await rest.post('/addresses', HOME, as(seller))).body.id as number;
    expect((await move('seller', 'accept', { addressId })).body).toMatchObject({ items: [{ status: 'accepted', address: HOME }] });
    expect((await move('buyer', 'send', { carrier: 'dhl', trackingNumber: '1234567890' })).body).toMatchObject({
      items: [{ status: 'sent', carrier: 'dhl', trackingNumber: '1234567890', moves: [] }],
    });
    expect(await stock()).toBe(2);
    expect((await move('seller', 'receive', { restock: true })).body).toMatchObject({ items: [{ status: 'refunded', amount: '25.00' }] });
    expect(await stock()).toBe(4);
    expect((await order()).refunds).toMatchObject([{ amount: '25.00', reason: 'returned', status: 'done' }]);
    expect(await balances()).toEqual({ clearing: 1250n, seller_balance: -1250n });
    await sound();
    const { items, returnable } = await read();
    expect(items[0]!.events.map(({ action, by }) => `${by} ${action}`)).toEqual([
      'buyer request',
      'seller accept',
      'buyer send',
      'seller receive',
    ]);
    expect(returnable).toMatchObject([{ quantity: 1 }]);
    const mails = await db.database.prisma.emailMessage.findMany({ where: { kind: 'return', userId: { in: [seller.id] } } });
    expect(mails).toHaveLength(2);
    expect((await ask(2)).status).toBe(400); // one is left
    expect((await ask(1, 'changed-mind')).body).toMatchObject({ items: [{}, { amount: '12.50', paysShipping: 'buyer' }] });
  });

  it('that the seller declines are closed in time, or become a dispute where the buyer wants it', async () => {
    const [one, two] = [await orderThat(), await orderThat()];
    for (const { ask, move } of [one, two]) {
      await ask();
      expect((await move('seller', 'decline')).body.code).toBe('VALIDATION_FAILED'); // why?
      expect((await move('seller', 'decline', { text: 'It was sound.' })).body).toMatchObject({ items: [{ status: 'declined' }] });
    }
    expect((await one.move('buyer', 'escalate')).body).toMatchObject({ items: [{ status: 'escalated', dueAt: null }] });
    expect(await one.order()).toMatchObject({ status: 'disputed' });
    expect((await rest.get(`/orders/${one.id}/dispute`, as(one.buyer))).body).toMatchObject({ status: 'opened', reason: 'damaged' });
    expect(await one.balances()).toMatchObject({ held: -3750n });
    expect(await run(7.01)).toMatchObject({ failed: [] });
    expect(await two.open()).toMatchObject({ status: 'closed' });
    expect(await two.balances()).toMatchObject({ seller_balance: -3750n });
    for (const { sound } of [one, two]) await sound();
  });

  it.each([
    ['requested', 7, 'escalated', 'disputed'],
    ['accepted', 14, 'closed', 'completed'],
    ['declined', 7, 'closed', 'completed'],
    ['sent', 21, 'refunded', 'completed'],
  ] as const)('that stay %s for %d days are %s by themselves', async (state, days, becomes, status) => {
    const { ask, move, open, order, sound, seller } = await orderThat();
    await ask(3);
    if (state === 'declined') await move('seller', 'decline', { text: 'No.' });
    if (state === 'accepted' || state === 'sent') await move('seller', 'accept', { address: HOME });
    if (state === 'sent') await move('buyer', 'send');
    expect(await open()).toMatchObject({ status: state, dueTo: becomes });
    await run(days - 0.01);
    expect((await open()).status).toBe(state);
    const runs = await Promise.all([run(days + 0.01), run(days + 0.01)]);
    expect(runs.map(({ failed }) => failed)).toEqual([[], []]);
    expect(await open()).toMatchObject({ status: becomes, dueAt: null });
    expect((await open()).events.at(-1)).toMatchObject({ action: 'expire', by: 'system' });
    expect((await order()).status).toBe(status);
    expect(await db.database.prisma.refund.count({ where: { order: { sellerId: seller.id } } })).toBe(becomes === 'refunded' ? 1 : 0);
    await sound();
  });

  it('hold the payment of a delivered order, also where it is completed or released by time meanwhile', async () => {
    const { id, seller, buyer, ask, move, order, sound, balances } = await orderThat('delivered');
    await on.setDetails(seller.id);
    await ask();
    await run(7.01 - 0.02); // nothing of the return is due yet
    await db.database.prisma.return.updateMany({ where: { orderId: id }, data: { dueAt: new Date(Date.now() + 90 * DAY_MS) } });
    await run(8);
    expect(await balances()).toMatchObject({ held: -3750n });
    expect((await rest.post(`/orders/${id}/complete`, undefined, as(buyer))).status).toBe(200);
    expect(await balances()).toMatchObject({ held: -3750n });
    expect(await makePayoutsNow(system(60), { sellerId: seller.id })).toBe(0);
    await move('buyer', 'withdraw');
    expect(await balances()).toMatchObject({ seller_balance: -3750n });
    expect((await order(seller)).release!.at).not.toBeNull();
    await sound();
  });

  it('and disputes exclude each other: a dispute wins', async () => {
    const { id, seller, buyer, ask, open, sound, balances } = await orderThat();
    await ask();
    expect((await ask()).body).toMatchObject({ code: 'ILLEGAL_MOVE' });
    expect((await rest.post(`/orders/${id}/dispute`, { reason: 'damaged', text: TEXT }, as(buyer))).status).toBe(201);
    expect(await open()).toMatchObject({ status: 'escalated', moves: [] });
    expect(await balances()).toMatchObject({ held: -3750n });
    expect((await ask()).body).toMatchObject({ code: 'ILLEGAL_MOVE' });
    expect((await rest.post(`/orders/${id}/dispute/refund`, {}, as(seller))).status).toBe(200);
    expect((await ask()).body).toMatchObject({ code: 'ILLEGAL_MOVE' });
    expect((await balances())['seller_balance']).toBeUndefined();
    await sound();
  });

  it('are refused too early, too late, and to others; steps to the other side', async () => {
    const early = await orderThat('shipped');
    expect((await early.ask()).body).toMatchObject({ code: 'ILLEGAL_MOVE' });
    const { id, seller, ask, move, open } = await orderThat();
    expect((await ask(1, 'damaged', seller)).status).toBe(403);
    expect((await ask(1, 'damaged', await createPerson(db.database))).status).toBe(404);
    expect((await ask(4)).status).toBe(400);
    await db.database.prisma.order.updateMany({ where: { id }, data: { completedAt: new Date(Date.now() - 14 * DAY_MS) } });
    expect((await ask()).body).toMatchObject({ code: 'ILLEGAL_MOVE' });
    await db.database.prisma.order.updateMany({ where: { id }, data: { completedAt: new Date() } });
    await ask();
    expect((await move('buyer', 'accept', { address: HOME })).status).toBe(403);
    expect((await move('seller', 'receive')).body.code).toBe('RETURN_CHANGED');
    const stranger = await createPerson(db.database);
    expect((await rest.post(`/returns/${(await open()).id}/withdraw`, {}, as(stranger))).body.code).toBe('RETURN_NOT_FOUND');
    expect((await rest.get(`/orders/${id}/returns`, as(stranger))).status).toBe(404);
  });

  it('of many presses and deadlines at once, each step is taken once and refunds once', async () => {
    const { seller, ask, move, open, sound } = await orderThat();
    const asked = await Promise.all([ask(2), ask(2), ask(2)]);
    expect(asked.filter(({ status }) => status === 201)).toHaveLength(1);
    await move('seller', 'accept', { address: HOME });
    await move('buyer', 'send');
    const ends = await Promise.all([move('seller', 'receive'), move('seller', 'receive'), run(21.01), run(21.01)]);
    expect(ends.length).toBe(4);
    expect(await open()).toMatchObject({ status: 'refunded', amount: '25.00' });
    const refunds = await db.database.prisma.refund.findMany({ where: { order: { sellerId: seller.id } } });
    expect(refunds.map(({ amountE8 }) => amountE8)).toEqual([2_500_000_000n]);
    await sound();
  });

  it('are in the export of both sides, and keep their accounts from being deleted', async () => {
    const { ask, seller, buyer } = await orderThat();
    await ask();
    for (const { id } of [seller, buyer])
      expect((await system().repos.privacy.obstacles(id)).map(({ obstacle }) => obstacle)).toContain(
        id === seller.id ? 'open-sales' : 'open-purchases',
      );
    const { rows } = (await system().repos.privacy.exportPage('returns', buyer.id, null, 10)) as unknown as { rows: unknown[] };
    expect(rows).toMatchObject([{ reason: 'damaged', items: [{ quantity: 1 }], events: [{ action: 'request', text: TEXT }] }]);
    while ((await system().repos.privacy.erase('returns', buyer.id, 1, new Date())) > 0);
    expect(await db.database.prisma.returnEvent.count({ where: { actorId: buyer.id, text: { not: null } } })).toBe(0);
  });
});

import type { AdminOrder, FoundOrders, OrderView } from '@assay/contract';
import { verifyLedger } from '@assay/core';
import { createPerson, createSeller, onEachEngine, proveAddresses, useProduct } from '@assay/testing';
import { expect, it } from 'vitest';

const WHY = 'The carrier lost it, and the seller does not answer.';

onEachEngine('orders of admins', (engine) => {
  const { db, rest, as, api } = useProduct(engine);
  const admin = () => createPerson(db.database, ['admin']);

  /** A completed order of two bowls at 12.50; both sides have confirmed addresses. */
  async function completed(roles?: Parameters<typeof createPerson>[1]) {
    const seller = await createSeller(db.database, 'Seller', 5);
    const buyer = await createPerson(db.database, roles);
    for (const { id } of [seller, buyer])
      await db.database.prisma.user.update({ where: { id }, data: { email: `member-${id}@example.test` } });
    await proveAddresses(db.database, [seller, buyer]);
    const { id } = (await rest.post('/orders', { listingId: seller.listingId, quantity: 2 }, as(buyer))).body as OrderView;
    await rest.post(`/orders/${id}/pay`, undefined, as(buyer));
    await rest.post(`/orders/${id}/ship`, { carrier: 'dhl', trackingNumber: '00340' }, as(seller));
    await rest.post(`/orders/${id}/complete`, undefined, as(buyer));
    const refund = (body: object, by: { id: number }) => rest.post(`/orders/${id}/refunds`, { reason: 'not-received', ...body }, as(by));
    const read = async (by: { id: number }) => (await rest.get(`/admin/orders/${id}`, as(by))).body as AdminOrder;
    return { id, seller, buyer, refund, read };
  }
  const auditOf = (orderId: number, action: string) =>
    db.database.prisma.auditEntry.findMany({ where: { entity: 'order', entityId: String(orderId), action } });

  it('are found by number, and by the address of either side, newest first', async () => {
    const { id, seller, buyer } = await completed();
    const later = (await rest.post('/orders', { listingId: seller.listingId }, as(buyer))).body as OrderView;
    const by = await admin();
    const found = async (q: string, more = '') => {
      const { body } = await rest.get(`/admin/orders?q=${encodeURIComponent(q)}${more}`, as(by));
      return body as FoundOrders;
    };
    expect(await found(String(id))).toMatchObject({
      items: [{ id, title: 'Bowl', total: '25.00', status: 'completed' }],
      nextCursor: null,
    });
    expect((await found(`#${id}`)).items.map((order) => order.id)).toEqual([id]);
    for (const of of [seller, buyer])
      expect((await found(` Member-${of.id}@example.test `)).items.map((order) => order.id)).toEqual([later.id, id]);
    const first = await found(`member-${buyer.id}@example.test`, '&limit=1');
    expect(first.items.map((order) => order.id)).toEqual([later.id]);
    const second = await found(`member-${buyer.id}@example.test`, `&limit=1&cursor=${first.nextCursor}`);
    expect([second.items.map((order) => order.id), second.nextCursor]).toEqual([[id], null]);
    for (const none of ['999999999', 'unknown@example.test', 'Bowl', '0'])
      expect(await found(none), none).toEqual({ items: [], nextCursor: null });
  });

  it('are read with their money and history by admins alone, and each look is in the audit log', async () => {
    const { id, seller, buyer, read } = await completed();
    const by = await admin();
    const order = await read(by);
    expect(order).toMatchObject({
      id,
      status: 'completed',
      total: '25.00',
      moves: [],
      own: false,
      refundable: '25.00',
      refunds: [],
      chargebacks: [],
      dispute: null,
      returns: [],
      charge: { provider: 'test', amount: '25.00', status: 'captured', orderIds: [id] },
    });
    expect(order.release?.at).not.toBeNull();
    expect(order.events.map(({ to, by: who }) => `${who} ${to}`)).toEqual(
      expect.arrayContaining(['buyer placed', 'seller shipped', 'buyer completed']),
    );
    expect(order.ledger.map(({ cause }) => cause)).toEqual([`payment:${id}:release`, `payment:${id}`]);
    expect(order.audit[0]).toMatchObject({ action: 'order.viewed', entity: 'order', entityId: String(id) });
    expect(order.audit.every((entry) => entry.entity === 'order' && entry.entityId === String(id))).toBe(true);
    const ops = await createPerson(db.database, ['ops']);
    for (const other of [seller, buyer, ops, await createPerson(db.database)]) {
      expect((await rest.get(`/admin/orders/${id}`, as(other))).status).toBe(403);
      expect((await rest.get(`/admin/orders?q=${id}`, as(other))).status).toBe(403);
    }
    expect((await rest.get(`/admin/orders/${id}`)).status).toBe(401);
    expect((await rest.get('/admin/orders/999999999', as(by))).body.code).toBe('ORDER_NOT_FOUND');
    expect(await auditOf(id, 'order.viewed')).toMatchObject([{ actorId: by.id }]);
  });

  it('are refunded with a note for the audit log; the seller hears of it', async () => {
    const { id, seller, refund, read } = await completed();
    const by = await admin();
    const refused = await refund({ amount: '5.00' }, by);
    expect([refused.status, refused.body]).toMatchObject([400, { errors: [{ field: 'auditNote' }] }]);
    expect((await refund({ amount: '5.00', auditNote: WHY }, by)).body).toMatchObject({ amount: '5.00', status: 'done' });
    expect(await read(by)).toMatchObject({ refunded: '5.00', refundable: '20.00', refunds: [{ amount: '5.00', reason: 'not-received' }] });
    const [begun] = await auditOf(id, 'refund.begun');
    expect([begun!.actorId, JSON.parse(begun!.detail!)]).toMatchObject([by.id, { note: WHY, amountE8: '500000000' }]);
    const letters = await db.database.prisma.emailMessage.findMany({ where: { userId: seller.id, kind: 'order-refunded' } });
    expect(letters.map(({ subject }) => subject)).toEqual([`We refunded 5.00 EUR of order ${id}`]);
    // A seller refunds without a note; what it says is of no use then.
    expect((await refund({ amount: '1.00', auditNote: WHY }, seller)).status).toBe(201);
    const all = await auditOf(id, 'refund.begun');
    expect(all.map(({ detail }) => detail!.includes(WHY))).toEqual([true, false]);
    const { differences } = await verifyLedger(api.container.context({ kind: 'system', name: 'test' }, 'test'));
    expect(differences.filter(({ orderId }) => orderId === id)).toEqual([]);
  });

  it('are not refunded by an admin who is a side; one who reads them is shown that', async () => {
    const { id, buyer, refund, read } = await completed(['buyer', 'admin']);
    expect(await read(buyer)).toMatchObject({ own: true, refundable: null });
    expect((await refund({ auditNote: WHY }, buyer)).body.code).toBe('FORBIDDEN');
    expect(await db.database.prisma.refund.count({ where: { orderId: id } })).toBe(0);
  });

  it('with a return or a dispute show it, and are not refunded apart from it', async () => {
    const { id, buyer, seller, refund, read } = await completed();
    const text = 'It arrived with a crack.';
    const items = [{ listingId: seller.listingId, quantity: 1 }];
    expect((await rest.post(`/orders/${id}/returns`, { reason: 'damaged', text, items }, as(buyer))).status).toBe(201);
    const by = await admin();
    expect(await read(by)).toMatchObject({ refundable: null, returns: [{ status: 'requested', moves: [], events: [{ text }] }] });
    expect((await refund({ auditNote: WHY }, by)).body.code).toBe('ILLEGAL_MOVE');
    await rest.post(`/orders/${id}/dispute`, { reason: 'damaged', text }, as(buyer));
    expect(await read(by)).toMatchObject({ refundable: null, dispute: { status: 'opened' }, returns: [{ status: 'escalated' }] });
    expect((await refund({ auditNote: WHY }, by)).body.code).toBe('ILLEGAL_MOVE');
  });
});

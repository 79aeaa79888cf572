import type { CancelItemsInput, OrderDetail, OrderGroupView, QuoteView } from '@assay/contract';
import { endDueOrders, verifyLedger } from '@assay/core';
import { createPerson, createSeller, onEachEngine, useProduct } from '@assay/testing';
import { expect, it } from 'vitest';

const SHIPPING = { shipsFrom: 'PT', handlingDays: { min: 1, max: 2 }, price: '6.50', destinations: ['PT'], pickup: false };
const PORTO = { recipientName: 'Ana Silva', line1: 'Rua das Flores 12', postalCode: '4050-262', city: 'Porto', country: 'PT' };
const OUT = 'out-of-stock';

onEachEngine('cancelling items of an order', (engine) => {
  const { db, api, rest, as } = useProduct(engine);
  const system = () => api.container.context({ kind: 'system', name: 'test' }, 'test');

  /** A paid order of three bowls at 12.50 and a cup at 20.00, with shipping for 6.50: 64.00. Five bowls and one cup were for sale. */
  async function paidOrder() {
    const seller = await createSeller(db.database, 'Seller', 5);
    const buyer = await createPerson(db.database);
    const cup = { title: 'Cup', price: '20.00', currency: 'EUR', quantity: 1, publish: true };
    const other = (await rest.post('/listings', cup, as(seller))).body.id as number;
    const bowl = seller.listingId;
    const listings = { where: { sellerId: seller.id } };
    await db.database.prisma.sellerListing.updateMany({ ...listings, data: { shippingInfo: JSON.stringify(SHIPPING) } });
    const addressId = (await rest.post('/addresses', PORTO, as(buyer))).body.id as number;
    const items = [
      { listingId: bowl, quantity: 3 },
      { listingId: other, quantity: 1 },
    ];
    const { version } = (await rest.post('/checkout/quote', { items, addressId }, as(buyer))).body as QuoteView;
    const group = (await rest.post('/checkout', { items, addressId, version }, as(buyer))).body as OrderGroupView;
    const { id } = group.orders[0]!;
    expect((await rest.post(`/orders/${id}/pay`, undefined, as(buyer))).status).toBe(200);
    const stock = async () => {
      const rows = await db.database.prisma.sellerListing.findMany({ ...listings, orderBy: { id: 'asc' } });
      return rows.map(({ quantity, status }) => [quantity, status]);
    };
    const cancel = (by: { id: number }, body: Partial<CancelItemsInput>, key?: string) =>
      rest.post(`/orders/${id}/items/cancel`, body, { ...as(by), ...(key ? { headers: { 'Idempotency-Key': key } } : {}) });
    const sound = async () =>
      expect((await verifyLedger(system())).differences.filter(({ sellerId }) => sellerId === seller.id)).toEqual([]);
    const refunds = async () =>
      (await db.database.prisma.refund.findMany({ where: { orderId: id }, orderBy: { id: 'asc' } })).map(
        ({ amountE8 }) => amountE8 / 1_000_000n,
      );
    const read = async (by: { id: number }) => (await rest.get(`/orders/${id}`, as(by))).body as OrderDetail;
    return { id, seller, buyer, bowl, cup: other, cancel, stock, sound, refunds, read };
  }

  it('refunds their price and puts them back in stock; both sides see which, by whom and why', async () => {
    const { seller, buyer, bowl, cup, cancel, stock, sound, refunds, read } = await paidOrder();
    expect(await stock()).toEqual([
      [2, 'active'],
      [0, 'sold'],
    ]);
    const done = await cancel(seller, {
      reason: OUT,
      items: [
        { listingId: bowl, quantity: 1 },
        { listingId: cup, quantity: 1, of: 1 },
      ],
    });
    expect(done.status).toBe(200);
    expect(done.body).toMatchObject({
      status: 'paid',
      total: '64.00',
      items: [
        { quantity: 3, cancelled: 1 },
        { quantity: 1, cancelled: 1 },
      ],
    });
    expect(await refunds()).toEqual([3250n]);
    expect(await stock()).toEqual([
      [3, 'active'],
      [1, 'active'],
    ]);
    expect(await read(buyer)).toMatchObject({
      refunds: [{ amount: '32.50', reason: 'cancelled' }],
      cancelledItems: [
        { listingId: bowl, title: 'Bowl', quantity: 1, by: 'seller', reason: OUT },
        { listingId: cup, title: 'Cup', quantity: 1, by: 'seller', reason: OUT },
      ],
    });
    // The rest goes on, and the seller gets what is left of it.
    expect((await rest.post(`/orders/${done.body.id}/ship`, undefined, as(seller))).status).toBe(200);
    expect((await rest.post(`/orders/${done.body.id}/complete`, undefined, as(buyer))).status).toBe(200);
    expect((await rest.get('/balance', as(seller))).body).toMatchObject({ items: [{ pending: '31.50', held: '0.00' }] });
    await sound();
  });

  it('the last of them cancels the order, with its shipping', async () => {
    const { buyer, bowl, cup, cancel, stock, sound, refunds, read } = await paidOrder();
    await cancel(buyer, { reason: 'changed-mind', items: [{ listingId: bowl, quantity: 2 }] });
    const last = await cancel(buyer, {
      reason: 'other',
      items: [
        { listingId: bowl, quantity: 1 },
        { listingId: cup, quantity: 1 },
      ],
    });
    expect(last.body).toMatchObject({ status: 'cancelled', items: [{ cancelled: 3 }, { cancelled: 1 }] });
    expect(await refunds()).toEqual([2500n, 3900n]);
    expect(await stock()).toEqual([
      [5, 'active'],
      [1, 'active'],
    ]);
    expect((await read(buyer)).events.at(-1)).toMatchObject({ to: 'cancelled', by: 'buyer', reason: 'other' });
    await sound();
  });

  it('an order that is cancelled as a whole afterwards, also by its deadline, returns the rest', async () => {
    const [one, two] = [await paidOrder(), await paidOrder()];
    for (const { seller, bowl, cancel } of [one, two]) await cancel(seller, { reason: OUT, items: [{ listingId: bowl, quantity: 2 }] });
    await rest.post(`/orders/${one.id}/cancel`, { reason: 'changed-mind' }, as(one.buyer));
    await db.database.prisma.order.updateMany({ where: { id: two.id }, data: { dueAt: new Date(0) } });
    await endDueOrders(system(), new AbortController().signal);
    for (const { stock, refunds, sound, read, buyer } of [one, two]) {
      expect((await read(buyer)).status).toBe('cancelled');
      expect(await stock()).toEqual([
        [5, 'active'],
        [1, 'active'],
      ]);
      expect(await refunds()).toEqual([2500n, 3900n]);
      await sound();
    }
  });

  it('happens once for two presses, and not where the other side or a press before has changed what is left', async () => {
    const { seller, buyer, bowl, cancel, refunds } = await paidOrder();
    const body = { reason: OUT, items: [{ listingId: bowl, quantity: 1, of: 3 }] } as const;
    const key = crypto.randomUUID();
    const twice = await Promise.all([
      cancel(seller, { ...body, items: [...body.items] }, key),
      cancel(seller, { ...body, items: [...body.items] }, key),
    ]);
    expect(twice.map(({ status }) => status).filter((status) => status === 200).length).toBeGreaterThan(0);
    const stale = await cancel(buyer, { reason: 'other', items: [{ listingId: bowl, quantity: 1, of: 3 }] });
    expect([stale.status, stale.body.code]).toEqual([409, 'EDIT_CONFLICT']);
    expect(await refunds()).toEqual([1250n]);
  });

  it('and shipping exclude each other: of all at once, the order is shipped with what is left, or cancelled', async () => {
    for (let i = 0; i < 3; i++) {
      const { id, seller, buyer, bowl, cup, cancel, refunds, sound, read } = await paidOrder();
      const all = [
        { listingId: bowl, quantity: 3 },
        { listingId: cup, quantity: 1 },
      ];
      const [shipped, whole, ...parts] = await Promise.all([
        rest.post(`/orders/${id}/ship`, undefined, as(seller)),
        cancel(buyer, { reason: 'other', items: all }),
        ...[1, 1, 1].map((quantity) => cancel(seller, { reason: OUT, items: [{ listingId: bowl, quantity }] })),
      ]);
      const { status, items } = await read(buyer);
      expect(status).toBe(shipped.status === 200 ? 'shipped' : whole.status === 200 ? 'cancelled' : 'paid');
      const cancelled = items.map((item) => item.cancelled);
      const inParts = parts.filter((part) => part.status === 200).length;
      expect(cancelled).toEqual(status === 'cancelled' ? [3, 1] : [inParts, 0]);
      const refunded = (await refunds()).reduce((sum, amount) => sum + amount, 0n);
      expect(refunded).toBe(status === 'cancelled' ? 6400n : 1250n * BigInt(inParts));
      await sound();
    }
  });

  it.each([
    ['a stranger', 'stranger', { reason: OUT, items: [{ quantity: 1 }] }, 404],
    ['more than are left', 'seller', { reason: OUT, items: [{ quantity: 4 }] }, 400],
    ['a reason of the other side', 'buyer', { reason: OUT, items: [{ quantity: 1 }] }, 400],
    ['a reason of deadlines', 'seller', { reason: 'not-paid', items: [{ quantity: 1 }] }, 400],
    ['no items', 'seller', { reason: OUT, items: [] }, 400],
    ['one item twice', 'seller', { reason: OUT, items: [{ quantity: 1 }, { quantity: 1 }] }, 400],
    ['a listing that is not in it', 'seller', { reason: OUT, items: [{ quantity: 1, listingId: 999_999 }] }, 400],
  ] as const)('is refused to %s', async (_what, who, { reason, items }, status) => {
    const order = await paidOrder();
    const by = who === 'stranger' ? await createPerson(db.database) : order[who];
    const named = items.map((item) => ({ listingId: order.bowl, ...item }));
    expect((await order.cancel(by, { reason, items: named })).status).toBe(status);
    expect(await order.refunds()).toEqual([]);
  });

  it('is refused before the payment, after the shipment, and where the order was refunded in large part', async () => {
    const { id, seller, buyer, bowl, cup, cancel, refunds } = await paidOrder();
    const items = [{ listingId: cup, quantity: 1 }];
    expect((await rest.post(`/orders/${id}/refunds`, { amount: '50.00', reason: 'other' }, as(seller))).status).toBe(201);
    expect((await cancel(seller, { reason: OUT, items })).body).toMatchObject({ code: 'ILLEGAL_MOVE' });
    expect((await cancel(seller, { reason: OUT, items: [{ listingId: bowl, quantity: 1 }] })).status).toBe(200);
    expect(await refunds()).toEqual([5000n, 1250n]);
    await rest.post(`/orders/${id}/ship`, undefined, as(seller));
    expect((await cancel(seller, { reason: OUT, items })).body).toMatchObject({ code: 'ILLEGAL_MOVE' });
    const unpaid = (await rest.post('/orders', { listingId: bowl }, as(buyer))).body as OrderDetail;
    const early = await rest.post(
      `/orders/${unpaid.id}/items/cancel`,
      { reason: 'other', items: [{ listingId: bowl, quantity: 1 }] },
      as(buyer),
    );
    expect(early.body).toMatchObject({ code: 'ILLEGAL_MOVE' });
  });
});

import type { OrderGroupView, QuoteInput, QuoteView, ShippingInfo } from '@assay/contract';
import { createPerson, createSeller, onEachEngine, useProduct, type Seller } from '@assay/testing';
import { describe, expect, it } from 'vitest';

const PORTO = { recipientName: 'Ana Silva', line1: 'Rua das Flores 12', postalCode: '4050-262', city: 'Porto', country: 'PT' };
const SENT: ShippingInfo = { shipsFrom: 'PT', handlingDays: { min: 1, max: 2 }, price: '6.50', destinations: ['PT'], pickup: true };

onEachEngine('checkout', (engine) => {
  const { db, rest, as } = useProduct(engine);

  const set = (listingId: number, data: object) => db.database.prisma.sellerListing.update({ where: { id: listingId }, data });
  const ships = (listingId: number, info: Partial<ShippingInfo> = {}) =>
    set(listingId, { shippingInfo: JSON.stringify({ ...SENT, ...info }) });
  /** Another listing of a seller, like their first one. */
  async function anotherListing(seller: Seller, price = '20.00') {
    const { body } = await rest.post('/listings', { title: 'Cup', price, currency: 'EUR', quantity: 5, publish: true }, as(seller));
    return body.id as number;
  }
  async function buyer() {
    const person = await createPerson(db.database);
    const me = as(person);
    const { body } = await rest.post('/addresses', PORTO, me);
    return {
      me,
      id: person.id,
      addressId: body.id as number,
      put: (listingId: number, quantity = 1) => rest.put(`/basket/${listingId}`, { quantity }, me),
      basket: async () => (await rest.get('/basket', me)).body,
      quote: async (input: Partial<QuoteInput>) => (await rest.post('/checkout/quote', input, me)).body as QuoteView,
      order: (input: object) => rest.post('/checkout', input, me),
    };
  }

  describe('the basket', () => {
    it('keeps listings of several sellers by currency and seller, with their quantities', async () => {
      const [one, two] = [await createSeller(db.database, 'One'), await createSeller(db.database, 'Two')];
      await set(two.listingId, { currency: 'USD' });
      const { put, basket, me } = await buyer();
      expect((await put(one.listingId, 2)).status).toBe(200);
      await put(await anotherListing(one));
      await put(two.listingId);
      expect(await basket()).toMatchObject({
        count: 4,
        currencies: [
          { currency: 'EUR', subtotal: '45.00', ready: true, sellers: [{ sellerId: one.id, items: [{ quantity: 2 }, { title: 'Cup' }] }] },
          { currency: 'USD', sellers: [{ sellerId: two.id }] },
        ],
      });
      expect((await rest.get('/basket/count', me)).body).toEqual({ count: 4 });
      await rest.delete(`/basket/${one.listingId}`, me);
      await put(two.listingId, 3);
      expect((await basket()).count).toBe(4);
    });

    it('says what changed since the listing was put into it', async () => {
      const seller = await createSeller(db.database);
      const { put, basket } = await buyer();
      await put(seller.listingId, 3);
      const item = async () => (await basket()).currencies[0].sellers[0].items[0];
      await set(seller.listingId, { priceE8: 1_500_000_000n });
      expect(await item()).toMatchObject({ unitPrice: '15.00', previousPrice: '12.50 EUR', problem: null });
      await set(seller.listingId, { quantity: 3, reserved: 1 });
      expect(await item()).toMatchObject({ problem: 'fewer-left', available: 2 });
      await set(seller.listingId, { reserved: 3 });
      expect(await item()).toMatchObject({ problem: 'reserved' });
      await set(seller.listingId, { reserved: 0, status: 'paused' });
      expect(await item()).toMatchObject({ problem: 'not-for-sale' });
      expect((await basket()).currencies[0]).toMatchObject({ ready: false, subtotal: '0.00' });
    });

    it('refuses what cannot be ordered, and more than it holds', async () => {
      const seller = await createSeller(db.database, 'Seller', 2);
      const { put, id } = await buyer();
      expect((await put(seller.listingId, 3)).body).toMatchObject({ code: 'OUT_OF_STOCK', detail: 'Only 2 are left.' });
      expect((await put(999_999_999)).body.code).toBe('LISTING_NOT_FOUND');
      expect((await rest.put(`/basket/${seller.listingId}`, { quantity: 1 }, as(seller))).body.code).toBe('OWN_LISTING');
      const others = await Promise.all(Array.from({ length: 50 }, () => createSeller(db.database)));
      await db.database.prisma.basketItem.createMany({
        data: others.map(({ listingId }) => ({ userId: id, listingId, quantity: 1, priceE8: 1n, currency: 'EUR', addedAt: new Date() })),
      });
      expect((await put(seller.listingId)).body.code).toBe('BASKET_FULL');
      expect((await rest.get('/basket')).status).toBe(401);
    });
  });

  describe('the address book', () => {
    it('keeps, changes and deletes addresses of its owner alone', async () => {
      const [mine, other] = [await buyer(), await buyer()];
      const changed = await rest.put(`/addresses/${mine.addressId}`, { ...PORTO, city: 'Braga' }, mine.me);
      expect([changed.status, changed.body.city]).toEqual([200, 'Braga']);
      for (const answer of [
        await rest.put(`/addresses/${mine.addressId}`, PORTO, other.me),
        await rest.delete(`/addresses/${mine.addressId}`, other.me),
      ])
        expect(answer.body.code).toBe('ADDRESS_NOT_FOUND');
      expect((await rest.get('/addresses', mine.me)).body.items).toMatchObject([{ id: mine.addressId, city: 'Braga' }]);
      expect((await rest.delete(`/addresses/${mine.addressId}`, mine.me)).status).toBe(204);
      expect((await rest.get('/addresses', mine.me)).body.items).toEqual([]);
    });

    it.each([
      ['a postal code of another country', { postalCode: '10115' }, 'postalCode'],
      ['no postal code', { postalCode: null }, 'postalCode'],
      ['no state in the United States', { country: 'US', postalCode: '94103' }, 'region'],
      ['no street', { line1: ' ' }, 'line1'],
      ['an unknown country', { country: 'XX' }, 'country'],
    ])('refuses %s', async (_, change, field) => {
      const { me } = await buyer();
      const { status, body } = await rest.post('/addresses', { ...PORTO, ...change }, me);
      expect([status, body.errors?.[0]?.field]).toEqual([400, field]);
    });
  });

  it('makes an order of each seller under one group, for the shipping prices of their listings', async () => {
    const [one, two] = [await createSeller(db.database, 'One'), await createSeller(db.database, 'Two')];
    const cup = await anotherListing(one);
    await ships(one.listingId);
    await ships(cup, { price: '4.00' });
    await ships(two.listingId, { destinations: 'worldwide', price: '9.00' });
    await set(two.listingId, { escrowEnabled: true });
    const { me, addressId, put, basket, quote, order } = await buyer();
    for (const [id, quantity] of [
      [one.listingId, 2],
      [cup, 1],
      [two.listingId, 1],
    ] as const)
      await put(id, quantity);
    const items = [
      { listingId: one.listingId, quantity: 2 },
      { listingId: cup, quantity: 1 },
      { listingId: two.listingId, quantity: 1 },
    ];
    const choices = [{ sellerId: one.id, note: 'Please wrap it.' }];
    const quoted = await quote({ items, addressId, choices });
    // One parcel of a seller costs the highest price of it: 6.50, not 2 × 6.50 + 4.00.
    expect(quoted).toMatchObject({ price: '57.50', shipping: '15.50', total: '73.00', ready: true, testPayment: true });
    const placed = await order({ items, addressId, choices, version: quoted.version });
    expect(placed.status).toBe(201);
    expect(placed.body as OrderGroupView).toMatchObject({
      total: '73.00',
      address: { city: 'Porto', line1: 'Rua das Flores 12' },
      orders: [
        {
          sellerId: one.id,
          price: '45.00',
          shipping: '6.50',
          total: '51.50',
          note: 'Please wrap it.',
          delivery: 'ship',
          escrowEnabled: false,
        },
        { sellerId: two.id, total: '21.50', note: null, escrowEnabled: true },
      ],
    });
    expect((await basket()).count).toBe(0);
    const { id, orders } = placed.body as OrderGroupView;
    expect((await rest.get(`/checkout/${id}`, me)).body.total).toBe('73.00');
    expect((await rest.get(`/checkout/${id}`, as(one))).body.code).toBe('ORDER_NOT_FOUND');
    // A seller sees the address once the order is paid.
    const seen = async () => (await rest.get(`/orders/${orders[0]!.id}`, as(one))).body.address;
    expect(await seen()).toBeNull();
    expect((await rest.post(`/orders/${orders[0]!.id}/pay`, undefined, me)).body.status).toBe('paid');
    expect(await seen()).toMatchObject({ recipientName: 'Ana Silva', city: 'Porto' });
    const payment = await db.database.prisma.payment.findUnique({ where: { orderId: orders[0]!.id } });
    expect(payment!.amountE8).toBe(5_150_000_000n);
  });

  it('orders nothing when a price changed since the buyer looked, and says what changed', async () => {
    const [one, two] = [await createSeller(db.database, 'One'), await createSeller(db.database, 'Two')];
    for (const { listingId } of [one, two]) await ships(listingId);
    const { addressId, quote, order, id } = await buyer();
    const items = [one, two].map(({ listingId }) => ({ listingId, quantity: 1 }));
    const { version } = await quote({ items, addressId });
    await set(two.listingId, { priceE8: 1_400_000_000n });
    await ships(one.listingId, { price: '7.00' });
    const refused = await order({ items, addressId, version });
    expect([refused.status, refused.body.code]).toEqual([409, 'EDIT_CONFLICT']);
    expect(refused.body.detail).toContain('“Bowl” was 1 × 12.50 and is now 1 × 14.00.');
    expect(refused.body.detail).toMatch(/Shipping from One.* was 6\.50 and is now 7\.00\./);
    expect(await db.database.prisma.order.count({ where: { buyerId: id } })).toBe(0);
    expect(
      await db.database.prisma.sellerListing.count({ where: { id: { in: [one.listingId, two.listingId] }, reserved: { gt: 0 } } }),
    ).toBe(0);
    const again = await quote({ items, addressId });
    expect((await order({ items, addressId, version: again.version })).status).toBe(201);
  });

  it('offers pickup, and ships only where its seller does', async () => {
    const seller = await createSeller(db.database);
    await ships(seller.listingId);
    const { me, quote, order } = await buyer();
    const berlin = await rest.post('/addresses', { ...PORTO, city: 'Berlin', postalCode: '10115', country: 'DE' }, me);
    const items = [{ listingId: seller.listingId, quantity: 1 }];
    const abroad = await quote({ items, addressId: berlin.body.id });
    expect(abroad).toMatchObject({ parcels: [{ deliveries: ['pickup'], delivery: 'pickup', shipping: '0.00' }], ready: true });
    const picked = await order({
      items,
      version: (await quote({ items, choices: [{ sellerId: seller.id, delivery: 'pickup', note: '' }] })).version,
      choices: [{ sellerId: seller.id, delivery: 'pickup' }],
    });
    expect(picked.body).toMatchObject({ address: null, orders: [{ delivery: 'pickup', shipping: '0.00' }] });
    await ships(seller.listingId, { pickup: false });
    const nowhere = await quote({ items, addressId: berlin.body.id });
    expect(nowhere).toMatchObject({ ready: false, parcels: [{ delivery: null, problems: ['“Bowl” is not sent to this address.'] }] });
    expect((await order({ items, addressId: berlin.body.id, version: nowhere.version })).body.code).toBe('VALIDATION_FAILED');
    const unsaid = await quote({ items });
    expect(unsaid).toMatchObject({ addressNeeded: true, ready: false });
    expect((await order({ items, version: unsaid.version })).body.errors).toMatchObject([{ field: 'addressId' }]);
  });

  it('of one buyer, at most 20 wait for their payment: they keep units from others', async () => {
    const seller = await createSeller(db.database);
    await db.database.prisma.sellerListing.updateMany({ where: { id: seller.listingId }, data: { quantity: 50 } });
    const me = as(await createPerson(db.database));
    const order = () => rest.post('/orders', { listingId: seller.listingId }, me);
    const first = (await order()).body.id;
    for (let i = 1; i < 20; i++) expect((await order()).status).toBe(201);
    expect(await order()).toMatchObject({ status: 409, body: { code: 'UNPAID_ORDERS_LIMIT' } });
    await rest.post(`/orders/${first}/cancel`, undefined, me);
    expect((await order()).status).toBe(201);
  });

  it('refuses several currencies at once, own listings, and what is reserved; then nothing is reserved', async () => {
    const [one, two] = [await createSeller(db.database), await createSeller(db.database, 'Two', 1)];
    const { quote, order, addressId } = await buyer();
    const items = [one, two].map(({ listingId }) => ({ listingId, quantity: 1 }));
    const { version } = await quote({ items, addressId });
    await set(two.listingId, { reserved: 1 });
    expect((await order({ items, addressId, version })).body.code).toBe('OUT_OF_STOCK');
    expect(await db.database.prisma.sellerListing.findUnique({ where: { id: one.listingId } })).toMatchObject({ reserved: 0 });
    await set(two.listingId, { reserved: 0, currency: 'USD' });
    expect((await order({ items, addressId, version })).body.code).toBe('VALIDATION_FAILED');
    const own = await rest.post('/checkout/quote', { items: [items[0]] }, as(one));
    expect(own.body.code).toBe('OWN_LISTING');
  });
});

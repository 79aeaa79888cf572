import { createMarket, onEachEngine, useProduct } from '@assay/testing';
import { placeOrder } from '@assay/core';
import { describe, expect, it } from 'vitest';

const DAY_MS = 86_400_000;
const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

onEachEngine('vacation', (engine) => {
  const { db, api, rest, as } = useProduct(engine);

  async function closedStore() {
    const { seller, buyer } = await createMarket(db.database);
    const until = dayIn(7);
    const answer = await rest.put('/store/vacation', { closedUntil: until }, as(seller));
    expect([answer.status, answer.body.closedUntil]).toEqual([200, `${until}T00:00:00.000Z`]);
    const order = () => rest.post('/orders', { listingId: seller.listingId }, as(buyer));
    return { seller, buyer, until, order };
  }

  it('a closed store takes no orders, and says until when', async () => {
    const { seller, until, order } = await closedStore();
    const refused = await order();
    expect([refused.status, refused.body.code]).toEqual([409, 'STORE_CLOSED']);
    expect(refused.body.detail).toContain(`closed until ${Number(until.slice(8))} `);
    expect((await rest.get(`/sellers/${seller.id}`)).body.closedUntil).toBe(`${until}T00:00:00.000Z`);
    expect((await rest.get(`/listings/${seller.listingId}`)).body.status).toBe('active'); // it stays visible
  });

  it('opens again by itself on its day, and at once when the seller says so', async () => {
    const { seller, buyer, until, order } = await closedStore();
    const at = (moment: string) =>
      api.container.context({ kind: 'user', id: buyer.id, roles: buyer.roles, sessionId: 's' }, 'r', undefined, () => new Date(moment));
    const before = new Date(Date.parse(`${until}T00:00:00.000Z`) - 1).toISOString();
    await expect(placeOrder(at(before), { listingId: seller.listingId })).rejects.toMatchObject({ code: 'STORE_CLOSED' });
    await expect(placeOrder(at(`${until}T00:00:00.000Z`), { listingId: seller.listingId })).resolves.toMatchObject({ status: 'placed' });

    expect((await rest.put('/store/vacation', { closedUntil: null }, as(seller))).body.closedUntil).toBeNull();
    expect((await order()).status).toBe(201);
    const audit = await db.database.prisma.auditEntry.findMany({
      where: { entity: 'seller', entityId: String(seller.id) },
      orderBy: { id: 'asc' },
    });
    expect(audit.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['store.closed', seller.id],
      ['store.opened', seller.id],
    ]);
  });

  describe('refuses', () => {
    it.each([
      ['a day in the past', dayIn(-1)],
      ['today', dayIn(0)],
      ['more than a year', dayIn(400)],
      ['no date', 'soon'],
      ['a day that is none', '2027-02-30'],
    ])('%s', async (_what, closedUntil) => {
      const { seller } = await createMarket(db.database);
      const answer = await rest.put('/store/vacation', { closedUntil }, as(seller));
      expect([answer.status, answer.body.code, answer.body.errors[0].field]).toEqual([400, 'VALIDATION_FAILED', 'closedUntil']);
    });

    it('who has no store', async () => {
      const { buyer } = await createMarket(db.database);
      expect((await rest.put('/store/vacation', { closedUntil: dayIn(2) }, as(buyer))).body.code).toBe('SELLER_NOT_FOUND');
    });
  });
});

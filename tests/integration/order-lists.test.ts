import type { OrderCounts, OrderPage, OrderView } from '@assay/contract';
import {
  createPerson,
  createSeller,
  onEachEngine,
  restClient,
  startApi,
  createTestDatabase,
  type TestApi,
  type TestDatabase,
} from '@assay/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

onEachEngine('lists of orders', (engine) => {
  let db: TestDatabase;
  let api: TestApi;
  beforeAll(async () => {
    db = await createTestDatabase(engine);
    api = await startApi(db);
  });
  afterAll(async () => {
    await api.close();
    await db.drop();
  });

  it('are filtered by state, counted for the seller, and exported without formulas', async () => {
    const rest = restClient(api.url);
    const seller = await createSeller(db.database);
    const sold = { token: api.tokenFor(seller) };
    await db.database.prisma.sellerListing.updateMany({ where: { id: seller.listingId }, data: { title: '=HYPERLINK("x")', quantity: 5 } });
    const bought = { token: api.tokenFor(await createPerson(db.database)) };
    const ids: number[] = [];
    for (const pays of [true, false, true]) {
      const { id } = (await rest.post('/orders', { listingId: seller.listingId }, bought)).body as OrderView;
      if (pays) await rest.post(`/orders/${id}/pay`, undefined, bought);
      ids.push(id);
    }
    const list = async (query: string, who: object) =>
      ((await rest.get(`/orders?${query}`, who)).body as OrderPage).items.map(({ id }) => id);
    expect(await list('as=seller&status=paid', sold)).toEqual([ids[2], ids[0]]);
    expect(await list('as=buyer&status=placed', bought)).toEqual([ids[1]]);
    expect(await list('as=buyer&status=shipped', bought)).toEqual([]);
    expect((await rest.get('/orders?status=lost', bought)).status).toBe(400);
    const counts = async (who: object) => (await rest.get('/orders/counts', who)).body as OrderCounts;
    expect([await counts(sold), await counts(bought)]).toEqual([
      { toShip: 2, inDispute: 0 },
      { toShip: 0, inDispute: 0 },
    ]);
    await rest.post(`/orders/${ids[0]}/ship`, { carrier: 'ups' }, sold);
    expect(await counts(sold)).toEqual({ toShip: 1, inDispute: 0 });

    const file = async (name: string, { token }: { token: string }) =>
      (await fetch(`${api.url}/api/v1/orders/${name}`, { headers: { authorization: `Bearer ${token}` } })).text();
    const lines = (await file('sold.csv', sold)).trim().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain('order,placed_at,status');
    for (const line of lines.slice(1)) expect(line).not.toMatch(/,"?=/);
    expect(lines[3]).toContain('shipped');
    expect((await file('bought.csv?status=placed', bought)).trim().split('\n')).toHaveLength(2);
    expect((await file('bought.csv', sold)).trim().split('\n')).toHaveLength(1);
  });
});

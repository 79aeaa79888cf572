import {
  completeOrders,
  createPeople,
  createPerson,
  createSeller,
  createTestDatabase,
  onEachEngine,
  recount,
  restClient,
  startApi,
  storedAggregates,
  type Person,
  type RestClient,
  type TestApi,
  type TestDatabase,
} from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

onEachEngine('ratings over REST', (engine) => {
  let db: TestDatabase;
  let api: TestApi;
  let rest: RestClient;

  beforeAll(async () => {
    db = await createTestDatabase(engine);
    api = await startApi(db);
    rest = restClient(api.url);
  });
  afterAll(async () => {
    await api.close();
    await db.drop();
  });

  /** A seller and buyers whose orders with them are completed. */
  async function market(buyers = 1) {
    const seller = await createSeller(db.database);
    const people = await createPeople(db.database, buyers);
    const orders = await completeOrders(
      db.database,
      seller,
      people.map(({ id }) => id),
    );
    return { seller, buyers: people, orders, token: (person: Person) => ({ token: api.tokenFor(person) }) };
  }

  const expectExact = async (sellerId: number) =>
    expect(await storedAggregates(db.database, sellerId)).toEqual(await recount(db.database, sellerId));

  it('takes a rating, and every number moves at once', async () => {
    const {
      seller,
      buyers: [buyer],
      orders,
      token,
    } = await market();
    const answer = await rest.post(
      '/ratings',
      { sellerId: seller.id, rating: 4, comment: ' Heavier than I expected.\r\nLovely. ' },
      token(buyer!),
    );
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      sellerId: seller.id,
      rating: 4,
      comment: 'Heavier than I expected.\nLovely.',
      source: 'purchase',
      purchase: 'Bowl',
      orderId: orders.get(buyer!.id),
      edited: false,
      mine: true,
      summary: {
        sellerId: seller.id,
        sellerRating: 4,
        totalRatings: 1,
        positiveRatings: 1,
        positivePercent: 100,
        histogram: { 1: 0, 2: 0, 3: 0, 4: 1, 5: 0 },
        isNewSeller: true,
      },
    });
    const summary = await rest.get(`/ratings/seller/${seller.id}/summary`);
    expect(summary.body).toEqual(answer.body.summary);
    await expectExact(seller.id);
  });

  it('edits it and keeps what was there', async () => {
    const {
      seller,
      buyers: [buyer],
      token,
    } = await market();
    const { body: rating } = await rest.post('/ratings', { sellerId: seller.id, rating: 2, comment: 'Late.' }, token(buyer!));
    const edited = await rest.patch(`/ratings/${rating.id}`, { rating: 5 }, token(buyer!));
    expect(edited.status).toBe(200);
    expect(edited.body).toMatchObject({
      rating: 5,
      comment: 'Late.',
      edited: true,
      summary: { sellerRating: 5, histogram: { 2: 0, 5: 1 } },
    });
    const uncommented = await rest.patch(`/ratings/${rating.id}`, { comment: null }, token(buyer!));
    expect(uncommented.body).toMatchObject({ rating: 5, comment: null });
    const history = await rest.get(`/ratings/${rating.id}/history`, token(buyer!));
    expect(
      history.body.items.map((version: { action: string; rating: number; comment: string | null }) => [
        version.action,
        version.rating,
        version.comment,
      ]),
    ).toEqual([
      ['submitted', 2, 'Late.'],
      ['edited', 5, 'Late.'],
      ['edited', 5, null],
    ]);
    const asStranger = await rest.get(`/ratings/${rating.id}/history`);
    expect(asStranger.body.items.map((version: { rating: number; comment: string | null }) => [version.rating, version.comment])).toEqual([
      [2, null],
      [5, null],
      [5, null],
    ]);
    await expectExact(seller.id);
  });

  it('an edit that changes nothing makes no version', async () => {
    const {
      seller,
      buyers: [buyer],
      token,
    } = await market();
    const { body: rating } = await rest.post('/ratings', { sellerId: seller.id, rating: 3 }, token(buyer!));
    const same = await rest.patch(`/ratings/${rating.id}`, { rating: 3, comment: '' }, token(buyer!));
    expect(same.body).toMatchObject({ rating: 3, edited: false });
    expect((await rest.get(`/ratings/${rating.id}/history`)).body.items).toHaveLength(1);
  });

  it('takes it back, and lets it be given again', async () => {
    const {
      seller,
      buyers: [buyer],
      token,
    } = await market();
    const { body: rating } = await rest.post('/ratings', { sellerId: seller.id, rating: 1 }, token(buyer!));
    const gone = await rest.delete(`/ratings/${rating.id}`, token(buyer!));
    expect([gone.status, gone.body]).toEqual([204, '']);
    expect((await rest.get(`/ratings/seller/${seller.id}/summary`)).body).toMatchObject({
      sellerRating: null,
      totalRatings: 0,
      positivePercent: null,
    });
    expect((await rest.delete(`/ratings/${rating.id}`, token(buyer!))).status).toBe(404);
    expect((await rest.patch(`/ratings/${rating.id}`, { rating: 5 }, token(buyer!))).status).toBe(404);
    expect((await rest.get(`/ratings/${rating.id}/history`)).status).toBe(404);
    expect((await rest.get(`/ratings/${rating.id}/history`, token(buyer!))).body.items.at(-1)).toMatchObject({
      action: 'withdrawn',
      rating: 1,
    });
    expect((await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, token(buyer!))).status).toBe(201);
    await expectExact(seller.id);
  });

  it('withdraws a rating that others found helpful', async () => {
    const {
      seller,
      buyers: [buyer, reader],
      token,
    } = await market(2);
    const { body: rating } = await rest.post('/ratings', { sellerId: seller.id, rating: 5, comment: 'Good.' }, token(buyer!));
    const voted = await rest.post(`/ratings/${rating.id}/helpful`, undefined, token(reader!));
    expect(voted.body).toMatchObject({ helpfulCount: 1, foundHelpful: true });
    expect((await rest.post(`/ratings/${rating.id}/helpful`, undefined, token(reader!))).body.helpfulCount).toBe(1);
    expect((await rest.delete(`/ratings/${rating.id}/helpful`, token(reader!))).body).toMatchObject({
      helpfulCount: 0,
      foundHelpful: false,
    });
    await rest.post(`/ratings/${rating.id}/helpful`, undefined, token(reader!));
    expect((await rest.delete(`/ratings/${rating.id}`, token(buyer!))).status).toBe(204);
  });

  it('nobody votes for their own rating, nor for one about them', async () => {
    const {
      seller,
      buyers: [buyer],
      token,
    } = await market();
    const { body: rating } = await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, token(buyer!));
    expect((await rest.post(`/ratings/${rating.id}/helpful`, undefined, token(buyer!))).body.code).toBe('OWN_RATING');
    expect((await rest.post(`/ratings/${rating.id}/helpful`, undefined, token(seller))).body.code).toBe('OWN_RATING');
  });

  it('rounds the average half up to hundredths, as the database does', async () => {
    const { seller, buyers, token } = await market(8);
    const stars = [5, 5, 5, 5, 5, 4, 2, 2]; // 33 / 8 = 4.125
    for (const [i, buyer] of buyers.entries()) await rest.post('/ratings', { sellerId: seller.id, rating: stars[i] }, token(buyer));
    expect((await rest.get(`/ratings/seller/${seller.id}/summary`)).body).toMatchObject({
      sellerRating: 4.13,
      positivePercent: 75,
      isNewSeller: false,
    });
    await expectExact(seller.id);
  });

  describe('who may rate', () => {
    it('every refusal has its own reason', async () => {
      const {
        seller,
        buyers: [buyer],
        token,
      } = await market();
      const stranger = await createPerson(db.database);
      const canRate = async (sellerId: number, person: Person) => (await rest.get(`/ratings/can-rate/${sellerId}`, token(person))).body;

      expect(await canRate(seller.id, buyer!)).toMatchObject({ canRate: true, reason: null, orderId: expect.any(Number) });
      expect(await canRate(seller.id, stranger)).toMatchObject({
        canRate: false,
        reason: 'NO_COMPLETED_ORDER',
        message: expect.stringMatching(/complete an order/),
      });
      expect(await canRate(seller.id, seller)).toMatchObject({ canRate: false, reason: 'OWN_STORE' });
      expect(await canRate(2_000_000_000, buyer!)).toMatchObject({ canRate: false, reason: 'SELLER_NOT_FOUND' });
      const { body: rating } = await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, token(buyer!));
      expect(await canRate(seller.id, buyer!)).toMatchObject({ canRate: false, reason: 'ALREADY_RATED', ratingId: rating.id });
      expect((await rest.get(`/ratings/can-rate/${seller.id}`)).status).toBe(401);
    });

    it('and submitting meets the same rule', async () => {
      const {
        seller,
        buyers: [buyer],
        orders,
        token,
      } = await market();
      const other = await market();
      const submit = (body: object, person: Person) => rest.post('/ratings', { rating: 5, ...body }, token(person));
      expect((await rest.post('/ratings', { sellerId: seller.id, rating: 5 })).status).toBe(401);
      const refusals = await Promise.all([
        submit({ sellerId: seller.id }, await createPerson(db.database)),
        submit({ sellerId: seller.id }, seller),
        submit({ sellerId: 2_000_000_000 }, buyer!),
        submit({ sellerId: seller.id, orderId: other.orders.get(other.buyers[0]!.id) }, buyer!),
      ]);
      expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
        [403, 'NO_COMPLETED_ORDER'],
        [403, 'OWN_STORE'],
        [404, 'SELLER_NOT_FOUND'],
        [403, 'NO_COMPLETED_ORDER'],
      ]);
      expect((await submit({ sellerId: seller.id, orderId: orders.get(buyer!.id) }, buyer!)).status).toBe(201);
      expect((await submit({ sellerId: seller.id }, buyer!)).body.code).toBe('ALREADY_RATED');
    });
  });

  describe('the list', () => {
    it('sorts, filters and pages', async () => {
      const { seller, buyers, token } = await market(9);
      const ids: number[] = [];
      for (const [i, buyer] of buyers.entries()) {
        const { body } = await rest.post(
          '/ratings',
          { sellerId: seller.id, rating: 1 + (i % 5), ...(i % 2 ? { comment: `Number ${i}` } : {}) },
          token(buyer),
        );
        ids.push(body.id);
      }
      await rest.post(`/ratings/${ids[3]}/helpful`, undefined, token(buyers[0]!));
      const list = async (query: string) => (await rest.get(`/ratings/seller/${seller.id}?${query}`, token(buyers[0]!))).body;
      const idsOf = (page: { items: { id: number }[] }) => page.items.map(({ id }) => id);

      expect(idsOf(await list(''))).toEqual(ids.toReversed());
      expect((await list('sort=highest')).items.map((item: { rating: number }) => item.rating)).toEqual([5, 4, 4, 3, 3, 2, 2, 1, 1]);
      expect((await list('sort=lowest')).items.map((item: { rating: number }) => item.rating)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5]);
      expect(idsOf(await list('sort=helpful'))[0]).toBe(ids[3]);
      expect((await list('stars=4')).items.map((item: { rating: number }) => item.rating)).toEqual([4, 4]);
      expect((await list('withComment=true')).items).toHaveLength(4);
      for (const sort of ['newest', 'highest', 'lowest', 'helpful']) {
        const paged: number[] = [];
        for (let cursor: string | null = ''; cursor !== null;) {
          const page = await list(`sort=${sort}&limit=2${cursor ? `&cursor=${cursor}` : ''}`);
          paged.push(...idsOf(page));
          cursor = page.nextCursor;
        }
        expect(paged, sort).toEqual(idsOf(await list(`sort=${sort}`)));
      }
    });

    it('pages stay right while ratings arrive', async () => {
      const { seller, buyers, token } = await market(12);
      const submit = async (i: number) =>
        (await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, token(buyers[i]!))).body.id as number;
      const first: number[] = [];
      for (let i = 0; i < 8; i++) first.push(await submit(i));
      const page = async (cursor: string | null) =>
        (await rest.get(`/ratings/seller/${seller.id}?limit=3${cursor ? `&cursor=${cursor}` : ''}`, token(buyers[0]!))).body;
      const seen: number[] = [];
      let cursor: string | null = null;
      for (let i = 8; ; i++) {
        const { items, nextCursor } = await page(cursor);
        seen.push(...items.map(({ id }: { id: number }) => id));
        if (!nextCursor) break;
        cursor = nextCursor;
        await submit(i);
      }
      expect(seen).toEqual(first.toReversed());
    });

    it('answers 401 without a token, 304 to a known entity tag', async () => {
      const {
        seller,
        buyers: [buyer],
        token,
      } = await market();
      expect((await rest.get(`/ratings/seller/${seller.id}`)).status).toBe(401);
      for (const path of [`/ratings/seller/${seller.id}`, `/ratings/seller/${seller.id}/summary`]) {
        const first = await rest.get(path, token(buyer!));
        const etag = first.headers.get('etag')!;
        expect(first.headers.get('cache-control')).toMatch(/no-cache/);
        const again = await rest.get(path, { ...token(buyer!), headers: { 'if-none-match': etag } });
        expect([again.status, again.body]).toEqual([304, '']);
      }
      await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, token(buyer!));
      const etag = (await rest.get(`/ratings/seller/${seller.id}/summary`)).headers.get('etag')!;
      await rest.patch(`/ratings/${(await rest.get('/ratings/mine', token(buyer!))).body.items[0].id}`, { rating: 4 }, token(buyer!));
      expect((await rest.get(`/ratings/seller/${seller.id}/summary`, { headers: { 'if-none-match': etag } })).status).toBe(200);
    });

    it('refuses a cursor of another list', async () => {
      const { seller, buyers, token } = await market(3);
      for (const buyer of buyers) await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, token(buyer));
      const { body } = await rest.get(`/ratings/seller/${seller.id}?limit=1`, token(buyers[0]!));
      for (const query of [
        `sort=highest&cursor=${body.nextCursor}`,
        'cursor=AAAA',
        'cursor=%00',
        `cursor=${Buffer.from('["ratings-newest","x",1e999]').toString('base64url')}`,
      ]) {
        const answer = await rest.get(`/ratings/seller/${seller.id}?${query}`, token(buyers[0]!));
        expect(answer.status, query).toBe(400);
      }
    });
  });

  it('lists what I gave', async () => {
    const {
      buyers: [buyer],
      token,
    } = await market();
    const sellers = [await createSeller(db.database), await createSeller(db.database), await createSeller(db.database)];
    for (const seller of sellers) {
      await completeOrders(db.database, seller, [buyer!.id]);
      await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, token(buyer!));
    }
    const first = (await rest.get('/ratings/mine?limit=2', token(buyer!))).body;
    const second = (await rest.get(`/ratings/mine?limit=2&cursor=${first.nextCursor}`, token(buyer!))).body;
    expect([...first.items, ...second.items].map((item: { sellerId: number }) => item.sellerId)).toEqual(
      sellers.map(({ id }) => id).toReversed(),
    );
    expect(second.nextCursor).toBeNull();
    expect((await rest.get('/ratings/mine')).status).toBe(401);
  });
});

import {
  completeOrders,
  createMarket,
  createPerson,
  createSeller,
  onEachEngine,
  type Person,
  proveAddresses,
  recount,
  storedAggregates,
  useProduct,
} from '@assay/testing';
import { describe, expect, it } from 'vitest';

onEachEngine('ratings over REST', (engine) => {
  const { db, rest, as } = useProduct(engine);

  const market = (buyerCount?: number) => createMarket(db.database, buyerCount);

  const expectExact = async (sellerId: number) =>
    expect(await storedAggregates(db.database, sellerId)).toEqual(await recount(db.database, sellerId));

  it('takes a rating, and every number moves at once', async () => {
    const { seller, buyer, orders } = await market();
    const answer = await rest.post(
      '/ratings',
      { sellerId: seller.id, rating: 4, comment: ' Heavier than I expected.\r\nLovely. ' },
      as(buyer),
    );
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      sellerId: seller.id,
      rating: 4,
      comment: 'Heavier than I expected.\nLovely.',
      source: 'purchase',
      purchase: 'Bowl',
      orderId: orders.get(buyer.id),
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
    const { seller, buyer } = await market();
    const { body: rating } = await rest.post('/ratings', { sellerId: seller.id, rating: 2, comment: 'Late.' }, as(buyer));
    const edited = await rest.patch(`/ratings/${rating.id}`, { rating: 5 }, as(buyer));
    expect(edited.status).toBe(200);
    expect(edited.body).toMatchObject({
      rating: 5,
      comment: 'Late.',
      edited: true,
      summary: { sellerRating: 5, histogram: { 2: 0, 5: 1 } },
    });
    const uncommented = await rest.patch(`/ratings/${rating.id}`, { comment: null }, as(buyer));
    expect(uncommented.body).toMatchObject({ rating: 5, comment: null });
    const history = await rest.get(`/ratings/${rating.id}/history`, as(buyer));
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
    const { seller, buyer } = await market();
    const { body: rating } = await rest.post('/ratings', { sellerId: seller.id, rating: 3 }, as(buyer));
    const same = await rest.patch(`/ratings/${rating.id}`, { rating: 3, comment: '' }, as(buyer));
    expect(same.body).toMatchObject({ rating: 3, edited: false });
    expect((await rest.get(`/ratings/${rating.id}/history`)).body.items).toHaveLength(1);
  });

  it('takes it back, and lets it be given again', async () => {
    const { seller, buyer } = await market();
    const { body: rating } = await rest.post('/ratings', { sellerId: seller.id, rating: 1 }, as(buyer));
    const gone = await rest.delete(`/ratings/${rating.id}`, as(buyer));
    expect([gone.status, gone.body]).toEqual([204, '']);
    expect((await rest.get(`/ratings/seller/${seller.id}/summary`)).body).toMatchObject({
      sellerRating: null,
      totalRatings: 0,
      positivePercent: null,
    });
    expect((await rest.delete(`/ratings/${rating.id}`, as(buyer))).status).toBe(404);
    expect((await rest.patch(`/ratings/${rating.id}`, { rating: 5 }, as(buyer))).status).toBe(404);
    expect((await rest.get(`/ratings/${rating.id}/history`)).status).toBe(404);
    expect((await rest.get(`/ratings/${rating.id}/history`, as(buyer))).body.items.at(-1)).toMatchObject({
      action: 'withdrawn',
      rating: 1,
    });
    expect((await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, as(buyer))).status).toBe(201);
    await expectExact(seller.id);
  });

  it('lists what a buyer withdrew, once for each seller, until it counts again', async () => {
    const { seller, buyers } = await market(2);
    const [buyer, other] = [buyers[0]!, buyers[1]!];
    const withdrawn = async (person = buyer) => (await rest.get('/ratings/mine/withdrawn', as(person))).body.items as { id: number }[];
    const rate = async (comment: string) =>
      (await rest.post('/ratings', { sellerId: seller.id, rating: 2, comment }, as(buyer))).body.id as number;
    const first = await rate('Leaks.');
    expect(await withdrawn()).toEqual([]);
    await rest.delete(`/ratings/${first}`, as(buyer));
    const second = await rate('Leaks a lot.');
    expect(await withdrawn()).toEqual([]);
    await rest.delete(`/ratings/${second}`, as(buyer));
    expect(await withdrawn()).toEqual([
      {
        id: second,
        sellerId: seller.id,
        sellerName: expect.any(String),
        rating: 2,
        comment: 'Leaks a lot.',
        withdrawnAt: expect.any(String),
      },
    ]);
    expect(await withdrawn(other)).toEqual([]);
    expect((await rest.get('/ratings/mine/withdrawn')).status).toBe(401);
  });

  it('puts a withdrawn rating back, for its author, once', async () => {
    const { seller, buyer } = await market();
    const { body: rating } = await rest.post('/ratings', { sellerId: seller.id, rating: 2, comment: 'Late.' }, as(buyer));
    const restore = (person: Person) => rest.post(`/ratings/${rating.id}/restore`, undefined, as(person));
    expect((await restore(buyer)).status).toBe(404);
    await rest.delete(`/ratings/${rating.id}`, as(buyer));
    expect((await restore(seller)).status).toBe(404);
    const back = await restore(buyer);
    expect([back.status, back.body]).toEqual([200, expect.objectContaining({ rating: 2, comment: 'Late.' })]);
    expect((await restore(buyer)).status).not.toBe(200);
    expect((await rest.get(`/ratings/seller/${seller.id}/summary`)).body).toMatchObject({ totalRatings: 1 });
    await expectExact(seller.id);
  });

  it('counts a vote of a proved address, a wallet or a demo account, and of no other', async () => {
    const { seller, buyer, buyers } = await market(4);
    const [, unproved, withWallet, demo] = buyers;
    const { body: rating } = await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, as(buyer));
    const vote = (person: Person) => rest.post(`/ratings/${rating.id}/helpful`, undefined, as(person));
    const { user, wallet } = db.database.prisma;
    await user.updateMany({ where: { id: unproved!.id }, data: { email: `unproved-${unproved!.id}@example.com` } });
    const refused = await vote(unproved!);
    expect([refused.status, refused.body.code]).toEqual([409, 'EMAIL_NOT_VERIFIED']);
    expect(refused.body.detail).toMatch(/Confirm your e-mail address/);
    await wallet.createMany({ data: [{ address: `0x${String(withWallet!.id).padStart(40, '0')}`, userId: withWallet!.id, chainId: 1 }] });
    await user.updateMany({ where: { id: demo!.id }, data: { email: `demo-${demo!.id}@assay.example` } });
    expect((await vote(withWallet!)).body).toMatchObject({ helpfulCount: 1 });
    expect((await vote(demo!)).body).toMatchObject({ helpfulCount: 2 });
    await proveAddresses(db.database, [unproved!]);
    expect((await vote(unproved!)).body).toMatchObject({ helpfulCount: 3 });
    await user.updateMany({ where: { id: unproved!.id }, data: { emailVerifiedAt: null } });
    expect((await rest.delete(`/ratings/${rating.id}/helpful`, as(unproved!))).body).toMatchObject({ helpfulCount: 2 });
  });

  it('withdraws a rating that others found helpful', async () => {
    const {
      seller,
      buyer,
      buyers: [, reader],
    } = await market(2);
    await proveAddresses(db.database, [reader!]);
    const { body: rating } = await rest.post('/ratings', { sellerId: seller.id, rating: 5, comment: 'Good.' }, as(buyer));
    const voted = await rest.post(`/ratings/${rating.id}/helpful`, undefined, as(reader!));
    expect(voted.body).toMatchObject({ helpfulCount: 1, foundHelpful: true });
    expect((await rest.post(`/ratings/${rating.id}/helpful`, undefined, as(reader!))).body.helpfulCount).toBe(1);
    expect((await rest.delete(`/ratings/${rating.id}/helpful`, as(reader!))).body).toMatchObject({
      helpfulCount: 0,
      foundHelpful: false,
    });
    await rest.post(`/ratings/${rating.id}/helpful`, undefined, as(reader!));
    expect((await rest.delete(`/ratings/${rating.id}`, as(buyer))).status).toBe(204);
  });

  it('people vote neither for their own rating nor for one about them', async () => {
    const { seller, buyer } = await market();
    const { body: rating } = await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, as(buyer));
    expect((await rest.post(`/ratings/${rating.id}/helpful`, undefined, as(buyer))).body.code).toBe('OWN_RATING');
    expect((await rest.post(`/ratings/${rating.id}/helpful`, undefined, as(seller))).body.code).toBe('OWN_RATING');
  });

  it('rounds the average half up to hundredths, as the database does', async () => {
    const { seller, buyers } = await market(8);
    const stars = [5, 5, 5, 5, 5, 4, 2, 2]; // 33 / 8 = 4.125
    for (const [i, buyer] of buyers.entries()) await rest.post('/ratings', { sellerId: seller.id, rating: stars[i] }, as(buyer));
    expect((await rest.get(`/ratings/seller/${seller.id}/summary`)).body).toMatchObject({
      sellerRating: 4.13,
      positivePercent: 75,
      isNewSeller: false,
    });
    await expectExact(seller.id);
  });

  describe('who may rate', () => {
    it('every refusal has its own reason', async () => {
      const { seller, buyer } = await market();
      const stranger = await createPerson(db.database);
      const canRate = async (sellerId: number, person: Person) => (await rest.get(`/ratings/can-rate/${sellerId}`, as(person))).body;

      expect(await canRate(seller.id, buyer)).toMatchObject({ canRate: true, reason: null, orderId: expect.any(Number) });
      expect(await canRate(seller.id, stranger)).toMatchObject({
        canRate: false,
        reason: 'NO_COMPLETED_ORDER',
        message: expect.stringMatching(/complete an order/),
      });
      expect(await canRate(seller.id, seller)).toMatchObject({ canRate: false, reason: 'OWN_STORE' });
      expect(await canRate(2_000_000_000, buyer)).toMatchObject({ canRate: false, reason: 'SELLER_NOT_FOUND' });
      const { body: rating } = await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, as(buyer));
      expect(await canRate(seller.id, buyer)).toMatchObject({ canRate: false, reason: 'ALREADY_RATED', ratingId: rating.id });
      expect((await rest.get(`/ratings/can-rate/${seller.id}`)).status).toBe(401);
    });

    it('and submitting meets the same rule', async () => {
      const { seller, buyer, orders } = await market();
      const other = await market();
      const submit = (body: object, person: Person) => rest.post('/ratings', { rating: 5, ...body }, as(person));
      expect((await rest.post('/ratings', { sellerId: seller.id, rating: 5 })).status).toBe(401);
      const refusals = await Promise.all([
        submit({ sellerId: seller.id }, await createPerson(db.database)),
        submit({ sellerId: seller.id }, seller),
        submit({ sellerId: 2_000_000_000 }, buyer),
        submit({ sellerId: seller.id, orderId: other.orders.get(other.buyers[0]!.id) }, buyer),
      ]);
      expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
        [403, 'NO_COMPLETED_ORDER'],
        [403, 'OWN_STORE'],
        [404, 'SELLER_NOT_FOUND'],
        [403, 'NO_COMPLETED_ORDER'],
      ]);
      expect((await submit({ sellerId: seller.id, orderId: orders.get(buyer.id) }, buyer)).status).toBe(201);
      expect((await submit({ sellerId: seller.id }, buyer)).body.code).toBe('ALREADY_RATED');
    });
  });

  describe('the list', () => {
    it('sorts, filters and pages', async () => {
      const { seller, buyers } = await market(9);
      const ids: number[] = [];
      for (const [i, buyer] of buyers.entries()) {
        const { body } = await rest.post(
          '/ratings',
          { sellerId: seller.id, rating: 1 + (i % 5), ...(i % 2 ? { comment: `Number ${i}` } : {}) },
          as(buyer),
        );
        ids.push(body.id);
      }
      await proveAddresses(db.database, buyers);
      await rest.post(`/ratings/${ids[3]}/helpful`, undefined, as(buyers[0]!));
      const list = async (query: string) => (await rest.get(`/ratings/seller/${seller.id}?${query}`, as(buyers[0]!))).body;
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
      const { seller, buyers } = await market(12);
      const submit = async (i: number) =>
        (await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, as(buyers[i]!))).body.id as number;
      const first: number[] = [];
      for (let i = 0; i < 8; i++) first.push(await submit(i));
      const page = async (cursor: string | null) =>
        (await rest.get(`/ratings/seller/${seller.id}?limit=3${cursor ? `&cursor=${cursor}` : ''}`, as(buyers[0]!))).body;
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
      const { seller, buyer } = await market();
      expect((await rest.get(`/ratings/seller/${seller.id}`)).status).toBe(401);
      for (const path of [`/ratings/seller/${seller.id}`, `/ratings/seller/${seller.id}/summary`]) {
        const first = await rest.get(path, as(buyer));
        const etag = first.headers.get('etag')!;
        expect(first.headers.get('cache-control')).toMatch(/no-cache/);
        const again = await rest.get(path, { ...as(buyer), headers: { 'if-none-match': etag } });
        expect([again.status, again.body]).toEqual([304, '']);
      }
      await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, as(buyer));
      const etag = (await rest.get(`/ratings/seller/${seller.id}/summary`)).headers.get('etag')!;
      await rest.patch(`/ratings/${(await rest.get('/ratings/mine', as(buyer))).body.items[0].id}`, { rating: 4 }, as(buyer));
      expect((await rest.get(`/ratings/seller/${seller.id}/summary`, { headers: { 'if-none-match': etag } })).status).toBe(200);
    });

    it('refuses a cursor of another list', async () => {
      const { seller, buyers } = await market(3);
      for (const buyer of buyers) await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, as(buyer));
      const { body } = await rest.get(`/ratings/seller/${seller.id}?limit=1`, as(buyers[0]!));
      for (const query of [
        `sort=highest&cursor=${body.nextCursor}`,
        'cursor=AAAA',
        'cursor=%00',
        `cursor=${Buffer.from('["ratings-newest","x",1e999]').toString('base64url')}`,
      ]) {
        const answer = await rest.get(`/ratings/seller/${seller.id}?${query}`, as(buyers[0]!));
        expect(answer.status, query).toBe(400);
      }
    });
  });

  it('lists what I gave', async () => {
    const { buyer } = await market();
    const sellers = [await createSeller(db.database), await createSeller(db.database), await createSeller(db.database)];
    for (const seller of sellers) {
      await completeOrders(db.database, seller, [buyer.id]);
      await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, as(buyer));
    }
    const first = (await rest.get('/ratings/mine?limit=2', as(buyer))).body;
    const second = (await rest.get(`/ratings/mine?limit=2&cursor=${first.nextCursor}`, as(buyer))).body;
    expect([...first.items, ...second.items].map((item: { sellerId: number }) => item.sellerId)).toEqual(
      sellers.map(({ id }) => id).toReversed(),
    );
    expect(second.nextCursor).toBeNull();
    expect((await rest.get('/ratings/mine')).status).toBe(401);
  });
});

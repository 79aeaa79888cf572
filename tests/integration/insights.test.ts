import { figuresOf, lowerBoundOf, type RatingDashboard, type ScoreExplanation } from '@assay/contract';
import {
  completeOrders,
  createMarket,
  createPeople,
  createPerson,
  createSeller,
  onEachEngine,
  recount,
  storedAggregates,
  useProduct,
  type Person,
} from '@assay/testing';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';

onEachEngine('insights', (engine) => {
  const { db, api, rest, as } = useProduct(engine);

  /** A seller with these ratings, in order; each by another buyer. */
  async function rated(stars: number[], comment?: string) {
    const { seller, buyers } = await createMarket(db.database, stars.length);
    const ids: number[] = [];
    for (const [i, buyer] of buyers.entries())
      ids.push(
        (await rest.post('/ratings', { sellerId: seller.id, rating: stars[i], ...(comment ? { comment } : {}) }, as(buyer))).body.id,
      );
    return { seller, buyers, ids };
  }
  const dashboardOf = async (seller: Person, window = '365'): Promise<RatingDashboard> =>
    (await rest.get(`/ratings/dashboard?window=${window}`, as(seller))).body;
  const visit = async (seller: Person) => {
    const headers = { authorization: `Bearer ${api.tokenFor(seller)}`, 'content-type': 'application/json' };
    expect((await fetch(`${api.url}/trpc/insights.visit`, { method: 'POST', headers })).status).toBe(200);
  };

  describe('rating anew after another purchase', () => {
    it('takes the place of the rating before, with its history; no buyer has two that count', async () => {
      const { seller, buyers, ids } = await rated([2, 5, 5]);
      const buyer = buyers[0]!;
      expect((await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, as(buyer))).body.code).toBe('ALREADY_RATED');
      await completeOrders(db.database, seller, [buyer.id]);
      expect((await rest.get(`/ratings/can-rate/${seller.id}`, as(buyer))).body).toMatchObject({ canRate: true, ratingId: ids[0] });

      const again = await rest.post('/ratings', { sellerId: seller.id, rating: 4, comment: 'Better this time.' }, as(buyer));
      expect(again.status).toBe(201);
      expect(again.body).toMatchObject({
        id: ids[0],
        rating: 4,
        edited: false,
        summary: { totalRatings: 3, histogram: { 2: 0, 4: 1, 5: 2 } },
      });
      const history = (await rest.get(`/ratings/${ids[0]}/history`)).body.items;
      expect(history.map(({ action, rating }: { action: string; rating: number }) => [action, rating])).toEqual([
        ['submitted', 2],
        ['replaced', 4],
      ]);
      expect((await rest.post('/ratings', { sellerId: seller.id, rating: 1 }, as(buyer))).body.code).toBe('ALREADY_RATED');
      expect(await storedAggregates(db.database, seller.id)).toEqual(await recount(db.database, seller.id));
    });

    it('happens once, however often it is sent at the same time', async () => {
      const { seller, buyers } = await rated([1, 5, 5]);
      await completeOrders(db.database, seller, [buyers[0]!.id]);
      const answers = await Promise.all(
        [5, 4, 3, 2].map((rating) => rest.post('/ratings', { sellerId: seller.id, rating }, as(buyers[0]!))),
      );
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409, 409]);
      expect(await storedAggregates(db.database, seller.id)).toEqual(await recount(db.database, seller.id));
    });

    it('cannot push a score: a hundred purchases are one rating', async () => {
      const { seller, buyers } = await rated([1, 1, 1]);
      for (let i = 0; i < 5; i++) {
        await completeOrders(db.database, seller, [buyers[0]!.id]);
        await rest.post('/ratings', { sellerId: seller.id, rating: 5 }, as(buyers[0]!));
      }
      expect((await rest.get(`/ratings/seller/${seller.id}/summary`)).body).toMatchObject({ totalRatings: 3, histogram: { 1: 2, 5: 1 } });
    });
  });

  describe('the lower bound', () => {
    it('is in the database what it is in the browser, to the last digit', async () => {
      const seller = await createSeller(db.database);
      let state = 7;
      const next = () => (state = (state * 48_271) % 2_147_483_647);
      for (let i = 0; i < 200; i++) {
        const of = () => next() % [3, 20, 400, 100_000][i % 4]!;
        const histogram = { 1: of(), 2: of(), 3: of(), 4: of(), 5: of() };
        const { 1: stars1, 2: stars2, 3: stars3, 4: stars4, 5: stars5 } = histogram;
        await db.database.prisma.user.updateMany({ where: { id: seller.id }, data: { stars1, stars2, stars3, stars4, stars5 } });
        const user = await db.database.prisma.user.findUniqueOrThrow({ where: { id: seller.id }, select: { ratingLowerBound: true } });
        expect(user.ratingLowerBound, JSON.stringify(histogram)).toBe(lowerBoundOf(histogram));
      }
      await db.database.prisma.user.updateMany({
        where: { id: seller.id },
        data: { stars1: 0, stars2: 0, stars3: 0, stars4: 0, stars5: 0 },
      });
    });

    it('sorts sellers: three of three come after nine of ten', async () => {
      const few = await rated([5, 5, 5]);
      const many = await rated([5, 5, 5, 5, 5, 5, 5, 5, 5, 4]);
      const found = (await rest.get('/sellers?sort=rating&limit=50')).body.items.map(({ id }: { id: number }) => id);
      expect(found.indexOf(many.seller.id)).toBeLessThan(found.indexOf(few.seller.id));
    });
  });

  describe('the explanation', () => {
    it('holds every number: adding them up gives the score', async () => {
      const { seller } = await rated([5, 4, 4, 1, 5]);
      const explained: ScoreExplanation = (await rest.get(`/ratings/seller/${seller.id}/explanation`)).body;
      const { histogram } = explained.summary;
      const sum = [1, 2, 3, 4, 5].reduce((stars, n) => stars + n * histogram[n as 1], 0);
      expect(explained.sum).toBe(sum);
      expect(explained.exact).toBe((sum / explained.summary.totalRatings).toFixed(4));
      expect(explained.badgeAverage).toBe(figuresOf(histogram).badgeAverage);
      const { n, sum: stars, squares, z, lowerBound } = explained.ordering!;
      expect(Math.floor((10_000 * (stars - z * Math.sqrt((squares * n - stars ** 2) / (n + 1)))) / n) / 10_000).toBe(lowerBound);
      expect(explained.words.join(' ')).toContain(`${sum} stars ÷ 5 ratings = 3.8000`);
      expect(explained.sources).toEqual({ purchase: 5, imported: 0 });
      expect(explained.windows.map(({ totalRatings }) => totalRatings)).toEqual([5, 5, 5, 5]);
    });

    it('shows no score below three ratings, and nothing of who is not there', async () => {
      const { seller } = await rated([5]);
      expect((await rest.get(`/ratings/seller/${seller.id}/explanation`)).body).toMatchObject({ badgeAverage: null, exact: '5.0000' });
      expect((await rest.get('/ratings/seller/999999/explanation')).body.code).toBe('SELLER_NOT_FOUND');
      const buyer = await createPerson(db.database); // whose full name stays private
      expect((await rest.get(`/ratings/seller/${buyer.id}/explanation`)).body.code).toBe('SELLER_NOT_FOUND');
    });
  });

  describe('the dashboard', () => {
    it('shows what each event did to the score', async () => {
      const { seller, buyers, ids } = await rated([5, 3, 4]);
      await rest.patch(`/ratings/${ids[1]}`, { rating: 5 }, as(buyers[1]!));
      await rest.delete(`/ratings/${ids[2]}`, as(buyers[2]!));
      const { events, summary, windows, trend } = await dashboardOf(seller);
      expect(
        events.map(({ action, stars, was, before, after }) => [action, stars, was, before.average, after.average, after.total]),
      ).toEqual([
        ['withdrawn', 4, null, '4.6667', '5.0000', 2],
        ['edited', 5, 3, '4.0000', '4.6667', 3],
        ['submitted', 4, null, '4.0000', '4.0000', 3],
        ['submitted', 3, null, '5.0000', '4.0000', 2],
        ['submitted', 5, null, null, '5.0000', 1],
      ]);
      expect(summary.totalRatings).toBe(2);
      expect(windows.map(({ window, totalRatings }) => [window, totalRatings])).toEqual([
        ['30', 2],
        ['90', 2],
        ['365', 2],
        ['lifetime', 2],
      ]);
      expect(trend.points.reduce((sum, { totalRatings }) => sum + totalRatings, 0)).toBe(2);
    });

    it('counts what came since the last visit; looks close to each other are one', async () => {
      const { seller } = await rated([5, 5, 5]);
      await visit(seller);
      expect((await dashboardOf(seller)).sinceLastVisit).toBeNull();
      const yesterday = new Date(Date.now() - 86_400_000);
      await db.database.prisma.dashboardVisit.updateMany({ where: { sellerId: seller.id }, data: { visitedAt: yesterday } });
      await visit(seller);
      await visit(seller);
      const { lastVisitAt, sinceLastVisit } = await dashboardOf(seller);
      expect(lastVisitAt).toBe(yesterday.toISOString());
      expect(sinceLastVisit).toEqual({ submitted: 3, changed: 0, removed: 0, badgeBefore: null });
    });

    it('finds ratings by what they say, by stars, and those that wait for a reply', async () => {
      const { seller, ids } = await rated([5, 4], '100% wool_packed');
      const plain = await createPerson(db.database);
      await completeOrders(db.database, seller, [plain.id]);
      await rest.post('/ratings', { sellerId: seller.id, rating: 3 }, as(plain));
      const find = async (query: string) =>
        (await rest.get(`/ratings/received${query}`, as(seller))).body.items.map(({ rating }: { rating: number }) => rating);
      expect(await find('')).toEqual([3, 4, 5]);
      expect(await find('?q=WOOL')).toEqual([4, 5]);
      expect(await find('?q=bowl')).toEqual([3, 4, 5]); // what was bought
      expect(await find('?q=0%25%20wool_')).toEqual([4, 5]);
      expect(await find('?q=wool%25packed')).toEqual([]);
      expect(await find('?stars=4')).toEqual([4]);
      expect(await find('?unanswered=true')).toEqual([4, 5]);
      await rest.post(`/ratings/${ids[0]}/reply`, { text: 'Thank you.' }, as(seller));
      expect(await find('?unanswered=true')).toEqual([4]);
      expect((await dashboardOf(seller)).unanswered).toBe(1);
      const first = (await rest.get('/ratings/received?limit=1', as(seller))).body;
      expect((await rest.get(`/ratings/received?limit=1&cursor=${first.nextCursor}`, as(seller))).body.items[0].rating).toBe(4);
      expect((await rest.get('/ratings/received?cursor=abc', as(seller))).body.code).toBe('INVALID_CURSOR');
    });

    it('is each seller’s own', async () => {
      expect((await rest.get('/ratings/dashboard')).status).toBe(401);
      expect((await rest.get('/ratings/received')).status).toBe(401);
      expect((await rest.get('/ratings/received.csv')).status).toBe(401);
      const stranger = await createPerson(db.database);
      expect((await dashboardOf(stranger)).summary.totalRatings).toBe(0);
    });
  });

  describe('a reply', () => {
    it('is the seller’s, once, editable, and everybody reads it', async () => {
      const { seller, buyers, ids } = await rated([4], 'Good.');
      const reply = (text: string, person: Person) => rest.post(`/ratings/${ids[0]}/reply`, { text }, as(person));
      expect((await reply('Mine!', buyers[0]!)).body.code).toBe('FORBIDDEN');
      expect((await reply('  ', seller)).body.code).toBe('VALIDATION_FAILED');
      expect((await reply('Thank you.', seller)).body.reply).toMatchObject({ text: 'Thank you.', edited: false, toEarlierVersion: false });
      await rest.patch(`/ratings/${ids[0]}`, { rating: 2, comment: 'It broke.' }, as(buyers[0]!));
      const shown = async () => (await rest.get(`/ratings/seller/${seller.id}`, as(buyers[0]!))).body.items[0].reply;
      expect(await shown()).toMatchObject({ text: 'Thank you.', toEarlierVersion: true });
      await reply('Send it back, please.', seller);
      expect(await shown()).toMatchObject({ text: 'Send it back, please.', edited: true, toEarlierVersion: false });
      expect(await db.database.prisma.ratingReply.count({ where: { ratingId: ids[0]! } })).toBe(1);
      await rest.delete(`/ratings/${ids[0]}`, as(buyers[0]!));
      expect((await reply('Too late.', seller)).body.code).toBe('RATING_NOT_FOUND');
    });
  });

  describe('the CSV', () => {
    it('has every rating once, escapes what a spreadsheet would compute, and is streamed', async () => {
      const seller = await createSeller(db.database);
      const buyers = await createPeople(db.database, 1203);
      const comments = ['=HYPERLINK("http://evil")', '+1', '-1', '@SUM(A1)', 'plain, with "quotes"\nand a break', null];
      const orders = await completeOrders(
        db.database,
        seller,
        buyers.map(({ id }) => id),
      );
      const rows = buyers.map(({ id }, i) => ({
        sellerId: seller.id,
        raterId: id,
        rating: 1 + (i % 5),
        comment: comments[i % comments.length]!,
        orderId: orders.get(id)!,
        createdAt: new Date(Date.UTC(2026, 0, 1) + Math.floor(i / 3) * 1000), // several at one moment
      }));
      for (let i = 0; i < rows.length; i += 150) await db.database.prisma.sellerRating.createMany({ data: rows.slice(i, i + 150) });

      const answer = await fetch(`${api.url}/api/v1/ratings/received.csv`, {
        headers: { authorization: `Bearer ${api.tokenFor(seller)}` },
      });
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="ratings.csv"');
      expect(answer.headers.get('content-length')).toBeNull();
      const records = parse<Record<string, string>>(await answer.text(), { columns: true, bom: true });
      expect(new Set(records.map(({ id }) => id)).size).toBe(1203);
      for (const record of records) for (const cell of Object.values(record)) expect(cell).not.toMatch(/^[=+\-@]/);
      expect(new Set(records.map(({ comment }) => comment))).toEqual(
        new Set(['\'=HYPERLINK("http://evil")', "'+1", "'-1", "'@SUM(A1)", 'plain, with "quotes"\nand a break', '']),
      );
    });
  });

  it('keeps the last word of each person on how easy rating was', async () => {
    const person = await createPerson(db.database);
    for (const score of [2, 5]) expect((await rest.post('/feedback', { score }, as(person))).status).toBe(204);
    expect((await rest.post('/feedback', { score: 6 }, as(person))).status).toBe(400);
    expect(await db.database.prisma.featureFeedback.findMany({ where: { userId: person.id } })).toMatchObject([{ score: 5 }]);
  });
});

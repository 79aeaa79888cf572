import { foldForSearch, lowerBoundOf, type Stars } from '@assay/contract';
import type { RatingQuery, RatingRow, SellerQuery, SortedSellerRow, Repositories } from '@assay/core';
import { createRepositories } from '@assay/database';
import {
  completeOrders,
  createPeople,
  createPerson,
  createSeller,
  engineVersion,
  onEachEngine,
  standInDiffers,
  useDatabase,
} from '@assay/testing';
import { beforeAll, describe, expect, it } from 'vitest';

type Keys = (number | Date)[];

/** All rows, page after page, each page asked for with the keys of the last row of the one before. */
async function walk<Row>(load: (after?: Keys) => Promise<Row[]>, keysOf: (row: Row) => Keys): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = await load(); page.length > 0; page = await load(keysOf(page.at(-1)!))) {
    rows.push(...page);
    if (rows.length > 100) throw new Error('The pages never end.');
  }
  return rows;
}

/** Compares by these numbers, the first that differs decides; all of them falling. */
const falling =
  <Row>(...numbers: ((row: Row) => number)[]) =>
  (a: Row, b: Row) =>
    numbers.map((number) => number(b) - number(a)).find((difference) => difference !== 0) ?? 0;

const ids = (rows: { id: number }[]) => rows.map(({ id }) => id);

onEachEngine('paging', (engine) => {
  const db = useDatabase(engine);
  let repos: Repositories;
  beforeAll(async () => {
    repos = createRepositories(db.database);
  });

  /** A seller with ratings in which every sort key has ties; times are a millisecond apart. */
  async function ratedSeller(count: number) {
    const seller = await createSeller(db.database);
    const raters = ids(await createPeople(db.database, count));
    const orders = await completeOrders(db.database, seller, raters);
    const start = Date.UTC(2026, 4, 1, 12, 0, 0, 993);
    await db.database.prisma.sellerRating.createMany({
      data: raters.map((raterId, i) => ({
        sellerId: seller.id,
        raterId,
        orderId: orders.get(raterId)!,
        rating: 1 + ((i * 7) % 5),
        comment: i % 3 === 0 ? null : `Comment ${i}`,
        helpfulCount: (i * 5) % 4,
        createdAt: new Date(start + Math.floor(i / 3)),
      })),
    });
    return seller;
  }

  describe('ratings of a seller', () => {
    const COUNT = 29;
    let sellerId: number;
    let all: RatingRow[];
    beforeAll(async () => {
      sellerId = (await ratedSeller(COUNT)).id;
      all = await repos.ratings.list({ sellerId, sort: 'newest', limit: 1000, viewerId: null });
    });

    const time = (row: RatingRow) => row.createdAt.getTime();
    const SORTS: Record<RatingQuery['sort'], { order: (a: RatingRow, b: RatingRow) => number; keysOf: (row: RatingRow) => Keys }> = {
      newest: { order: falling(time, ({ id }) => id), keysOf: ({ createdAt, id }) => [createdAt, id] },
      highest: {
        order: falling(
          ({ rating }) => rating,
          time,
          ({ id }) => id,
        ),
        keysOf: ({ rating, createdAt, id }) => [rating, createdAt, id],
      },
      lowest: {
        order: falling(
          ({ rating }) => -rating,
          time,
          ({ id }) => id,
        ),
        keysOf: ({ rating, createdAt, id }) => [rating, createdAt, id],
      },
      helpful: {
        order: falling(
          ({ helpfulCount }) => helpfulCount,
          ({ id }) => id,
        ),
        keysOf: ({ helpfulCount, id }) => [helpfulCount, id],
      },
    };
    const sorts = Object.entries(SORTS).map(([sort, rules]) => ({ sort: sort as RatingQuery['sort'], ...rules }));
    const pages = (limit: number, sort: RatingQuery['sort'], filter: Partial<RatingQuery> = {}) =>
      walk(
        (after) => repos.ratings.list({ sellerId, sort, limit, viewerId: null, ...filter, ...(after && { after }) }),
        SORTS[sort].keysOf,
      );

    it('the first list holds them all, with their times to the millisecond', () => {
      expect(all).toHaveLength(COUNT);
      expect(all[0]!.createdAt.toISOString()).toBe('2026-05-01T12:00:01.002Z');
      expect(new Set(all.map(time)).size).toBe(10);
    });

    describe.each(sorts)('sorted by $sort', ({ sort, order }) => {
      it.each([1, 4, 29])('pages of %i hold each rating once, in order', async (limit) => {
        expect(ids(await pages(limit, sort))).toEqual(ids([...all].sort(order)));
      });

      it('filters hold on every page', async () => {
        const fours = all.filter(({ rating, comment }) => rating === 4 && comment !== null);
        expect(fours.length).toBeGreaterThan(2);
        expect(ids(await pages(2, sort, { stars: 4, withComment: true }))).toEqual(ids(fours.sort(order)));
      });
    });

    it('ratings that arrive in front while a reader goes on shift nothing', async () => {
      const busy = await ratedSeller(12);
      const before = ids(await repos.ratings.list({ sellerId: busy.id, sort: 'newest', limit: 100, viewerId: null }));
      const seen = await walk(async (after) => {
        const rater = await createPerson(db.database);
        const orderId = (await completeOrders(db.database, busy, [rater.id])).get(rater.id)!;
        await repos.ratings.insert({ sellerId: busy.id, raterId: rater.id, rating: 5, comment: null, orderId }, new Date());
        return repos.ratings.list({ sellerId: busy.id, sort: 'newest', limit: 4, viewerId: null, ...(after && { after }) });
      }, SORTS.newest.keysOf);
      expect(ids(seen).filter((id) => before.includes(id))).toEqual(before);
      expect(new Set(ids(seen)).size).toBe(seen.length);
    });

    it('a rater’s own ratings: newest first, each once', async () => {
      const rater = await createPerson(db.database);
      for (const minute of [3, 1, 2, 2, 2]) {
        const seller = await createSeller(db.database);
        const orderId = (await completeOrders(db.database, seller, [rater.id])).get(rater.id)!;
        const rating = { sellerId: seller.id, raterId: rater.id, rating: 3 as Stars, comment: null, orderId };
        await repos.ratings.insert(rating, new Date(Date.UTC(2026, 0, 1, 0, minute)));
      }
      const rows = await walk((after) => repos.ratings.listByRater(rater.id, 2, after), SORTS.newest.keysOf);
      expect(rows.map(({ createdAt }) => createdAt.getUTCMinutes())).toEqual([3, 2, 2, 2, 1]);
      expect(ids(rows)).toEqual(ids([...rows].sort(SORTS.newest.order)));
    });
  });

  describe('sellers', () => {
    const STARS = [[], [0, 0, 0, 0, 3], [0, 0, 0, 0, 4], [0, 0, 0, 3], [1, 0, 0, 0, 1], [0, 0, 0, 0, 2], [0, 0, 0, 2, 1], [0, 0, 0, 4, 2]];
    let all: SortedSellerRow[];
    beforeAll(async () => {
      for (const [s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0] of [...STARS, ...STARS]) {
        const { id } = await createSeller(db.database);
        await db.database.prisma.user.updateMany({ where: { id }, data: { stars1: s1, stars2: s2, stars3: s3, stars4: s4, stars5: s5 } });
      }
      all = await repos.sellers.find({ sort: 'newest', limit: 1000 });
    });

    const total = ({ histogram: h }: SortedSellerRow) => h[1] + h[2] + h[3] + h[4] + h[5];
    const ORDERS: Record<SellerQuery['sort'], (a: SortedSellerRow, b: SortedSellerRow) => number> = {
      rating: falling(
        (row) => Number(total(row) >= 3),
        ({ histogram }) => lowerBoundOf(histogram) ?? 0,
        total,
        ({ id }) => id,
      ),
      ratings: falling(total, ({ id }) => id),
      newest: falling(({ id }) => id),
    };
    const orders = Object.entries(ORDERS).map(([sort, order]) => ({ sort: sort as SellerQuery['sort'], order }));

    it('all of them are listed, and no one else', async () => {
      const people = await db.database.prisma.userRole.findMany({ where: { role: 'seller' }, orderBy: { userId: 'desc' } });
      expect(ids(all)).toEqual(people.map(({ userId }) => userId));
      expect(await repos.sellers.count({})).toBe(people.length);
    });

    describe.each(orders)('sorted by $sort', ({ sort, order }) => {
      it.each([1, 3, 7])('pages of %i hold each seller once, in order', async (limit) => {
        const rows = await walk(
          (after) => repos.sellers.find({ sort, limit, ...(after && { after: after as number[] }) }),
          ({ sortKeys }) => sortKeys,
        );
        expect(ids(rows)).toEqual(ids([...all].sort(order)));
      });
    });

    it('only those with a score, only new ones', async () => {
      const scored = ids(all.filter((row) => total(row) >= 3));
      expect(ids(await repos.sellers.find({ sort: 'newest', limit: 1000, scored: true }))).toEqual(scored);
      expect(await repos.sellers.count({ scored: true })).toBe(scored.length);
      expect(ids(await repos.sellers.listNew(3))).toEqual(ids(all.filter((row) => total(row) < 3)).slice(0, 3));
    });
  });

  describe('search', () => {
    const NAMES = [
      'Qx 100% Wool',
      'Qx 100x Wool',
      'Qx snake_case',
      'Qx snake case',
      'Qx [a-c]',
      'Qx b',
      'Qx back\\slash',
      'Qx O’Hara',
      "Qx O'Hara",
      'Qx Évora',
    ];
    let version: string;
    beforeAll(async () => {
      version = await engineVersion(db.target);
      for (const fullName of NAMES) {
        const { id } = await createSeller(db.database);
        await repos.sellers.updateStore(id, { fullName, searchName: foldForSearch(fullName), bio: null, location: null }, new Date());
      }
    });

    it.each([
      ['qx 100%', ['Qx 100% Wool']],
      ['%', ['Qx 100% Wool']],
      ['100_', []],
      ['qx snake_', ['Qx snake_case']],
      ['_', ['Qx snake_case']],
      ['[', ['Qx [a-c]']],
      ['qx [a-c]', ['Qx [a-c]']],
      ['\\', ['Qx back\\slash']],
      ["qx o'", ["Qx O'Hara"]],
      ['evora', ['Qx Évora']],
      ['ÉVORA', ['Qx Évora']],
      ['qx ', NAMES],
      ["'; DROP TABLE Users; --", []],
    ])('%j finds exactly what it says', async (typed, names) => {
      const search = foldForSearch(typed);
      const lost = /^[\\%_[]/.test(search) && standInDiffers(version, 'noEscapeAfterWildcard');
      const expected = lost ? [] : [...names].sort();
      const found = await repos.sellers.find({ search, sort: 'newest', limit: 100 });
      expect(found.map(({ name }) => name).sort()).toEqual(expected);
      expect(await repos.sellers.count({ search })).toBe(expected.length);
    });
  });
});

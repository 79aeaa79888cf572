import path from 'node:path';
import { searchTerms, type ListingFilter, type ListingKeys, type ListingSearchSort } from '@assay/core';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMigrations } from '../migrate/files.ts';
import type { Prisma, Queryable } from './database.ts';
import { listingsRepository } from '../repositories/listings.ts';
import { GATHERED_MAX, sqliteListingSearch } from './listing-search-sqlite.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const LISTINGS = GATHERED_MAX + 2000;

describe('how SQLite finds listings', () => {
  const db = new Database(':memory:');
  let plans: string[] = [];
  const bound = (values: unknown[]) => values.map((value) => (value instanceof Date ? value.toISOString().replace('Z', '+00:00') : value));
  const read = ({ sql, values }: Prisma.Sql) => {
    plans.push(...(db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(bound(values)) as { detail: string }[]).map(({ detail }) => detail));
    return Promise.resolve(db.prepare(sql).all(bound(values)));
  };
  const search = sqliteListingSearch({ read, engine: 'sqlite' } as unknown as Queryable);

  beforeAll(() => {
    for (const { up } of readMigrations(ROOT, 'sqlite')) db.exec(up);
    db.exec("INSERT INTO Users (FullName, SearchName) VALUES ('A', 'a'), ('B', 'b')");
    const insert = db.prepare(
      `INSERT INTO SellerListings (SellerId, Title, PriceE8, Currency, Category, Status, PublishedAt) VALUES (1, ?, ?, ?, ?, 'active', ?)`,
    );
    db.transaction(() => {
      for (let i = 0; i < LISTINGS; i++) {
        const at = new Date(Date.UTC(2026, 0, 1) + i * 1000).toISOString().replace('Z', '+00:00');
        insert.run(
          `Bowl ${i % 100 === 0 ? 'rare' : 'plain'} ${i}`,
          1 + (i % 977),
          i % 2000 === 0 ? 'GBP' : 'EUR',
          i % 5 === 0 ? 'ceramics/vases' : 'ceramics/bowls',
          at,
        );
      }
    })();
  });
  afterAll(() => void db.close());

  const find = async (q: string, rest: Omit<ListingFilter, 'terms'>, sort: ListingSearchSort, after?: ListingKeys) => {
    plans = [];
    const found = await search.find({ terms: searchTerms(q), ...rest, sort, limit: 10, ...(after ? { after } : {}) });
    return { ...found, plan: plans.join('\n') };
  };

  /** Of no table is every row read. */
  const expectNoScan = (plan: string) => expect(plan).not.toMatch(/SCAN (l|SellerListings)\b/);

  const PRICE = { currency: 'EUR', priceMinE8: 5n, priceMaxE8: 900n };
  it.each<[string, Omit<ListingFilter, 'terms'>, ListingSearchSort]>([
    ['rare', {}, 'relevance'],
    ['rare', {}, 'newest'],
    ['rare', PRICE, 'relevance'],
    ['rare', { ...PRICE, category: 'ceramics', escrow: true, sellerId: 1 }, 'price-desc'],
    ['bowl', {}, 'relevance'],
    ['bowl', {}, 'newest'],
    ['', { currency: 'GBP' }, 'newest'],
    ['', { sellerId: 2 }, 'newest'],
  ])('“%s” with %o by %s: the index of words, then each listing by its id', async (q, rest, sort) => {
    const { plan } = await find(q, rest, sort);
    expectNoScan(plan);
    expect(plan).toContain('SCAN ListingSearch VIRTUAL TABLE INDEX');
    if (sort !== 'relevance' || 'priceMinE8' in rest) expect(plan).toContain('SEARCH l USING INTEGER PRIMARY KEY (rowid=?)');
  });

  const newest: ListingKeys = { by: new Date(Date.UTC(2026, 0, 1, 2)), id: 500 };
  it.each<[string, Omit<ListingFilter, 'terms'>, ListingSearchSort, ListingKeys | undefined, string]>([
    ['everything', {}, 'newest', undefined, 'IX_SellerListings_Newest (Status=?)'],
    ['everything, a page far down', {}, 'newest', newest, 'IX_SellerListings_Newest (Status=? AND PublishedAt<?)'],
    ['what most are in', { currency: 'EUR' }, 'newest', newest, 'IX_SellerListings_Newest (Status=? AND PublishedAt<?)'],
    ['a price', PRICE, 'newest', undefined, 'IX_SellerListings_Newest (Status=?)'],
    ['by price', { currency: 'EUR' }, 'price-asc', undefined, 'IX_SellerListings_Price (Status=? AND Currency=?)'],
    [
      'by price, far down',
      { currency: 'EUR' },
      'price-asc',
      { by: 500n, id: 9 },
      'IX_SellerListings_Price (Status=? AND Currency=? AND PriceE8>?)',
    ],
    [
      'by price, downwards',
      { currency: 'EUR' },
      'price-desc',
      { by: 500n, id: 9 },
      'IX_SellerListings_Price (Status=? AND Currency=? AND PriceE8<?)',
    ],
    [
      'by a range of prices',
      PRICE,
      'price-asc',
      undefined,
      'IX_SellerListings_Price (Status=? AND Currency=? AND PriceE8>? AND PriceE8<?)',
    ],
  ])('%s: along the index that has the order', async (_name, rest, sort, after, index) => {
    const { plan, rows, considered } = await find('', rest, sort, after);
    expectNoScan(plan);
    expect(plan).toContain(`SEARCH l USING`);
    expect(plan.replace('COVERING ', '')).toContain(`INDEX ${index}`);
    expect(plan).not.toContain('TEMP B-TREE');
    expect([rows.length, considered]).toEqual([10, null]);
  });

  it('a category alone: a range of the index that has all that is asked for', async () => {
    const { plan, rows } = await find('', { category: 'ceramics' }, 'newest');
    expect(plan).toContain('SEARCH l USING COVERING INDEX IX_SellerListings_Found (Status=? AND Category>? AND Category<?)');
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, i) => LISTINGS - i));
  });

  it('listings that were found are read by their ids; the latest along the index', async () => {
    const listings = listingsRepository({ read, engine: 'sqlite' } as unknown as Queryable);
    plans = [];
    expect((await listings.findActive([5, 7])).map(({ id }) => id)).toEqual([5, 7]);
    expect(plans.join('\n')).toContain('SEARCH l USING INTEGER PRIMARY KEY (rowid=?)');
    plans = [];
    expect((await listings.listRecent(2)).map(({ id }) => id)).toEqual([LISTINGS, LISTINGS - 1]);
    expect(plans.join('\n')).toContain('SEARCH l USING INDEX IX_SellerListings_Newest (Status=?)');
    expect(plans.join('\n')).not.toContain('TEMP B-TREE');
  });

  it('counts stop at their limit', async () => {
    for (const [q, rest] of [
      ['', {}],
      ['bowl', {}],
      ['bowl', PRICE],
      ['', PRICE],
      ['', { category: 'ceramics' }],
    ] as [string, Omit<ListingFilter, 'terms'>][]) {
      plans = [];
      expect(await search.count({ terms: searchTerms(q), ...rest }, 50)).toEqual({ count: 50, more: true });
      expectNoScan(plans.join('\n'));
    }
    expect(await search.count({ terms: searchTerms('rare') }, 1000)).toEqual({ count: LISTINGS / 100, more: false });
  });

  it('where too much matches the newest are sorted, and it says so; a narrower search is complete again', async () => {
    const all = await find('bowl', { currency: 'EUR' }, 'price-asc');
    expect(all.considered).toBe(GATHERED_MAX);
    const oldest = LISTINGS - GATHERED_MAX; // those before are left out at any price
    expect(Math.min(...all.rows.map(({ id }) => id))).toBeGreaterThan(oldest);
    const narrow = await find('bowl rare', { currency: 'EUR' }, 'price-asc');
    expect([narrow.considered, Math.min(...narrow.rows.map(({ id }) => id)) < oldest]).toEqual([null, true]);
  });
});

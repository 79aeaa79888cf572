import { createContainer, createLogger, readConfig, SCRIPT_SECRET } from '@assay/api';
import { parsePriceE8, SearchListingsQuery } from '@assay/contract';
import { searchListings, searchTextOf } from '@assay/core';
import Database from 'better-sqlite3';
import { madeUpListings } from '../../prisma/seed/made-up-listings.ts';

export interface SearchRow {
  name: string;
  p50Ms: number;
  p95Ms: number;
  /** Processor time of one search, which does not depend on the load of the machine. */
  cpuMs: number;
  bareMs: number;
  /** Time of the product divided by that of the bare statement. */
  ratio: number;
}

const SELLERS = 5000;
const TIMES = 40;
const AIM_MS = 50;

/** Fills a migrated, empty file with plain SQL, because only the result matters; triggers keep the search index. */
function fill(db: Database.Database, listings: number): void {
  db.pragma('synchronous = OFF');
  const user = db.prepare('INSERT INTO Users (FullName, SearchName) VALUES (?, ?)');
  const listing = db.prepare(
    `INSERT INTO SellerListings (SellerId, Title, Description, PriceE8, Currency, Category, Status, EscrowEnabled, Metadata, PublishedAt, CreatedAt, UpdatedAt, SearchText)
     VALUES (?, ?, ?, ?, ?, ?, 'active', ?, ?, ?, ?, ?, ?)`,
  );
  db.transaction(() => {
    for (let i = 1; i <= SELLERS; i++) user.run(`Maker ${i}`, `maker ${i}`);
    for (const { line, title, description, price, currency, category, escrowEnabled, metadata, at } of madeUpListings({
      listings,
      sellers: SELLERS,
      seed: 1,
    })) {
      const moment = at.toISOString().replace('Z', '+00:00');
      const texts = [title, description, parsePriceE8(price), currency, category, Number(escrowEnabled), JSON.stringify(metadata)];
      listing.run(1 + (line % SELLERS), ...texts, moment, moment, moment, searchTextOf({ title, description, metadata }));
    }
  })();
}

/** Each measured search, and the smallest statement that finds the same first listings. */
const CASES: { name: string; query: Record<string, string>; deep?: true; bare: string }[] = [
  { name: 'a common word', query: { q: 'bowl' }, bare: words('bowl') },
  { name: 'a rare word', query: { q: '1-123456' }, bare: words('"1 123456"') },
  {
    name: 'two words, a category, a price',
    query: { q: 'iron teapot', category: 'ceramics', currency: 'EUR', priceMin: '50', priceMax: '200', sort: 'price-asc' },
    bare: words('iron AND teapot'),
  },
  {
    name: 'the newest of a category',
    query: { category: 'ceramics/bowls' },
    bare: along('Found', "Category = 'ceramics/bowls'", 'PublishedAt DESC, Id DESC'),
  },
  {
    name: 'the cheapest in a currency',
    query: { currency: 'EUR', sort: 'price-asc' },
    bare: along('Price', "Currency = 'EUR'", 'PriceE8, Id'),
  },
  {
    name: 'a page far down',
    query: { currency: 'EUR', sort: 'price-asc' },
    deep: true,
    bare: along('Price', "Currency = 'EUR' AND PriceE8 >= 10000000000", 'PriceE8, Id'),
  },
];

function words(match: string): string {
  return `SELECT l.* FROM ListingSearch f JOIN SellerListings l ON l.Id = f.rowid WHERE ListingSearch MATCH '${match}' ORDER BY f.rowid DESC LIMIT 24`;
}
function along(index: string, condition: string, order: string): string {
  return `SELECT * FROM SellerListings INDEXED BY IX_SellerListings_${index} WHERE Status = 'active' AND ${condition} ORDER BY ${order} LIMIT 24`;
}

const at = (times: number[], share: number) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]!;

/** Measures the use case, including counts and categories, in turns with a bare statement on the same file. */
export async function benchSearch(file: string, listings: number, say: (text: string) => void): Promise<SearchRow[]> {
  say(`Filling in ${listings.toLocaleString('en')} listings …`);
  const db = new Database(file);
  fill(db, listings);
  const container = await createContainer(
    readConfig({ NODE_ENV: 'test', DATABASE_URL: `file:${file}`, JWT_SECRET: SCRIPT_SECRET }),
    createLogger('silent', 'bench'),
  );
  const ctx = container.context({ kind: 'anonymous' }, 'bench');
  const rows: SearchRow[] = [];
  for (const { name, query, deep, bare } of CASES) {
    // Far down: starts in the middle of all prices, without reading the pages before.
    const cursor = deep && Buffer.from(JSON.stringify(['listings-price-asc', 10, 0, 1])).toString('base64url');
    const parsed = SearchListingsQuery.parse({ ...query, ...(cursor ? { cursor } : {}) });
    const statement = db.prepare(bare);
    const [product, floor, cpu]: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i < TIMES; i++) {
      let from = performance.now();
      statement.all();
      floor.push(performance.now() - from);
      const cpuFrom = process.cpuUsage();
      from = performance.now();
      await searchListings(ctx, parsed);
      product.push(performance.now() - from);
      const { user, system } = process.cpuUsage(cpuFrom);
      cpu.push((user + system) / 1000);
    }
    const [p50Ms, bareMs] = [at(product, 0.5), at(floor, 0.5)];
    rows.push({ name, p50Ms, p95Ms: at(product, 0.95), cpuMs: at(cpu, 0.5), bareMs, ratio: p50Ms / bareMs });
    say(`  ${searchLine(rows.at(-1)!)}`);
  }
  await container.close();
  db.close();
  return rows;
}

export const searchLine = ({ name, p50Ms, p95Ms, cpuMs, bareMs, ratio }: SearchRow): string =>
  `search, ${name}: ${p50Ms.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms (goal ${AIM_MS}), processor ${cpuMs.toFixed(1)} ms; bare statement ${bareMs.toFixed(2)} ms, ${ratio.toFixed(1)} times`;

import { createContainer, createLogger, readConfig, SCRIPT_SECRET } from '@assay/api';
import { recalculateEverybody, verifySellersScores } from '@assay/core';
import Database from 'better-sqlite3';
import { median, timed } from './timing.ts';

export interface RecountRow {
  name: string;
  productMs: number;
  bareMs: number;
  /** Time of the product divided by that of the bare statement. */
  ratio: number;
}

const SELLERS = 10_000;
const RATERS = 4000;

/** Ratings of 10,000 sellers, few of them large, on a thousand days, with correct counts. Inserted with plain SQL. */
function fill(db: Database.Database, ratings: number): void {
  const user = db.prepare('INSERT INTO Users (FullName, SearchName) VALUES (?, ?)');
  const rating = db.prepare(
    "INSERT INTO SellerRatings (SellerId, RaterId, Rating, Source, CreatedAt, UpdatedAt) VALUES (?, ?, ?, 'imported', ?, ?)",
  );
  db.transaction(() => {
    const ids = Array.from({ length: SELLERS + RATERS }, (_, i) => Number(user.run(`Person ${i}`, `person ${i}`).lastInsertRowid));
    const [sellers, raters] = [ids.slice(0, SELLERS), ids.slice(SELLERS)];
    const weights = sellers.map((_, i) => 1 / (i + 30));
    const sum = weights.reduce((a, b) => a + b, 0);
    for (const [i, seller] of sellers.entries()) {
      const count = Math.min(RATERS, Math.round((ratings * weights[i]!) / sum));
      for (let j = 0; j < count; j++) {
        const at = new Date(Date.UTC(2024, 0, 1) + (((i * 31 + j * 7919) % 1000) * 86_400 + j) * 1000).toISOString().replace('Z', '+00:00');
        rating.run(seller, raters[j], 1 + ((i + j * 3) % 5), at, at);
      }
    }
    bareRecalculation(db);
  })();
}

const STARS = [1, 2, 3, 4, 5];
const counts = STARS.map((n) => `SUM(Rating = ${n}) AS n${n}`).join(', ');

function bareVerification(db: Database.Database): number {
  const unequal = STARS.map((n) => `u.Stars${n} <> COALESCE(c.n${n}, 0)`).join(' OR ');
  const stored = STARS.map((n) => `Stars${n} AS n${n}`).join(', ');
  const there = STARS.map((n) => `-(Rating = ${n})`).join(', ');
  const wrong = db
    .prepare(
      `SELECT u.Id FROM Users u LEFT JOIN (SELECT SellerId, ${counts} FROM SellerRatings GROUP BY SellerId) c ON c.SellerId = u.Id WHERE ${unequal}`,
    )
    .all();
  const wrongDays = db
    .prepare(
      `SELECT 1 FROM (SELECT SellerId, Day, ${stored} FROM SellerRatingDays
        UNION ALL SELECT SellerId, unixepoch(CreatedAt) / 86400, ${there} FROM SellerRatings)
        GROUP BY SellerId, Day HAVING ${STARS.map((n) => `SUM(n${n}) <> 0`).join(' OR ')}`,
    )
    .all();
  return wrong.length + wrongDays.length;
}

function bareRecalculation(db: Database.Database): void {
  const set = STARS.map((n) => `Stars${n} = c.n${n}`).join(', ');
  db.exec(`UPDATE Users SET ${set} FROM (SELECT SellerId, ${counts} FROM SellerRatings GROUP BY SellerId) c WHERE c.SellerId = Users.Id`);
  db.exec('DELETE FROM SellerRatingDays');
  db.exec(
    `INSERT INTO SellerRatingDays SELECT SellerId, unixepoch(CreatedAt) / 86400, ${STARS.map((n) => `SUM(Rating = ${n})`).join(', ')} FROM SellerRatings GROUP BY 1, 2`,
  );
}

/** Makes the counts of all sellers wrong. */
function spoil(db: Database.Database): void {
  db.exec('UPDATE Users SET Stars1 = 0, Stars2 = 0, Stars3 = 0, Stars4 = 0, Stars5 = 0');
  db.exec('DELETE FROM SellerRatingDays; DELETE FROM RecalculationRuns');
}

/** Measures verification and recalculation in a migrated, empty file against bare statements that do the same. */
export async function benchRecount(
  file: string,
  ratings: number,
  rounds: number,
  say: (text: string) => void,
): Promise<{ rows: RecountRow[]; growthMb: number }> {
  const db = new Database(file);
  say(`Filling in ${ratings.toLocaleString('en')} ratings over ${SELLERS.toLocaleString('en')} sellers …`);
  fill(db, ratings);
  const container = await createContainer(
    readConfig({ NODE_ENV: 'test', DATABASE_URL: `file:${file}`, JWT_SECRET: SCRIPT_SECRET, DATABASE_CONNECTION_TIMEOUT: '120000' }),
    createLogger('silent', 'bench'),
  );
  const ctx = container.context({ kind: 'system', name: 'bench' }, 'bench');
  const rows: RecountRow[] = [];
  const compare = async (name: string, bare: () => unknown, product: () => unknown, before: () => void = () => {}) => {
    const times: { bare: number; product: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      before();
      const bareMs = await timed(bare);
      before();
      times.push({ bare: bareMs, product: await timed(product) });
      say(`  ${name} ${round + 1}/${rounds}: bare ${bareMs.toFixed(0)} ms, product ${times.at(-1)!.product.toFixed(0)} ms`);
    }
    const [bareMs, productMs] = [median(times.map((time) => time.bare)), median(times.map((time) => time.product))];
    rows.push({ name, bareMs, productMs, ratio: median(times.map((time) => time.product / time.bare)) });
  };

  const rssMb = () => process.memoryUsage.rss() / 1024 / 1024;
  const atFirst = rssMb();
  await compare(
    'verification',
    () => bareVerification(db),
    () => verifySellersScores(ctx),
  );
  await compare(
    'recalculation, all right',
    () => db.transaction(() => bareRecalculation(db))(),
    () => recalculateEverybody(ctx, { kind: 'all' }),
  );
  await compare(
    'recalculation, all wrong',
    () => db.transaction(() => bareRecalculation(db))(),
    () => recalculateEverybody(ctx, { kind: 'all' }),
    () => spoil(db),
  );
  const growthMb = rssMb() - atFirst;
  const wrong = bareVerification(db);
  await container.close();
  db.close();
  if (wrong > 0) throw new Error(`${wrong} counts are wrong after the recalculation.`);
  return { rows, growthMb };
}

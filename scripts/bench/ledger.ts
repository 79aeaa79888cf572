import { setTimeout } from 'node:timers/promises';
import { createContainer, createLogger, readConfig } from '@assay/api';
import { getSellerBalances, listStatement, schedulePayouts, verifyLedger, type Context } from '@assay/core';
import Database from 'better-sqlite3';
import { EARNERS, fillLedger } from './ledger-data.ts';
import { median, p95, timed } from './timing.ts';

export interface LedgerFigures {
  postings: number;
  verification: { productMs: number; bareMs: number; ratio: number };
  /** A seller with a million postings against one with a hundred. */
  balance: { smallMs: number; largeMs: number; ratio: number };
  /** Other requests while 10,000 payouts are made, against the same before. */
  payouts: { seconds: number; quietP95Ms: number; busyP95Ms: number; longestMs: number; ratio: number };
}

const READS = 300;

/** Whether entries sum to zero, balances are the sums of postings, and payments have their entries: the least that says so. */
function bareVerification(db: Database.Database): number {
  const entries = db
    .prepare(
      `SELECT e.Id FROM LedgerEntries e LEFT JOIN LedgerPostings p ON p.EntryId = e.Id AND p.Currency = e.Currency
        GROUP BY e.Id HAVING COUNT(p.Line) <> e.Lines OR SUM(p.AmountMinor) <> 0`,
    )
    .all();
  const balances = db
    .prepare(
      `SELECT SellerId FROM (SELECT SellerId, Currency, Account, BalanceMinor AS n FROM LedgerBalances
        UNION ALL SELECT SellerId, Currency, Account, -SUM(AmountMinor) FROM LedgerPostings GROUP BY 1, 2, 3)
        GROUP BY SellerId, Currency, Account HAVING SUM(n) <> 0`,
    )
    .all();
  const payments = db
    .prepare(
      `SELECT p.OrderId FROM Payments p LEFT JOIN (
          SELECT e.OrderId, SUM(CASE WHEN x.Account = 'clearing' THEN x.AmountMinor ELSE 0 END) AS Captured,
            SUM(CASE WHEN x.Account = 'held' THEN x.AmountMinor ELSE 0 END) AS Held
          FROM LedgerEntries e JOIN LedgerPostings x ON x.EntryId = e.Id GROUP BY e.OrderId) l ON l.OrderId = p.OrderId
        WHERE p.AmountE8 / 1000000 <> COALESCE(l.Captured, 0) OR l.Held <> 0`,
    )
    .all();
  return entries.length + balances.length + payments.length;
}

async function benchVerification(db: Database.Database, ctx: Context, rounds: number, say: (text: string) => void) {
  const times: { bare: number; product: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const bare = await timed(() => bareVerification(db));
    const product = await timed(async () => {
      const { differences } = await verifyLedger(ctx);
      if (differences.length > 0) throw new Error(`The ledger of the benchmark has ${differences.length} differences.`);
    });
    times.push({ bare, product });
    say(`  verification ${round + 1}/${rounds}: bare ${bare.toFixed(0)} ms, product ${product.toFixed(0)} ms`);
  }
  return {
    productMs: median(times.map(({ product }) => product)),
    bareMs: median(times.map(({ bare }) => bare)),
    ratio: median(times.map(({ product, bare }) => product / bare)),
  };
}

async function benchBalance(contextOf: (sellerId: number) => Context, { small, large }: { small: number; large: number }) {
  const look = async (sellerId: number) => {
    const ctx = contextOf(sellerId);
    await getSellerBalances(ctx);
    await listStatement(ctx, { currency: 'EUR', limit: 20 });
  };
  const times: { small: number; large: number }[] = [];
  for (let i = 0; i < READS; i++) times.push({ small: await timed(() => look(small)), large: await timed(() => look(large)) });
  const [smallMs, largeMs] = [median(times.map((time) => time.small)), median(times.map((time) => time.large))];
  return { smallMs, largeMs, ratio: largeMs / smallMs };
}

/** Asks for a page of the API again and again, with a short pause, as a visitor would. */
async function* visits(url: string): AsyncGenerator<number> {
  for (;;) {
    yield await timed(async () => {
      const answer = await fetch(url);
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`A request beside the payouts was answered with ${answer.status}.`);
    });
    await setTimeout(5);
  }
}

async function benchPayouts(db: Database.Database, ctx: Context, url: string) {
  const quiet: number[] = [];
  const busy: number[] = [];
  for await (const ms of visits(url)) if (quiet.push(ms) >= READS) break;
  db.exec("UPDATE PayoutSettings SET NextAt = '2026-06-01T05:00:00.000+00:00'");
  const from = performance.now();
  await schedulePayouts(ctx);
  const made = db.prepare('SELECT COUNT(*) FROM Payouts').pluck();
  for await (const ms of visits(url)) if (busy.push(ms) % 50 === 0 && (made.get() as number) >= EARNERS) break;
  const [quietP95Ms, busyP95Ms] = [p95(quiet), p95(busy)];
  const seconds = (performance.now() - from) / 1000;
  return { seconds, quietP95Ms, busyP95Ms, longestMs: Math.max(...busy), ratio: busyP95Ms / quietP95Ms };
}

/**
 * Measures the ledger in a migrated, empty file: verification against bare statements, the balance of a large seller against that of a small
 * one, and 10,000 payouts beside other requests.
 * @param serve starts an API process on the file
 */
export async function benchLedger(
  file: string,
  postings: number,
  rounds: number,
  env: NodeJS.ProcessEnv,
  serve: () => Promise<string>,
  say: (text: string) => void,
): Promise<LedgerFigures> {
  const container = await createContainer(readConfig({ ...env, DATABASE_CONNECTION_TIMEOUT: '120000' }), createLogger('silent', 'bench'));
  const ctx = container.context({ kind: 'system', name: 'bench' }, 'bench');
  say(`Filling in ${postings.toLocaleString('en')} postings …`);
  const data = fillLedger(file, postings, ctx.pure.payouts.seal!);
  const db = new Database(file);
  db.pragma('busy_timeout = 5000');
  const contextOf = (id: number) => container.context({ kind: 'user', id, roles: ['seller'], sessionId: 'bench' }, 'bench');
  try {
    const verification = await benchVerification(db, ctx, rounds, say);
    const balance = await benchBalance(contextOf, data);
    say(`  balance: ${balance.smallMs.toFixed(2)} ms, ${balance.largeMs.toFixed(2)} ms`);
    const payouts = await benchPayouts(db, ctx, `${await serve()}/api/v1/sellers/${data.small}`);
    const { differences } = await verifyLedger(ctx);
    if (differences.length > 0) throw new Error(`The payouts of the benchmark left ${differences.length} differences.`);
    return { postings: data.orders * 6, verification, balance, payouts };
  } finally {
    await container.close();
    db.close();
  }
}

export function printLedger({ postings, verification, balance, payouts }: LedgerFigures): void {
  const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
  console.log(
    [
      `verification of ${postings.toLocaleString('en')} postings: ${ms(verification.productMs)}, bare ${ms(verification.bareMs)}, ${verification.ratio.toFixed(2)} times (goal 2)`,
      `balance and statement of a seller with nearly all of them: ${ms(balance.largeMs)}, with a hundred ${ms(balance.smallMs)}, ${balance.ratio.toFixed(2)} times (goal 1.5)`,
      `${EARNERS.toLocaleString('en')} payouts in ${payouts.seconds.toFixed(0)} s: p95 of other requests ${ms(payouts.busyP95Ms)}, before ${ms(payouts.quietP95Ms)}, longest ${ms(payouts.longestMs)}`,
    ].join('\n'),
  );
}

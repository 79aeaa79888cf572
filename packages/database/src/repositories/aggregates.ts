import type { AggregatesRepository, Discrepancy, RecountScope, IdRange } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { lockRows } from '../engine/locks.ts';
import { columns, countRows } from '../engine/rows.ts';
import { dayOf } from '../engine/time.ts';
import { chunks, valueRows } from '../engine/value-rows.ts';
import { COUNTED_STARS, forEachStar, readHistograms } from './histogram.ts';
import { recountDays } from './rating-days.ts';

const RUN = columns(
  { r: 'RecalculationRuns' },
  { id: 'r.Id', lastSellerId: 'r.LastSellerId', checked: 'r.Checked', corrected: 'r.Corrected' },
);

export function aggregatesRepository(db: Queryable): AggregatesRepository {
  return {
    remaining: (scope, after) => countRows(db, Prisma.sql`FROM Users u WHERE u.Id > ${after} ${within(scope)}`),

    async nextStretch(scope, after, size) {
      const [row] = await db.read<{ upTo: number | null; accounts: number }>(Prisma.sql`
        SELECT MAX(b.Id) AS upTo, CAST(COUNT(*) AS INT) AS accounts
        FROM (SELECT u.Id FROM Users u WHERE u.Id > ${after} ${within(scope)} ORDER BY u.Id ${limit(db.engine, size)}) b`);
      return row?.upTo ? { after, upTo: row.upTo, accounts: row.accounts } : null;
    },

    lock: ({ after, upTo }) => lockRows(db, 'Users', 'Stars1', Prisma.sql`Id > ${after} AND Id <= ${upTo}`),

    async findDiscrepancies(scope, stretch) {
      const totals = await db.read<Record<string, number>>(differing(scope, stretch));
      const days = await db.read<{ id: number; days: number }>(differingDays(db, scope, stretch));
      const found = new Map(
        totals.map((row) => [row.id!, { sellerId: row.id!, stored: histogram(row, 's'), counted: histogram(row, 'c'), wrongDays: 0 }]),
      );
      const counts = await readHistograms(
        db,
        days.map(({ id }) => id).filter((id) => !found.has(id)),
      );
      for (const { id, days: wrongDays } of days) {
        const known = found.get(id);
        if (known) known.wrongDays = wrongDays;
        else found.set(id, { sellerId: id, stored: counts.get(id)!, counted: counts.get(id)!, wrongDays });
      }
      return [...found.values()].sort((a, b) => a.sellerId - b.sellerId);
    },

    async setCounts(corrections) {
      const rows = corrections.map(({ sellerId, counted: c }) => ({ id: sellerId, s1: c[1], s2: c[2], s3: c[3], s4: c[4], s5: c[5] }));
      const set = forEachStar((n) => `Stars${n} = c.s${n}`);
      for (const chunk of chunks(rows))
        await db.write(Prisma.sql`UPDATE Users SET ${set} FROM ${valueRows(db, chunk)} c WHERE c.id = Users.Id`);
      await recountDays(
        db,
        corrections.filter(({ wrongDays }) => wrongDays > 0).map(({ sellerId }) => sellerId),
      );
    },

    async openRun(scope, at) {
      const name = scopeName(scope);
      const open = await RUN.first(
        db,
        Prisma.sql`FROM RecalculationRuns r WHERE r.Scope = ${name} AND r.FinishedAt IS NULL ORDER BY r.Id DESC ${limit(db.engine, 1)}`,
      );
      if (open) return open;
      const id = await insertReturningId(db, 'RecalculationRuns', { Scope: name, StartedAt: at });
      return { id, lastSellerId: 0, checked: 0, corrected: 0 };
    },

    async advanceRun(from, { lastSellerId, checked, corrected }) {
      const changed = await db.write(Prisma.sql`
        UPDATE RecalculationRuns SET LastSellerId = ${lastSellerId}, Checked = ${checked}, Corrected = ${corrected}
        WHERE Id = ${from.id} AND LastSellerId = ${from.lastSellerId} AND FinishedAt IS NULL`);
      return changed === 1;
    },

    async finishRun(runId, at) {
      await db.write(Prisma.sql`UPDATE RecalculationRuns SET FinishedAt = ${at} WHERE Id = ${runId}`);
    },
  };
}

const scopeName = (scope: RecountScope): string => {
  if (scope.kind === 'seller') return `seller ${scope.sellerId}`;
  return scope.kind === 'since' ? `since ${scope.at.toISOString()}` : 'all';
};

/** The condition of the scope on the user `u`. */
function within(scope: RecountScope): Prisma.Sql {
  if (scope.kind === 'seller') return Prisma.sql`AND u.Id = ${scope.sellerId}`;
  if (scope.kind === 'since') return Prisma.sql`AND u.Id IN (SELECT h.SellerId FROM SellerRatingHistory h WHERE h.At >= ${scope.at})`;
  return Prisma.empty;
}

/** Users whose stored counts differ from their ratings, in one statement. */
function differing(scope: RecountScope, stretch?: IdRange): Prisma.Sql {
  const counts = forEachStar((n) => `u.Stars${n} AS s${n}, CAST(COALESCE(c.n${n}, 0) AS INT) AS c${n}`);
  const unequal = forEachStar((n) => `u.Stars${n} <> COALESCE(c.n${n}, 0)`, ' OR ');
  const ratings = stretch ? Prisma.sql`WHERE r.SellerId > ${stretch.after} AND r.SellerId <= ${stretch.upTo}` : Prisma.empty;
  const users = stretch ? Prisma.sql`AND u.Id > ${stretch.after} AND u.Id <= ${stretch.upTo}` : Prisma.empty;
  return Prisma.sql`
    SELECT u.Id AS id, ${counts}
    FROM Users u LEFT JOIN (SELECT r.SellerId, ${COUNTED_STARS} FROM SellerRatings r ${ratings} GROUP BY r.SellerId) c ON c.SellerId = u.Id
    WHERE (${unequal}) ${users} ${within(scope)} ORDER BY u.Id`;
}

/**
 * Users whose days differ from their ratings, and how many days, in one statement: stored counts minus ratings, summed by day,
 * must be zero. (SQLite cannot do a full join of the two in reasonable time.)
 */
function differingDays(db: Queryable, scope: RecountScope, stretch?: IdRange): Prisma.Sql {
  const between = (column: Prisma.Sql) =>
    stretch ? Prisma.sql`WHERE ${column} > ${stretch.after} AND ${column} <= ${stretch.upTo}` : Prisma.empty;
  const stored = forEachStar((n) => `d.Stars${n} AS n${n}`);
  const counted = forEachStar((n) => `CASE WHEN r.Rating = ${n} THEN -1 ELSE 0 END`);
  const unequal = forEachStar((n) => `SUM(x.n${n}) <> 0`, ' OR ');
  return Prisma.sql`
    SELECT u.Id AS id, CAST(COUNT(*) AS INT) AS days
    FROM (
      SELECT x.SellerId, x.Day FROM (
        SELECT d.SellerId, d.Day, ${stored} FROM SellerRatingDays d ${between(Prisma.sql`d.SellerId`)}
        UNION ALL
        SELECT r.SellerId, ${dayOf(db.engine, Prisma.sql`r.CreatedAt`)}, ${counted} FROM SellerRatings r ${between(Prisma.sql`r.SellerId`)}
      ) x
      GROUP BY x.SellerId, x.Day HAVING ${unequal}
    ) y
    JOIN Users u ON u.Id = y.SellerId
    WHERE 1 = 1 ${within(scope)} GROUP BY u.Id`;
}

function histogram(row: Record<string, number>, prefix: 's' | 'c'): Discrepancy['stored'] {
  const of = (stars: number) => row[`${prefix}${stars}`]!;
  return { 1: of(1), 2: of(2), 3: of(3), 4: of(4), 5: of(5) };
}

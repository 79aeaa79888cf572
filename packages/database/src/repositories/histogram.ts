import { STARS, type Histogram } from '@assay/contract';
import { Prisma, type Queryable } from '../engine/database.ts';
import { portions } from '../engine/value-rows.ts';

export interface RawHistogram {
  s1: number;
  s2: number;
  s3: number;
  s4: number;
  s5: number;
}

/** The stored counts of the user `u`. */
export const HISTOGRAM_COLUMNS = Prisma.sql`u.Stars1 AS s1, u.Stars2 AS s2, u.Stars3 AS s3, u.Stars4 AS s4, u.Stars5 AS s5`;

export const toHistogram = ({ s1, s2, s3, s4, s5 }: RawHistogram): Histogram => ({ 1: s1, 2: s2, 3: s3, 4: s4, 5: s5 });

/** SQL for each number of stars, joined: `Stars1 = 0, Stars2 = 0, …` */
export const forEachStar = (sql: (stars: number) => string, between = ', '): Prisma.Sql => Prisma.raw(STARS.map(sql).join(between));

/** How many of the ratings `r` have n stars, as n1 … n5. */
export const COUNTED_STARS = forEachStar((n) => `SUM(CASE WHEN r.Rating = ${n} THEN 1 ELSE 0 END) AS n${n}`);

/** The same of ratings at hand. */
export function countStars(ratings: readonly { rating: number }[]): RawHistogram {
  const of = (stars: number) => ratings.filter(({ rating }) => rating === stars).length;
  return { s1: of(1), s2: of(2), s3: of(3), s4: of(4), s5: of(5) };
}

/** The histograms of these users, by id. Who does not exist is missing. */
export async function readHistograms(db: Queryable, userIds: number[]): Promise<Map<number, Histogram>> {
  const found = new Map<number, Histogram>();
  for (const portion of portions(userIds.map((id) => ({ id })))) {
    const rows = await db.read<RawHistogram & { id: number }>(
      Prisma.sql`SELECT u.Id AS id, ${HISTOGRAM_COLUMNS} FROM Users u WHERE u.Id IN (${Prisma.join(portion.map(({ id }) => id))})`,
    );
    for (const row of rows) found.set(row.id, toHistogram(row));
  }
  return found;
}

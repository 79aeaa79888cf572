import { STARS, type Histogram } from '@assay/contract';
import { Prisma, type Queryable } from '../engine/database.ts';
import { columns } from '../engine/rows.ts';
import { chunks } from '../engine/value-rows.ts';

/** A user's counts, as the rows of statements hold them. */
export interface Counts {
  s1: number;
  s2: number;
  s3: number;
  s4: number;
  s5: number;
}

/** The stored counts of the user `u`. */
export const STORED_COUNTS = { s1: 'u.Stars1', s2: 'u.Stars2', s3: 'u.Stars3', s4: 'u.Stars4', s5: 'u.Stars5' } as const;

export const toHistogram = ({ s1, s2, s3, s4, s5 }: Counts): Histogram => ({ 1: s1, 2: s2, 3: s3, 4: s4, 5: s5 });

/** SQL for each number of stars, joined: `Stars1 = 0, Stars2 = 0, …` */
export const forEachStar = (sql: (stars: number) => string, between = ', '): Prisma.Sql => Prisma.raw(STARS.map(sql).join(between));

/** How many of the ratings `r` have n stars, as n1 … n5. */
export const COUNTED_STARS = forEachStar((n) => `SUM(CASE WHEN r.Rating = ${n} THEN 1 ELSE 0 END) AS n${n}`);

/** Counts ratings in memory. */
export function countStars(ratings: readonly { rating: number }[]): Counts {
  const of = (stars: number) => ratings.filter(({ rating }) => rating === stars).length;
  return { s1: of(1), s2: of(2), s3: of(3), s4: of(4), s5: of(5) };
}

const USER_COUNTS = columns({ u: 'Users' }, { id: 'u.Id', ...STORED_COUNTS });

/** The histograms of these users, by id; without those that do not exist. */
export async function readHistograms(db: Queryable, userIds: number[]): Promise<Map<number, Histogram>> {
  const found = new Map<number, Histogram>();
  for (const chunk of chunks(userIds.map((id) => ({ id })))) {
    const rows = await USER_COUNTS.read(db, Prisma.sql`FROM Users u WHERE u.Id IN (${Prisma.join(chunk.map(({ id }) => id))})`);
    for (const row of rows) found.set(row.id, toHistogram(row));
  }
  return found;
}

import { dayNumber, type Stars } from '@assay/contract';
import type { CountedRating } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { insert } from '../engine/insert.ts';
import { dayOf } from '../engine/time.ts';
import { chunks, valueRows } from '../engine/value-rows.ts';
import { COUNTED_STARS, countStars, forEachStar } from './histogram.ts';

/** `Stars4 = Stars4 - 1, Stars5 = Stars5 + 1`; a column that loses one and gains one is set to itself. */
export function starChanges(from: Stars | undefined, to: Stars | undefined): Prisma.Sql {
  if (from === to) return Prisma.raw(`Stars${to} = Stars${to}`);
  const changes = [from && `Stars${from} = Stars${from} - 1`, to && `Stars${to} = Stars${to} + 1`];
  return Prisma.raw(changes.filter(Boolean).join(', '));
}

/** Moves one rating between the counts of its seller's days. The seller's row of Users must be locked. */
export async function moveDays(db: Queryable, sellerId: number, from: CountedRating | null, to: CountedRating | null): Promise<void> {
  const [left, entered] = [from && dayNumber(from.createdAt), to && dayNumber(to.createdAt)];
  const change = (day: number, lost?: Stars, gained?: Stars) =>
    db.write(Prisma.sql`UPDATE SellerRatingDays SET ${starChanges(lost, gained)} WHERE SellerId = ${sellerId} AND Day = ${day}`);
  if (left !== null && left !== entered) await change(left, from!.rating);
  if (entered === null) return;
  const changed = await change(entered, left === entered ? from!.rating : undefined, to!.rating);
  if (changed === 0) await insert(db, 'SellerRatingDays', { SellerId: sellerId, Day: entered, [`Stars${to!.rating}`]: 1 });
}

/** Counts the days of these sellers again. Their rows of Users must be locked. */
export async function recountDays(db: Queryable, sellerIds: number[]): Promise<void> {
  for (const chunk of chunks(sellerIds.map((id) => ({ id })))) {
    const sellers = Prisma.sql`(SELECT n.id FROM ${valueRows(db, chunk)} n)`;
    await db.write(Prisma.sql`DELETE FROM SellerRatingDays WHERE SellerId IN ${sellers}`);
    await db.write(Prisma.sql`
      INSERT INTO SellerRatingDays (SellerId, Day, Stars1, Stars2, Stars3, Stars4, Stars5)
      ${countedDays(db, Prisma.sql`WHERE r.SellerId IN ${sellers}`)}`);
  }
}

/** The ratings, counted by seller and day. */
function countedDays(db: Queryable, where: Prisma.Sql): Prisma.Sql {
  const day = dayOf(db.engine, Prisma.sql`r.CreatedAt`);
  return Prisma.sql`SELECT r.SellerId, ${day} AS Day, ${COUNTED_STARS} FROM SellerRatings r ${where} GROUP BY r.SellerId, ${day}`;
}

/** Adds a batch of new ratings to the days. Their sellers' rows of Users must be locked. */
export async function addDays(db: Queryable, ratings: { sellerId: number; rating: number; at: Date }[]): Promise<void> {
  const groups = Map.groupBy(ratings, ({ sellerId, at }) => `${sellerId} ${dayNumber(at)}`);
  const rows = [...groups.values()].map((group) => {
    const { sellerId, at } = group[0]!;
    return { seller: sellerId, day: dayNumber(at), ...countStars(group) };
  });
  const sums = forEachStar((n) => `Stars${n} = SellerRatingDays.Stars${n} + c.s${n}`);
  for (const chunk of chunks(rows)) {
    await db.write(Prisma.sql`
      INSERT INTO SellerRatingDays (SellerId, Day)
      SELECT n.seller, n.day FROM ${valueRows(db, chunk)} n
      WHERE NOT EXISTS (SELECT 1 FROM SellerRatingDays d WHERE d.SellerId = n.seller AND d.Day = n.day)`);
    await db.write(Prisma.sql`
      UPDATE SellerRatingDays SET ${sums} FROM ${valueRows(db, chunk)} c
      WHERE c.seller = SellerRatingDays.SellerId AND c.day = SellerRatingDays.Day`);
  }
}

import type { Database } from '@assay/database';

export interface Aggregates {
  stars1: number;
  stars2: number;
  stars3: number;
  stars4: number;
  stars5: number;
  totalRatings: number;
  positiveRatings: number;
  sellerRating: number | null;
}

/** The stored columns of a seller. */
export async function storedAggregates(database: Database, sellerId: number): Promise<Aggregates> {
  const user = await database.prisma.user.findUniqueOrThrow({
    where: { id: sellerId },
    select: {
      stars1: true,
      stars2: true,
      stars3: true,
      stars4: true,
      stars5: true,
      totalRatings: true,
      positiveRatings: true,
      sellerRating: true,
    },
  });
  return {
    ...user,
    totalRatings: user.totalRatings!,
    positiveRatings: user.positiveRatings!,
    sellerRating: user.sellerRating === null ? null : Number(user.sellerRating),
  };
}

/** The same, counted from the rows one by one, by nothing that the product itself uses. */
export async function recount(database: Database, sellerId: number): Promise<Aggregates> {
  const rows = await database.prisma.sellerRating.findMany({ where: { sellerId }, select: { rating: true } });
  const of = (stars: number) => rows.filter(({ rating }) => rating === stars).length;
  const sum = rows.reduce((total, { rating }) => total + rating, 0);
  return {
    stars1: of(1),
    stars2: of(2),
    stars3: of(3),
    stars4: of(4),
    stars5: of(5),
    totalRatings: rows.length,
    positiveRatings: rows.filter(({ rating }) => rating >= 4).length,
    sellerRating: rows.length === 0 ? null : scoreOf(sum, rows.length),
  };
}

/** The stored counts of a seller's days, "day: 1 2 3 4 5" in order of the days; days without ratings are left out. */
export async function storedDays(database: Database, sellerId: number): Promise<string[]> {
  const rows = await database.prisma.sellerRatingDay.findMany({ where: { sellerId }, orderBy: { day: 'asc' } });
  return rows
    .filter((row) => row.stars1 + row.stars2 + row.stars3 + row.stars4 + row.stars5 > 0)
    .map((row) => `${row.day}: ${row.stars1} ${row.stars2} ${row.stars3} ${row.stars4} ${row.stars5}`);
}

/** The same, counted from the rows one by one. */
export async function recountDays(database: Database, sellerId: number): Promise<string[]> {
  const rows = await database.prisma.sellerRating.findMany({ where: { sellerId }, select: { rating: true, createdAt: true } });
  const byDay = Map.groupBy(rows, ({ createdAt }) => Math.floor(createdAt.getTime() / 86_400_000));
  return [...byDay]
    .sort(([a], [b]) => a - b)
    .map(([day, group]) => `${day}: ${[1, 2, 3, 4, 5].map((stars) => group.filter(({ rating }) => rating === stars).length).join(' ')}`);
}

/** sum / count to hundredths, half up and never from below 5 to 5, by long division on bigints. */
export function scoreOf(sum: number, count: number): number {
  const [quotient, remainder] = [(BigInt(sum) * 100n) / BigInt(count), (BigInt(sum) * 100n) % BigInt(count)];
  const rounded = quotient + (remainder * 2n >= BigInt(count) ? 1n : 0n);
  return Number(rounded === 500n && remainder > 0n ? 499n : rounded) / 100;
}

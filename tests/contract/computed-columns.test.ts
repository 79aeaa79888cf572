import { Prisma } from '@assay/database';
import { createSeller, onEachEngine, scoreOf, useDatabase } from '@assay/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';

onEachEngine('computed columns', (engine) => {
  const db = useDatabase(engine);

  /** Users with these counts; what the database computes for them, in the same order. */
  async function computed(histograms: number[][]) {
    await db.database.prisma.user.deleteMany();
    await db.database.prisma.user.createMany({
      data: histograms.map((counts, i) => ({
        fullName: String(i).padStart(4, '0'),
        searchName: '',
        ...Object.fromEntries(counts.map((count, n) => [`stars${n + 1}`, count])),
      })),
    });
    const rows = await db.database.prisma.user.findMany({ orderBy: { fullName: 'asc' } });
    return rows.map((row) => [row.totalRatings, row.positiveRatings, row.sellerRating === null ? null : Number(row.sellerRating)]);
  }
  const expected = (stars: number[]) => {
    const total = stars.reduce((sum, count) => sum + count, 0);
    const sum = stars.reduce((points, count, i) => points + count * (i + 1), 0);
    return [total, stars[3]! + stars[4]!, total === 0 ? null : scoreOf(sum, total)];
  };

  it('no ratings: no score, and zeros that are not missing', async () => {
    expect(await computed([[0, 0, 0, 0, 0]])).toEqual([[0, 0, null]]);
  });

  it.each([
    [[7, 1, 0, 0, 0], 1.13], // 1.125
    [[0, 0, 0, 1, 199], 4.99], // 4.995, which is not perfect
    [[0, 0, 0, 1, 99], 4.99],
    [[1, 0, 0, 0, 100_000_000], 4.99],
    [[0, 0, 0, 0, 100_000_000], 5],
    [[199, 1, 0, 0, 0], 1.01], // 1.005, which a double holds as less than that
    [[0, 0, 0, 39, 1], 4.03], // 4.025
    [[0, 0, 0, 2, 1], 4.33], // 4.333…
    [[0, 0, 0, 1, 2], 4.67], // 4.666…
    [[0, 0, 0, 101, 100], 4.5], // 4.497…
    [[400_000_000, 400_000_000, 400_000_000, 400_000_000, 400_000_001], 3], // nothing overflows on the way
  ])('%j is %d: half up, and never up to a perfect score', async (stars, rating) => {
    expect(await computed([stars])).toEqual([[expected(stars)[0], expected(stars)[1], rating]]);
  });

  it('any counts: total, positive and score are what long division says', async () => {
    const count = fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 12 }) }, fc.nat({ max: 1000 }), fc.nat({ max: 100_000_000 }));
    const histograms = fc.sample(fc.array(count, { minLength: 5, maxLength: 5 }), { numRuns: 250, seed: 20_240_101 });
    expect(await computed(histograms)).toEqual(histograms.map(expected));
  });

  it('cannot be written', async () => {
    const { id } = await createSeller(db.database);
    const user = () => db.database.prisma.user.findUniqueOrThrow({ where: { id } });
    const before = await user();
    const statements = ['TotalRatings', 'PositiveRatings', 'SellerRating'].flatMap((column) => [
      `UPDATE Users SET ${column} = 5 WHERE Id = ${id}`,
      `INSERT INTO Users (FullName, SearchName, ${column}) VALUES ('a', 'a', 5)`,
    ]);
    for (const sql of [...statements, 'UPDATE SellerListings SET Price = 5', 'UPDATE Orders SET Price = 5'])
      // SQLite's words, SQL Server's, its look-alike's
      await expect(db.database.write(Prisma.raw(sql)), sql).rejects.toThrow(/generated column|cannot be modified|DEFAULT/);
    expect(await user()).toEqual(before);
  });

  it('Price shows PriceE8, on SQL Server to the last digit', async () => {
    const { listingId } = await createSeller(db.database);
    const price = engine === 'sqlite' ? 'Price' : 'CAST(Price AS VARCHAR(30))';
    for (const [priceE8, shown] of [
      [1_250_000_000n, '12.50000000'],
      [1n, '0.00000001'],
      [999_999_999_999_999_999n, '9999999999.99999999'],
    ] as const) {
      await db.database.write(Prisma.sql`UPDATE SellerListings SET PriceE8 = ${priceE8} WHERE Id = ${listingId}`);
      const [row] = await db.database.read<{ price: unknown }>(
        Prisma.raw(`SELECT ${price} AS price FROM SellerListings WHERE Id = ${listingId}`),
      );
      expect(row!.price).toBe(engine === 'sqlite' ? Number(shown) : shown);
    }
  });
});

import { ROOT } from '@assay/api';
import { openDatabase, parseDatabaseUrl, Prisma } from '@assay/database';
import { openMigrator } from '@assay/database/migrate';
import { createEmptyPlace, onEachEngine, recountDays, storedDays } from '@assay/testing';
import { expect, it } from 'vitest';

onEachEngine('a database with ratings', (engine) => {
  it('gets its days counted on the way up, and loses no history on the way down', async () => {
    const place = await createEmptyPlace(engine);
    const target = parseDatabaseUrl(place.url, ROOT);
    const migrate = async (work: (migrator: Awaited<ReturnType<typeof openMigrator>>) => Promise<unknown>) => {
      const migrator = await openMigrator(target, ROOT);
      await work(migrator);
      await migrator.close();
    };
    await migrate((migrator) => migrator.up('20240101000002'));
    const database = await openDatabase(target, { poolSize: 2 });
    const run = (sql: string) => database.write(Prisma.raw(sql));
    for (const name of ['s', 'a', 'b', 'c']) await run(`INSERT INTO Users (FullName, SearchName) VALUES ('${name}', '${name}')`);
    for (const [rater, stars, day] of [
      [2, 5, '2026-01-01T23:59:59.999'],
      [3, 4, '2026-01-02T00:00:00.000'],
      [4, 4, '2026-01-02T12:00:00.000'],
    ] as const) {
      const at = engine === 'sqlite' ? `${day}+00:00` : day;
      await run(
        `INSERT INTO SellerRatings (SellerId, RaterId, Rating, Source, CreatedAt, UpdatedAt) VALUES (1, ${rater}, ${stars}, 'imported', '${at}', '${at}')`,
      );
      await run(
        `INSERT INTO SellerRatingHistory (RatingId, SellerId, RaterId, Version, Action, Rating) VALUES (${rater - 1}, 1, ${rater}, 1, 'imported', ${stars})`,
      );
    }
    await run('INSERT INTO RatingHelpfulVotes (RatingId, UserId) VALUES (1, 3)');

    await migrate((migrator) => migrator.up());
    expect(await storedDays(database, 1)).toEqual(['20454: 0 0 0 0 1', '20455: 0 0 0 2 0']);
    expect(await storedDays(database, 1)).toEqual(await recountDays(database, 1));

    // Struck out: gone from the ratings, while its vote waits.
    await run("INSERT INTO SellerRatingHistory (RatingId, SellerId, RaterId, Version, Action, Rating) VALUES (1, 1, 2, 2, 'struck', 5)");
    await run('DELETE FROM SellerRatings WHERE Id = 1');
    await migrate((migrator) => migrator.down({ to: '20240101000003', force: true, backup: false }));
    const history = await database.read<{ action: string }>(Prisma.sql`SELECT h.Action AS action FROM SellerRatingHistory h ORDER BY h.Id`);
    expect(history.map(({ action }) => action)).toEqual(['imported', 'imported', 'imported', 'withdrawn']);
    expect(await database.read(Prisma.sql`SELECT v.UserId FROM RatingHelpfulVotes v`)).toEqual([]);
    await migrate((migrator) => migrator.up());
    await database.close();
    await place.drop();
  });
});

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

onEachEngine('a database with listings of before', (engine) => {
  it('finds each in its category, published when it was made; on the way down it has the old names again', async () => {
    const place = await createEmptyPlace(engine);
    const target = parseDatabaseUrl(place.url, ROOT);
    const migrate = async (work: (migrator: Awaited<ReturnType<typeof openMigrator>>) => Promise<unknown>) => {
      const migrator = await openMigrator(target, ROOT);
      await work(migrator);
      await migrator.close();
    };
    await migrate((migrator) => migrator.up('20240101000011'));
    const database = await openDatabase(target, { poolSize: 2 });
    const run = (sql: string) => database.write(Prisma.raw(sql));
    for (const name of ['s', 'b']) await run(`INSERT INTO Users (FullName, SearchName) VALUES ('${name}', '${name}')`);
    const at = engine === 'sqlite' ? '2026-01-02T03:04:05.678+00:00' : '2026-01-02T03:04:05.678';
    for (const [category, status] of [
      ['Ceramics', 'active'],
      ['Books and paper', 'sold'],
      ['Lamps', 'draft'],
      ['Something of mine', 'archived'],
    ])
      await run(
        `INSERT INTO SellerListings (SellerId, Title, PriceE8, Currency, Category, Status, CreatedAt, UpdatedAt) VALUES (1, 'T', 999999999999999999, 'ETH', '${category}', '${status}', '${at}', '${at}')`,
      );
    await run("INSERT INTO Orders (ListingId, SellerId, BuyerId, Title, PriceE8, Currency) VALUES (1, 1, 2, 'T', 5, 'EUR')");

    await migrate((migrator) => migrator.up('20240101000012'));
    const after = await database.read<{
      category: string;
      status: string;
      price: string;
      published: Date | string | null;
      version: number;
    }>(
      Prisma.raw(
        'SELECT l.Category AS category, l.Status AS status, CAST(l.PriceE8 AS VARCHAR(20)) AS price, l.PublishedAt AS published, l.Version AS version FROM SellerListings l ORDER BY l.Id',
      ),
    );
    expect(after.map(({ category, status }) => `${category} ${status}`)).toEqual([
      'ceramics active',
      'books-and-paper sold',
      'lamps draft',
      'other archived',
    ]);
    expect(after.every(({ price, version }) => price === '999999999999999999' && version === 1)).toBe(true);
    expect(after.map(({ published }) => published && new Date(published).toISOString())).toEqual([
      '2026-01-02T03:04:05.678Z',
      '2026-01-02T03:04:05.678Z',
      null,
      '2026-01-02T03:04:05.678Z',
    ]);

    await run("UPDATE SellerListings SET Category = 'ceramics/bowls' WHERE Id = 1");
    await run("INSERT INTO SellerListings (SellerId, Title, PriceE8, Currency, Category) VALUES (1, 'No price yet', 0, 'EUR', 'other')");
    await run("INSERT INTO ListingEvents (ListingId, ToStatus, ActorId) VALUES (5, 'draft', 1)");
    await migrate((migrator) => migrator.down({ to: '20240101000011', force: true, backup: false }));
    const before = await database.read<{ category: string; title: string }>(
      Prisma.raw('SELECT l.Category AS category, l.Title AS title FROM SellerListings l ORDER BY l.Id'),
    );
    expect(before.map(({ category, title }) => `${category}: ${title}`)).toEqual([
      'Ceramics: T',
      'Books and paper: T',
      'Lamps: T',
      'Other: T',
    ]);
    expect(await database.read(Prisma.raw('SELECT o.Id AS id FROM Orders o JOIN SellerListings l ON l.Id = o.ListingId'))).toHaveLength(1);
    await migrate((migrator) => migrator.up());
    await database.close();
    await place.drop();
  });
});

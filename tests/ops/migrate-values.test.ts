import { ROOT } from '@assay/api';
import { openDatabase, parseDatabaseUrl } from '@assay/database';
import { readMigrations } from '@assay/database/migrate';
import { createEmptyPlace } from '@assay/testing';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { isEmpty, seedDemo } from '../../prisma/seed/demo.ts';
import { withMigrator } from './migrate-command.ts';

/** Values that come back by themselves, or that are about rows that the file names. */
const DERIVED = new Set([
  'SellerListings.SearchText', // the job fold-listings fills it
  'SellerRatingHistory.Action', // a struck rating counts as withdrawn, StruckRatings is named
  'OrderItems', // those of orders without a checkout are made of the orders again; OrderGroups is named
  'Orders.EscrowEnabled', // as the listing has it
  ...['Stars1', 'Stars2', 'Stars3', 'Stars4', 'Stars5', 'TotalRatings', 'PositiveRatings', 'SellerRating'].map(
    (column) => `Users.${column}`,
  ),
]);

type Contents = Map<string, Record<string, unknown>[]>;

/** All rows of all tables, each ordered by its first column. */
function contentsOf(file: string): Contents {
  const db = new BetterSqlite3(file, { readonly: true });
  const names = db
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'ListingSearch%' AND name <> 'SchemaMigrations'",
    )
    .pluck()
    .all() as string[];
  const contents = new Map(
    names.map((name) => [name, db.prepare(`SELECT * FROM "${name}" ORDER BY 1, 2`).all() as Record<string, unknown>[]]),
  );
  db.close();
  return contents;
}

/** The places, as `Table` or `Table.Column`, that hold other values than before. */
function changedPlaces(before: Contents, after: Contents): string[] {
  const places = new Set<string>();
  for (const [table, rows] of before) {
    const now = after.get(table);
    if (now?.length !== rows.length) places.add(table);
    else
      for (const [i, row] of rows.entries())
        for (const [column, value] of Object.entries(row)) if (now[i]![column] !== value) places.add(`${table}.${column}`);
  }
  return [...places].sort();
}

/** Gives each column that may be empty a value in a row that has none. */
function fillEmptyColumns(file: string): void {
  const db = new BetterSqlite3(file);
  db.pragma('foreign_keys = OFF');
  const tables = [...contentsOf(file).keys()];
  for (const table of tables) {
    const columns = db.prepare('SELECT name, type FROM pragma_table_info(?) WHERE "notnull" = 0 AND pk = 0').all(table) as {
      name: string;
      type: string;
    }[];
    for (const { name, type } of columns) {
      const value = /INT/.test(type) ? 1 : type === 'DATETIME' ? '2026-01-02T03:04:05.678+00:00' : '{}';
      const fill = db.prepare(
        `UPDATE "${table}" SET "${name}" = ? WHERE rowid = (SELECT MIN(rowid) FROM "${table}" WHERE "${name}" IS NULL)`,
      );
      try {
        db.transaction(() => {
          fill.run(value);
          if ((db.pragma(`foreign_key_check("${table}")`) as unknown[]).length > 0) throw new Error('It points at nothing.');
        })();
      } catch {
        // A constraint wants another value; the seed has it.
      }
    }
  }
  db.close();
}

describe('the way down and up again', () => {
  it('changes no value that its down file does not name', async () => {
    const place = await createEmptyPlace('sqlite');
    const file = place.url.slice('file:'.length);
    await withMigrator(place.url, (migrator) => migrator.up());
    const database = await openDatabase(parseDatabaseUrl(place.url, ROOT));
    expect(await isEmpty(database)).toBe(true);
    await seedDemo(database, { hash: () => Promise.resolve('h'), verify: () => Promise.resolve(true) });
    await database.close();
    fillEmptyColumns(file);

    const wrong: string[] = [];
    for (const { name, destroys } of readMigrations(ROOT, 'sqlite').toReversed()) {
      const before = contentsOf(file);
      const reverted = { to: name, force: true, backup: false };
      await withMigrator(place.url, (migrator) => migrator.down(reverted));
      await withMigrator(place.url, (migrator) => migrator.up(name));
      const isNamed = (changed: string) => DERIVED.has(changed) || destroys.includes(changed) || destroys.includes(changed.split('.')[0]!);
      wrong.push(...changedPlaces(before, contentsOf(file)).flatMap((changed) => (isNamed(changed) ? [] : [`${name}: ${changed}`])));
      await withMigrator(place.url, (migrator) => migrator.down(reverted));
    }
    await place.drop();
    expect(wrong).toEqual([]);
  });

  it('is described alike for both engines', () => {
    const named = (engine: 'sqlite' | 'sqlserver') => readMigrations(ROOT, engine).map(({ name, destroys }) => [name, destroys]);
    expect(named('sqlserver')).toEqual(named('sqlite'));
  });
});

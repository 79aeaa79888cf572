import { spawnSync } from 'node:child_process';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { readMigrations } from '@assay/database/migrate';
import { engineVersion, onSqlServer, standInDiffers, useDatabase } from '@assay/testing';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { file, schemaTables, sqliteTables, sqlOfSchema, sqlServerTables, writtenTables, type Tables } from './schema-facts.ts';

/** Columns that the databases compute. The schema has those that Prisma reads, as optional ones, and not the others. */
const COMPUTED = {
  read: ['Users.TotalRatings', 'Users.PositiveRatings', 'Users.SellerRating', 'Users.RatingLowerBound'],
  forPeopleAlone: ['SellerListings.Price', 'Orders.Price'],
};

it('prisma/sqlite.prisma is what npm run schema:derive writes', () => {
  const { status, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'scripts', 'derive-schema.mjs'), '--check'], {
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
});

it('both engines have the same migrations, each with its way back', () => {
  const names = (engine: 'sqlite' | 'sqlserver') => readMigrations(ROOT, engine).map(({ name, destroys }) => ({ name, destroys }));
  expect(names('sqlite')).toEqual(names('sqlserver'));
  expect(names('sqlite').length).toBeGreaterThan(0);
});

/** What the schema says of the computed columns, where the database says that it computes them. */
function settleComputed(actual: Tables, expected: Tables, fold: (name: string) => string): void {
  for (const name of [...COMPUTED.read, ...COMPUTED.forPeopleAlone]) {
    const [table, column] = name.split('.').map(fold) as [string, string];
    const found = actual[table]!.columns[column];
    expect(found, `${name} is computed`).toMatch(/^computed/);
    delete actual[table]!.columns[column];
    if (COMPUTED.read.includes(name)) {
      if (found !== 'computed') expect(found, name).toBe(`computed ${expected[table]!.columns[column]}`);
      delete expected[table]!.columns[column];
    } else expect(expected[table]!.columns, `${name} is not in the schema`).not.toHaveProperty(column);
  }
}

describe('SQLite', () => {
  let dir: string;
  const db = useDatabase('sqlite');
  beforeAll(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'assay-drift-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('what a down file declares as lost is a table or a column', () => {
    const migrated = new BetterSqlite3(db.url.slice('file:'.length), { readonly: true });
    const places = new Set(
      Object.entries(sqliteTables(migrated)).flatMap(([table, { columns }]) => [
        table,
        ...Object.keys(columns).map((column) => `${table}.${column}`),
      ]),
    );
    migrated.close();
    const declared = readMigrations(ROOT, 'sqlite').flatMap(({ destroys }) => destroys);
    expect(declared.filter((place) => !places.has(place))).toEqual([]);
  });

  it('the migrated database is the one that Prisma would make of the schema', async () => {
    const fresh = new BetterSqlite3(path.join(dir, 'fresh.db'));
    fresh.exec(await sqlOfSchema(readFileSync(file('sqlite.prisma'), 'utf8'), path.join(dir, 'empty.db')));
    const migrated = new BetterSqlite3(db.url.slice('file:'.length), { readonly: true });
    const [expected, actual] = [sqliteTables(fresh), sqliteTables(migrated)];
    fresh.close();
    migrated.close();

    delete actual.SchemaMigrations; // the migrator's own
    for (const name of Object.keys(actual)) if (/^ListingSearch(_|$)/.test(name)) delete actual[name]; // an index of words: Prisma knows none
    settleComputed(actual, expected, (name) => name);
    // Times default to the form that the adapter writes; CURRENT_TIMESTAMP has no milliseconds and no zone.
    const now = "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')";
    for (const table of Object.values(actual))
      for (const [name, column] of Object.entries(table.columns)) table.columns[name] = column.replace(now, 'CURRENT_TIMESTAMP');
    expect(actual).toEqual(expected);
  });
});

describe('SQL Server', () => {
  it('the migrations, as they are written, make the tables of the schema', () => {
    const [expected, actual] = [schemaTables(), writtenTables()];
    settleComputed(actual, expected, (name) => name.toLowerCase());
    expect(actual).toEqual(expected);
  });

  it('the constraints and indexes have the names that the schema gives them', () => {
    const schema = readFileSync(file('schema.prisma'), 'utf8').replace(/^\s*\/\/.*$/gm, '');
    const sql = readMigrations(ROOT, 'sqlserver')
      .map(({ up }) => up)
      .join('\n');
    const names = new Set<string>();
    for (const [, dropped, name] of sql.matchAll(/(DROP )?(?:CONSTRAINT|INDEX) ((?:PK|FK|UX|IX)_\w+)/g)) {
      if (dropped) names.delete(name!);
      else names.add(name!);
    }
    // The schema names no key that is one column.
    const single = new Set([...sql.matchAll(/CONSTRAINT (PK_\w+) PRIMARY KEY \(\w+\)/g)].map(([, name]) => name!));
    const mapped = [...schema.matchAll(/map: "(\w+)"/g)].map(([, name]) => name!);
    expect([...names].filter((name) => !single.has(name)).sort()).toEqual(mapped.sort());
  });
});

onSqlServer('the migrated database', () => {
  const db = useDatabase('sqlserver');

  it('has the tables of the schema: columns, types, keys, indexes and references', async () => {
    const [expected, actual] = [schemaTables(), await sqlServerTables(db.target)];
    delete actual.schemamigrations; // the migrator's own
    settleComputed(actual, expected, (name) => name.toLowerCase());
    // Then an index is known by its columns.
    if (standInDiffers(await engineVersion(db.target), 'mangledIndexNames'))
      for (const table of [...Object.values(actual), ...Object.values(expected)])
        table.keys = table.keys.map((key) => key.replace(/\b[iu]x_\w+ /, '')).sort();
    expect(actual).toEqual(expected);
  });
});

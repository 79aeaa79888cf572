import { cpSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { openDatabase, parseDatabaseUrl, Prisma } from '@assay/database';
import { readMigrations, type Migrator } from '@assay/database/migrate';
import { createEmptyPlace, onEachEngine, onSqlServer, runSqlFile } from '@assay/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ACCOUNTS, migrate, RATINGS, SHOP, statesOf, tableNamesOf, tablesOf, withMigrator } from './migrate-command.ts';

onEachEngine('migrations that go wrong', (engine) => {
  let place: Awaited<ReturnType<typeof createEmptyPlace>>;
  const LATER = '20990101000000_add_halves';
  let root: string;
  const fileOf = (name: string) => path.join(root, 'prisma', 'migrations', engine, name);
  beforeEach(async () => {
    place = await createEmptyPlace(engine);
    root = mkdtempSync(path.join(tmpdir(), 'assay-migrations-'));
    cpSync(path.join(ROOT, 'prisma', 'migrations', engine), fileOf('.'), { recursive: true });
  });
  afterEach(async () => {
    await place.drop();
    rmSync(root, { recursive: true, force: true });
  });
  const script = (...batches: string[]) =>
    engine === 'sqlite'
      ? batches.join('\n')
      : [':on error exit\nSET XACT_ABORT ON;', 'BEGIN TRANSACTION;', ...batches, 'COMMIT TRANSACTION;', ''].join('\nGO\n');
  const write = (up: string, down: string) => {
    writeFileSync(fileOf(`${LATER}.sql`), up);
    writeFileSync(fileOf(`${LATER}.down.sql`), down);
  };
  const migrated = <T>(work: (migrator: Migrator) => Promise<T>) => withMigrator(place.url, work, root);
  const states = () => statesOf(place.url, root);
  const applied = Object.fromEntries(readMigrations(ROOT, engine).map(({ name }) => [name, 'applied']));
  const MAKE = 'CREATE TABLE Halves (Id INT NOT NULL);';
  const DROP = 'DROP TABLE Halves;';
  const FAIL = 'INSERT INTO NoSuchTable (Id) VALUES (1);';

  it('one that fails on the way up leaves nothing of itself, and all that came before; mended, it goes through', async () => {
    write(script(MAKE, 'INSERT INTO Halves (Id) VALUES (1);', FAIL), script(DROP));
    const failed = await migrated((migrator) => migrator.up().catch((error: Error) => error));
    expect(failed).toMatchObject({ name: 'MigrationFailedError' });
    expect((failed as Error).message).toMatch(new RegExp(`^${LATER} failed on the way up: .*NoSuchTable.*\nNothing of it was kept`, 'is'));
    expect(await states()).toEqual({ ...applied, [LATER]: 'pending' });
    expect(await tableNamesOf(place.url)).not.toContain('halves');

    write(script(MAKE), script(DROP));
    expect(await migrated((migrator) => migrator.up())).toEqual([LATER]);
    expect(await states()).toEqual({ ...applied, [LATER]: 'applied' });
  });

  it('one that fails on the way down stays as it was', async () => {
    write(script(MAKE), script(DROP, FAIL));
    await migrated((migrator) => migrator.up());
    await expect(migrated((migrator) => migrator.down())).rejects.toThrow(`${LATER} failed on the way down`);
    expect(await states()).toEqual({ ...applied, [LATER]: 'applied' });
    expect(await tableNamesOf(place.url)).toContain('halves');
  });

  it('a changed file is refused, other line ends are not; a missing one is refused, here and by the command', async () => {
    write(`${script(MAKE)}\n`, script(DROP));
    await migrated((migrator) => migrator.up());
    const text = readFileSync(fileOf(`${LATER}.sql`), 'utf8');
    writeFileSync(fileOf(`${LATER}.sql`), text.replaceAll('\n', '\r\n'));
    expect(await states()).toEqual({ ...applied, [LATER]: 'applied' });
    writeFileSync(fileOf(`${LATER}.sql`), `${text} `);
    expect(await states()).toEqual({ ...applied, [LATER]: 'changed' });
    await expect(migrated((migrator) => migrator.up())).rejects.toThrow(`${LATER} was changed after it was applied.`);

    for (const ending of ['.sql', '.down.sql']) unlinkSync(fileOf(LATER + ending));
    expect(await states()).toEqual({ ...applied, [LATER]: 'missing' });
    const { status, stderr } = await migrate(place.url, ['up']); // the product's own folder has no such file either
    expect(status).toBe(1);
    expect(stderr).toMatch(`${LATER} was applied, but its file is missing.`);
  });
});

onSqlServer('the scripts by sqlcmd alone', () => {
  let place: Awaited<ReturnType<typeof createEmptyPlace>>;
  beforeEach(async () => {
    place = await createEmptyPlace('sqlserver');
  });
  afterEach(() => place.drop());
  const all = readMigrations(ROOT, 'sqlserver').map(({ name }) => name);
  const sqlcmd = (file: string) =>
    runSqlFile(parseDatabaseUrl(place.url, ROOT), path.join(ROOT, 'prisma', 'migrations', 'sqlserver', file));

  it('make what the command makes; recorded by force, the command has nothing left to do', async () => {
    for (const name of all) await sqlcmd(`${name}.sql`);
    const made = await tablesOf(place.url);
    for (const name of all) await withMigrator(place.url, (migrator) => migrator.force('up', name));
    expect((await migrate(place.url, ['up'])).stdout).toMatch(/^Nothing to do: /);
    await withMigrator(place.url, (migrator) => migrator.down({ to: ACCOUNTS }));
    expect(await tableNamesOf(place.url)).toEqual([]);
    await withMigrator(place.url, (migrator) => migrator.up());
    expect(await tablesOf(place.url)).toEqual(made);
    for (const name of all.toReversed()) await sqlcmd(`${name}.down.sql`);
    expect(await tableNamesOf(place.url)).toEqual([]);
  });

  it('one that fails halfway leaves nothing of itself', async () => {
    for (const name of [ACCOUNTS, SHOP]) await sqlcmd(`${name}.sql`);
    const database = await openDatabase(parseDatabaseUrl(place.url, ROOT));
    await database.write(Prisma.sql`CREATE TABLE SellerRatings (Id INT NOT NULL)`);
    await database.close();
    const before = await tablesOf(place.url);
    await expect(sqlcmd(`${RATINGS}.sql`)).rejects.toThrow(/SellerRatings/i); // after the columns of Users
    expect(await tablesOf(place.url)).toEqual(before);
  });
});

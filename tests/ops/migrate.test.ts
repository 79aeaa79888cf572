import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { openDatabase, parseDatabaseUrl, Prisma } from '@assay/database';
import { readMigrations, type MigrationState } from '@assay/database/migrate';
import { completeOrders, createEmptyPlace, createPeople, createSeller, engineVersion, onEachEngine, standInDiffers } from '@assay/testing';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ACCOUNTS, IMPORTS, migrate, RATINGS, SHOP, statesOf, steps, tableNamesOf, tablesOf, withMigrator } from './migrate-command.ts';

onEachEngine('the migrate command', (engine) => {
  const all = readMigrations(ROOT, engine).map(({ name }) => name);
  let place: Awaited<ReturnType<typeof createEmptyPlace>>;
  beforeEach(async () => {
    place = await createEmptyPlace(engine);
  });
  afterEach(() => place.drop());

  const run = (...args: string[]) => migrate(place.url, args);
  const done = async (...args: string[]) => {
    const result = await run(...args);
    expect(result.status, result.stderr).toBe(0);
    return result;
  };
  /** A stand-in for SQL Server may have no BACKUP. */
  const hasNoBackup = async () =>
    engine === 'sqlserver' && standInDiffers(await engineVersion(parseDatabaseUrl(place.url, ROOT)), 'noBackup');
  const states = () => statesOf(place.url);
  const statesWith = (applied: string[]) => Object.fromEntries(all.map((name) => [name, applied.includes(name) ? 'applied' : 'pending']));
  async function execute(sql: string) {
    const database = await openDatabase(parseDatabaseUrl(place.url, ROOT));
    await database.write(Prisma.raw(sql));
    await database.close();
  }

  it('up from nothing, to an id and to the end; status says so', async () => {
    expect((await done('status')).stdout).toBe(all.map((name) => `pending  ${name}\n`).join(''));
    expect((await done('up', '--to', SHOP.slice(0, 14))).stdout).toMatch(/^2 migrations applied on (SQLite|SQL Server), /);
    expect(await states()).toEqual(statesWith([ACCOUNTS, SHOP]));
    expect(steps(await done('up'), 'up')).toEqual(all.slice(2));
    const listed = JSON.parse((await done('status', '--json')).stdout) as MigrationState[];
    expect(listed.map(({ id, name, state }) => [id, name, state])).toEqual(all.map((name) => [name.slice(0, 14), name, 'applied']));
    expect((await done('status')).stdout.match(/^applied {2}\d{14}_\w+ {2}\d{4}-\d\d-\d\dT[\d:.]+Z$/gm)).toHaveLength(all.length);
    expect((await done('up')).stdout).toMatch(/^Nothing to do: /);
  });

  it('down by one, to an id and to nothing; up again makes the same', async () => {
    await withMigrator(place.url, (migrator) => migrator.up());
    const full = await tablesOf(place.url);
    const first = await done('down');
    expect(steps(first, 'down')).toEqual([all.at(-1)]);
    expect(first.stderr).toMatch(
      (await hasNoBackup()) ? /^No backup could be written \(.+\); no rows are lost/m : /^backup written to \S.+$/m,
    );
    expect(steps(await done('down', '--to', RATINGS.slice(0, 14)), 'down')).toEqual(all.slice(2, -1).toReversed()); // with that one
    expect(await states()).toEqual(statesWith([ACCOUNTS, SHOP]));
    const without = JSON.stringify(await tablesOf(place.url)).toLowerCase();
    expect(without).toContain('orders');
    expect(without).not.toMatch(/stars1|totalratings|sellerrating/);
    expect(steps(await done('down', '--to', ACCOUNTS), 'down')).toEqual([SHOP, ACCOUNTS]); // by its whole name
    expect(await tableNamesOf(place.url)).toEqual([]);
    expect((await done('down')).stdout).toMatch(/^Nothing to do: /);
    expect(steps(await done('up'), 'up')).toEqual(all);
    expect(await tablesOf(place.url)).toEqual(full);
  });

  it('three runners at once: each migration is applied by one, and all of them succeed', async () => {
    // On SQLite all is done in no time: a fourth holds the lock until all three wait for it.
    const first = engine === 'sqlite' ? new BetterSqlite3(`${place.url.slice('file:'.length)}.migrating`) : null;
    first?.exec('BEGIN EXCLUSIVE');
    const waiting = new Set<object>();
    const runner = () =>
      migrate(place.url, ['up'], (text, child) => {
        if (/^Another runner is migrating this database; waiting for it\.$/m.test(text)) waiting.add(child);
        if (waiting.size === 3) first?.close();
      });
    const runs = await Promise.all([runner(), runner(), runner()]);
    expect(
      runs.map(({ status }) => status),
      runs.map(({ stderr }) => stderr).join('\n'),
    ).toEqual([0, 0, 0]);
    expect(runs.flatMap((one) => steps(one, 'up')).sort()).toEqual(all);
    expect(await states()).toEqual(statesWith(all));
    if (engine === 'sqlite') expect(waiting.size).toBe(3);
  });

  it('a runner that is killed leaves whole migrations and no lock: the next one goes on where it stopped', async () => {
    const killed = await migrate(place.url, ['up'], (text, child) => {
      if (text.includes(ACCOUNTS)) child.kill('SIGKILL');
    });
    expect(killed.status).toBeNull();
    const applied = Object.entries(await states())
      .filter(([, state]) => state === 'applied')
      .map(([name]) => name);
    expect(applied).toEqual(all.slice(0, applied.length));
    expect(applied).toContain(ACCOUNTS);
    expect(steps(await done('up'), 'up')).toEqual(all.slice(applied.length));
  });

  it('down refuses where rows would be lost; with --force it writes a backup first', async () => {
    await withMigrator(place.url, (migrator) => migrator.up());
    const database = await openDatabase(parseDatabaseUrl(place.url, ROOT));
    const [person] = await createPeople(database, 2);
    await database.prisma.externalAccount.createMany({ data: [{ source: 'otc', externalId: 'a', userId: person!.id }] });
    await database.close();

    const refused = await run('down', '--to', ACCOUNTS);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/^This would lose 1 row of ExternalAccounts, 2 rows of Users, 2 rows of UserRoles\. With --force/m);
    expect(await states()).toEqual(statesWith(all)); // not even those without rows

    const forced = await run('down', '--to', IMPORTS, '--force');
    if (await hasNoBackup()) {
      expect(forced.status).toBe(1);
      expect(forced.stderr).toMatch(/^No backup could be written \(.+\)\. Make one yourself, then add --no-backup\.$/m);
      expect(await states()).toEqual(statesWith(all));
      expect((await done('down', '--to', IMPORTS, '--force', '--no-backup')).stderr).not.toMatch(/backup/);
    } else {
      expect(forced.status, forced.stderr).toBe(0);
      expect(forced.stderr).toMatch(/^backup written to \S.+$/m);
    }
    expect(await states()).toEqual(statesWith([ACCOUNTS, SHOP, RATINGS]));

    if (engine === 'sqlite') {
      const backups = path.join(path.dirname(place.url.slice('file:'.length)), 'backups');
      const copies = () => readdirSync(backups).filter((name) => name.endsWith('.db'));
      expect(copies()).toHaveLength(1);
      const copy = new BetterSqlite3(path.join(backups, copies()[0]!), { readonly: true });
      expect(copy.prepare('SELECT ExternalId FROM ExternalAccounts').pluck().all()).toEqual(['a']);
      copy.close();
      await done('down', '--to', ACCOUNTS, '--force', '--no-backup');
      expect(copies()).toHaveLength(1);
    }
  });

  it('down refuses where values of a column would be lost, and not where the column holds none', async () => {
    await withMigrator(place.url, (migrator) => migrator.up());
    const database = await openDatabase(parseDatabaseUrl(place.url, ROOT));
    const { prisma } = database;
    const seller = await createSeller(database);
    const [buyer] = await createPeople(database, 1);
    const orderId = (await completeOrders(database, seller, [buyer!.id])).get(buyer!.id)!;
    const payment = { provider: 'test', reference: '', amountE8: 1n, currency: 'EUR', status: 'failed', failure: 'declined' };
    await prisma.payment.createMany({ data: [{ orderId, ...payment }] });
    await prisma.sellerProfile.updateMany({ data: { closedUntil: new Date() } });

    const to = all.find((name) => name.endsWith('_add_payment_attempts'))!;
    const refused = await run('down', '--to', to);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/^This would lose 1 value of SellerProfiles\.ClosedUntil, 1 value of Payments\.Failure\. With --force/m);
    expect(await states()).toEqual(statesWith(all));

    await prisma.sellerProfile.updateMany({ data: { closedUntil: null } });
    await prisma.payment.updateMany({ data: { status: 'captured', failure: null } });
    await database.close();
    expect(steps(await done('down', '--to', to), 'down')).toEqual(all.slice(all.indexOf(to)).toReversed());
  });

  it('a backup is written while others write, and put back under those who have the database open', async () => {
    await withMigrator(place.url, (migrator) => migrator.up());
    if (engine === 'sqlserver') {
      const restored = withMigrator(place.url, (migrator) => migrator.restore("it's.bak"));
      await expect(restored).rejects.toThrow(/with sqlcmd:[^]*RESTORE DATABASE \[.+\] FROM DISK = N'it''s\.bak' WITH REPLACE/);
      return;
    }
    const database = await openDatabase(parseDatabaseUrl(place.url, ROOT));
    const write = () => database.write(Prisma.sql`INSERT INTO Users (FullName, SearchName) VALUES ('a', 'a')`);
    const count = () => database.prisma.user.count();
    const writes = { stopped: false };
    const writer = (async () => {
      while (!writes.stopped) {
        await write();
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const atLeast = await count();
    const backup = await withMigrator(place.url, (migrator) => migrator.backup());
    writes.stopped = true;
    await writer;
    await write();
    await withMigrator(place.url, (migrator) => migrator.restore(path.resolve(backup)));
    const copy = new BetterSqlite3(backup, { readonly: true });
    const kept = copy.prepare('SELECT COUNT(*) FROM Users').pluck().get() as number;
    copy.close();
    expect(kept).toBeGreaterThanOrEqual(atLeast);
    expect(await count()).toBe(kept);
    await write(); // and goes on
    expect(await count()).toBe(kept + 1);
    await database.close();

    writeFileSync(backup, readFileSync(backup).fill(0x41, 8192, 16_384));
    await expect(withMigrator(place.url, (migrator) => migrator.restore(path.resolve(backup)))).rejects.toThrow(/damaged|cannot be read/);
    await expect(withMigrator(place.url, (migrator) => migrator.restore('/nowhere.db'))).rejects.toThrow(/is not there/);
  });

  it('a migration that was changed after it was applied is refused, until force says that it is right', async () => {
    await withMigrator(place.url, (migrator) => migrator.up());
    await execute(`UPDATE SchemaMigrations SET Checksum = 'another' WHERE Name = '${SHOP}'`);
    const status = await run('status');
    expect(status.status).toBe(1);
    expect(status.stdout).toMatch(new RegExp(`^changed  ${SHOP}  `, 'm'));
    for (const args of [['up'], ['down'], ['down', '--force']]) {
      const { status: code, stderr } = await run(...args);
      expect(code).toBe(1);
      expect(stderr).toMatch(new RegExp(`^${SHOP} was changed after it was applied\\.\nRestore the file; or, .+ migrate:force\\.$`, 'm'));
    }
    await done('force', '--state', 'up', '--migration', SHOP);
    expect(await states()).toEqual(statesWith(all));
  });

  it('a migration whose file is gone stops everything, until force says that it is not applied', async () => {
    await withMigrator(place.url, (migrator) => migrator.up());
    await execute("UPDATE SchemaMigrations SET Name = '20230101000000_gone' WHERE Name = '" + all.at(-1) + "'");
    const refused = await run('up');
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/^20230101000000_gone was applied, but its file is missing/),
    ]);
    await done('force', '--state', 'down', '--migration', '20230101000000');
    await done('force', '--state', 'up', '--migration', all.at(-1)!);
    expect(await states()).toEqual(statesWith(all));
  });

  it('force moves the list alone: up after sqlcmd, down after a repair by hand', async () => {
    expect(await states()).toEqual(statesWith([])); // the file is there now: a command makes none but by migrate:up
    const forced = await done('force', '--state', 'up', '--migration', ACCOUNTS.slice(0, 14));
    expect(forced.stdout).toBe(`${ACCOUNTS} counts as applied now; nothing was run.\n`);
    expect(await states()).toEqual(statesWith([ACCOUNTS]));
    expect(await tableNamesOf(place.url)).toEqual([]);
    await done('force', '--state', 'up', '--migration', ACCOUNTS); // said twice
    expect((await done('force', '--state', 'down', '--migration', ACCOUNTS)).stdout).toMatch(/counts as not applied now/);
    expect(steps(await done('up'), 'up')).toEqual(all);
  });

  it('a wrong call changes nothing and says what is wrong', async () => {
    const calls: [args: string[], code: number, words: RegExp][] = [
      [[], 2, /name a command: up, down, status or force/i],
      [['sideways'], 2, /there is no command "sideways"/i],
      [['up', '--from', '2'], 2, /--from/],
      [['down', ACCOUNTS], 2, /down does not take 20231201000000_create_accounts/],
      [['status', '--force', '--to', '5'], 2, /status does not take .*--force/],
      [['force'], 2, /force needs --state up\|down and --migration ID/],
      [['force', '--state', 'sideways', '--migration', ACCOUNTS], 2, /force needs --state up\|down/],
      [['up', '--to', '19990101000000'], 1, new RegExp(`There is no migration "19990101000000"\\. Known are:\n {2}${ACCOUNTS}`)],
      [['force', '--state', 'up', '--migration', '1'], 1, /There is no migration "1"/],
    ];
    expect(await states()).toEqual(statesWith([]));
    const runs = await Promise.all(calls.map(([args]) => run(...args)));
    for (const [i, [args, code, words]] of calls.entries()) {
      const { status, stdout, stderr } = runs[i]!;
      expect(status, args.join(' ')).toBe(code);
      expect(stdout + stderr, args.join(' ')).toMatch(words);
      expect(stderr, args.join(' ')).not.toMatch(/^ {4}at /m); // no stack trace
    }
    expect((await done('--help')).stdout).toMatch(/Exit codes: 0 done/);
    expect(await states()).toEqual(statesWith([]));
  });
});

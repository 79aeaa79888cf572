import type { ChildProcess } from 'node:child_process';
import { ROOT } from '@assay/api';
import { parseDatabaseUrl } from '@assay/database';
import { openMigrator, type Migrator } from '@assay/database/migrate';
import { querySqlServer, runScript, type Run } from '@assay/testing';
import BetterSqlite3 from 'better-sqlite3';
import { sqliteTables, sqlServerTables, type Tables } from '../contract/schema-facts.ts';

export const ACCOUNTS = '20231201000000_create_accounts';
export const SHOP = '20231201000001_create_listings_and_orders';
export const RATINGS = '20240101000000_add_seller_ratings';
export const IMPORTS = '20240101000001_add_rating_imports';

/** `npm run migrate:…`. `onError` sees what it writes to stderr, as far as it has come. */
export const migrate = (url: string, args: string[], onError?: (text: string, child: ChildProcess) => void): Promise<Run> =>
  runScript('migrate.ts', args, { DATABASE_URL: url }, onError);

/** The names in lines like "up   20231201000000_create_accounts". */
export const steps = ({ stderr }: Run, direction: 'up' | 'down') =>
  [...stderr.matchAll(/^(up|down) +(\d{14}_\w+)$/gm)].filter(([, to]) => to === direction).map(([, , name]) => name!);

const OWN = 'schemamigrations'; // the migrator's list

/** What is in the database, but for the migrator's own list. */
export async function tablesOf(url: string): Promise<Tables> {
  const target = parseDatabaseUrl(url, ROOT);
  if (target.engine === 'sqlserver') return without(await sqlServerTables(target));
  const db = new BetterSqlite3(target.file);
  try {
    return without(sqliteTables(db));
  } finally {
    db.close();
  }
}

/** The names of the tables alone, in lower case: on SQL Server that takes a quarter of the time. */
export async function tableNamesOf(url: string): Promise<string[]> {
  const target = parseDatabaseUrl(url, ROOT);
  if (target.engine === 'sqlite') return Object.keys(await tablesOf(url)).map((name) => name.toLowerCase());
  const rows = await querySqlServer(
    target,
    "SELECT TABLE_NAME AS name FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'dbo' AND TABLE_TYPE = 'BASE TABLE'",
  );
  return rows.map(({ name }) => String(name).toLowerCase()).filter((name) => name !== OWN);
}

const without = (tables: Tables): Tables => Object.fromEntries(Object.entries(tables).filter(([name]) => name.toLowerCase() !== OWN));

/** The migrator in this process: faster than the command where a test is about something else. */
export async function withMigrator<T>(url: string, work: (migrator: Migrator) => Promise<T>, root = ROOT): Promise<T> {
  const migrator = await openMigrator(parseDatabaseUrl(url, ROOT), root);
  try {
    return await work(migrator);
  } finally {
    await migrator.close();
  }
}

/** The state of each migration by its name. */
export function statesOf(url: string, root = ROOT): Promise<Record<string, string>> {
  return withMigrator(url, async (migrator) => Object.fromEntries((await migrator.status()).map(({ name, state }) => [name, state])), root);
}

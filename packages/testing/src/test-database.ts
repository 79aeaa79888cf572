import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { openDatabase, parseDatabaseUrl, type Database, type DatabaseTarget, type Engine } from '@assay/database';
import { openMigrator } from '@assay/database/migrate';
import sql from 'mssql';
import { sqlServerUrl } from './engines.ts';
import { standInDiffers } from './known-differences.ts';
import { recordStatements } from './statements/recorder.ts';

export interface TestDatabase {
  readonly engine: Engine;
  /** What DATABASE_URL says. */
  readonly url: string;
  readonly target: DatabaseTarget;
  readonly database: Database;
  drop(): Promise<void>;
}
/** A database that its suite opens and drops: see useDatabase. */
export type SuiteDatabase = Omit<TestDatabase, 'drop'>;

const POOL_SIZE = 8;

/** A migrated, empty database of its own. */
export async function createTestDatabase(engine: Engine): Promise<TestDatabase> {
  const place = engine === 'sqlite' ? await createSqliteFile() : await createSqlServerDatabase();
  const target = parseDatabaseUrl(place.url, ROOT);
  if (engine === 'sqlserver') recordStatements();
  const database = await openDatabase(target, { poolSize: POOL_SIZE, waitTimeoutMs: 60_000 });
  return {
    engine,
    url: place.url,
    target,
    database,
    async drop() {
      await database.close();
      await place.drop();
    },
  };
}

/** A database without a single table. */
export function createEmptyPlace(engine: Engine): Promise<{ url: string; drop(): Promise<void> }> {
  return engine === 'sqlite' ? Promise.resolve(emptySqliteFile()) : emptySqlServerDatabase();
}

export async function migrate(url: string): Promise<void> {
  const migrator = await openMigrator(parseDatabaseUrl(url, ROOT), ROOT);
  await migrator.up();
  await migrator.close();
}

function emptySqliteFile() {
  const dir = mkdtempSync(path.join(tmpdir(), 'assay-test-'));
  return { url: `file:${path.join(dir, 'test.db')}`, drop: () => Promise.resolve(rmSync(dir, { recursive: true, force: true })) };
}

// Migrated once for each worker, then copied.
let template: string | undefined;

async function createSqliteFile() {
  if (!template || !existsSync(template)) {
    const fresh = emptySqliteFile();
    await migrate(fresh.url);
    template = fresh.url.slice('file:'.length);
    const drop = fresh.drop;
    process.on('exit', () => void drop());
  }
  const place = emptySqliteFile();
  copyFileSync(template, place.url.slice('file:'.length));
  return place;
}

async function createSqlServerDatabase() {
  const place = await emptySqlServerDatabase();
  await migrate(place.url);
  return place;
}

async function emptySqlServerDatabase() {
  if (!sqlServerUrl) throw new Error('TEST_SQLSERVER_URL is not set.');
  const name = `assay_test_${randomBytes(6).toString('hex')}`;
  await onMaster(`CREATE DATABASE ${name}`);
  if (!standInDiffers(await serverVersion(), 'noAlterDatabase')) await onMaster(`ALTER DATABASE ${name} SET READ_COMMITTED_SNAPSHOT ON`);
  const url = `${sqlServerUrl.replace(/;(database|initial catalog)=[^;]*/i, '')};database=${name}`;
  return { url, drop: async () => void (await onMaster(`DROP DATABASE ${name}`)) };
}

/** What the server says that it is; asked once. */
let version: Promise<string> | undefined;
const serverVersion = () => (version ??= onMaster('SELECT @@VERSION AS version').then(([row]) => String(row?.version)));

/** A statement on the server itself. Creating and dropping may collide with another process's: tried a few times. */
async function onMaster(statement: string): Promise<Record<string, unknown>[]> {
  const target = parseDatabaseUrl(`${sqlServerUrl!.replace(/;(database|initial catalog)=[^;]*/i, '')};database=master`, ROOT);
  if (target.engine !== 'sqlserver') throw new Error('TEST_SQLSERVER_URL begins with sqlserver://');
  const config = sql.ConnectionPool.parseConnectionString(target.connectionString) as sql.config;
  const pool = await new sql.ConnectionPool({ ...config, requestTimeout: 60_000, pool: { max: 1, min: 0 } }).connect();
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        const { recordset } = await pool.request().batch<Record<string, unknown>>(statement);
        return recordset ? [...recordset] : [];
      } catch (error) {
        if (attempt === 10) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200 * attempt));
      }
    }
  } finally {
    await pool.close();
  }
}

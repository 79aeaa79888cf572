import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import type { DatabaseTarget } from '@assay/database';
import { batches } from '@assay/database/migrate';
import sql from 'mssql';

export type SqlRow = Record<string, unknown>;

/** One connection of its own to a SQL Server, with QUOTED_IDENTIFIER off as sqlcmd begins. */
async function connect(target: DatabaseTarget): Promise<sql.ConnectionPool> {
  if (target.engine !== 'sqlserver') throw new Error('This is for SQL Server alone.');
  const config = sql.ConnectionPool.parseConnectionString(target.connectionString) as sql.config;
  const pool = await new sql.ConnectionPool({ ...config, requestTimeout: 120_000, pool: { max: 1, min: 1 } }).connect();
  await pool.request().batch('SET QUOTED_IDENTIFIER OFF');
  return pool;
}

/** A script with those that it includes (`:r FILE`), whose paths are relative to the folder of the checkout, where sqlcmd runs. */
export const readSqlFile = (file: string): string =>
  readFileSync(path.resolve(ROOT, file), 'utf8').replace(/^:r (.+)$/gm, (_, included: string) => readSqlFile(included));

/** Runs a script as `sqlcmd -i` does: batch after batch, no transaction but its own. Returns the last rows that it printed. */
export async function runSqlFile(target: DatabaseTarget, file: string): Promise<SqlRow[]> {
  const pool = await connect(target);
  try {
    let rows: SqlRow[] = [];
    for (const batch of batches(readSqlFile(file))) {
      const { recordset } = await pool.request().batch<SqlRow>(batch);
      if (recordset) rows = [...recordset];
    }
    return rows;
  } finally {
    await pool.close();
  }
}

/** Runs one query as it stands. */
export async function querySqlServer(target: DatabaseTarget, query: string): Promise<SqlRow[]> {
  const pool = await connect(target);
  try {
    return [...(await pool.request().batch<SqlRow>(query)).recordset];
  } finally {
    await pool.close();
  }
}

/** What an engine says that it is, for `standInDiffers`. */
export async function engineVersion(target: DatabaseTarget): Promise<string> {
  return target.engine === 'sqlite' ? 'SQLite' : String((await querySqlServer(target, 'SELECT @@VERSION AS version'))[0]!.version);
}

import sql from 'mssql';
import {
  describeProcess,
  LOCK_WAIT_MS,
  MigrationLockedError,
  PROCESS_ALIVE_MS,
  RestoreError,
  isWithoutTransaction,
  type AppliedMigration,
  type Bookkeeping,
  type MigrationTarget,
} from './target.ts';

const INIT = `IF OBJECT_ID('SchemaMigrations') IS NULL
CREATE TABLE SchemaMigrations (
  Name NVARCHAR(200) NOT NULL,
  Checksum NVARCHAR(64) NOT NULL,
  AppliedAt DATETIME2(3) NOT NULL CONSTRAINT DF_SchemaMigrations_AppliedAt DEFAULT SYSUTCDATETIME(),
  CONSTRAINT PK_SchemaMigrations PRIMARY KEY (Name)
)`;

/** A script's batches: `GO` alone on its line separates them; lines that begin with a colon speak to sqlcmd. */
export function batches(script: string): string[] {
  return script
    .replace(/^:.*$/gm, '')
    .split(/^\s*GO\s*$/im)
    .map((batch) => batch.trim())
    .filter((batch) => batch.replace(/^--.*$/gm, '').trim() !== '');
}

const quoted = (name: string) => `[${name.replaceAll(']', ']]')}]`;

/** What puts a backup back in the place of a database, for sqlcmd. */
export function restoreScript(database: string, file: string): string {
  const name = quoted(database);
  return `USE master;
GO
ALTER DATABASE ${name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
GO
RESTORE DATABASE ${name} FROM DISK = N'${file.replaceAll("'", "''")}' WITH REPLACE, CHECKSUM;
GO
ALTER DATABASE ${name} SET MULTI_USER;
GO`;
}

export async function sqlServerTarget(connectionString: string): Promise<MigrationTarget> {
  const config = sql.ConnectionPool.parseConnectionString(connectionString) as sql.config;
  const connect = () => new sql.ConnectionPool({ ...config, requestTimeout: 10 * 60_000, pool: { max: 1, min: 1 } }).connect();
  const pool = await connect();
  await pool.request().batch(INIT);

  const keep = async (transaction: sql.Transaction, bookkeeping: Bookkeeping) => {
    const name = 'add' in bookkeeping ? bookkeeping.add.name : bookkeeping.remove;
    await transaction.request().input('name', sql.NVarChar, name).query('DELETE FROM SchemaMigrations WHERE Name = @name');
    if (!('add' in bookkeeping)) return;
    await transaction
      .request()
      .input('name', sql.NVarChar, name)
      .input('checksum', sql.NVarChar, bookkeeping.add.checksum)
      .query('INSERT INTO SchemaMigrations (Name, Checksum) VALUES (@name, @checksum)');
  };

  const run = async (script: string, bookkeeping: Bookkeeping) => {
    const alone = isWithoutTransaction(script);
    if (alone) for (const batch of batches(script)) await pool.request().batch(batch);
    const transaction = pool.transaction();
    await transaction.begin();
    try {
      // The script's own BEGIN and COMMIT, meant for sqlcmd, nest inside this transaction.
      if (!alone) for (const batch of batches(script)) await transaction.request().batch(batch);
      await keep(transaction, bookkeeping);
      await transaction.commit();
    } catch (error) {
      await transaction.rollback().catch(() => {}); // XACT_ABORT may have rolled it back already
      throw error;
    }
  };

  return {
    async applied() {
      const { recordset } = await pool
        .request()
        .query<{ Name: string; Checksum: string; AppliedAt: Date }>(
          'SELECT Name AS [Name], Checksum AS [Checksum], AppliedAt AS [AppliedAt] FROM SchemaMigrations ORDER BY Name',
        );
      return recordset.map((row): AppliedMigration => ({ name: row.Name, checksum: row.Checksum, appliedAt: row.AppliedAt }));
    },
    run,
    record: (bookkeeping) => run('', bookkeeping),

    async present(places) {
      const { recordset } = await pool.request().query<{ place: string }>(
        `SELECT TABLE_NAME AS place FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = SCHEMA_NAME()
           UNION ALL SELECT TABLE_NAME + '.' + COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = SCHEMA_NAME()`,
      );
      const known = new Set(recordset.map(({ place }) => place.toLowerCase()));
      return places.filter((place) => known.has(place.toLowerCase()));
    },

    async countRows(place) {
      const [table, column] = place.split('.') as [string, string?];
      const isMissing = column === undefined ? `OBJECT_ID('${table}') IS NULL` : `COL_LENGTH('${table}', '${column}') IS NULL`;
      const rows = column === undefined ? table : `${table} WHERE ${column} IS NOT NULL`;
      const { recordset } = await pool
        .request()
        .query<{ n: number }>(`IF ${isMissing} SELECT 0 AS n ELSE EXEC('SELECT CAST(COUNT(*) AS INT) AS n FROM ${rows}')`);
      return recordset[0]?.n ?? 0;
    },

    async runningProcesses() {
      const { recordset } = await pool.request().query<{ name: string; what: string | null }>(
        `IF OBJECT_ID('JobLeases') IS NOT NULL EXEC('SELECT Name AS name, Holder AS what FROM JobLeases
          WHERE Name LIKE ''api %'' AND NextRunAt > DATEADD(millisecond, -${PROCESS_ALIVE_MS}, SYSUTCDATETIME())')`,
      );
      return (recordset ?? []).map(describeProcess);
    },

    async backup() {
      const { recordset } = await pool.request().query<{ name: string }>('SELECT DB_NAME() AS name');
      const name = recordset[0]!.name;
      const file = `${name}-${new Date().toISOString().replace(/[:.]/g, '-')}.bak`;
      await pool
        .request()
        .batch(`BACKUP DATABASE ${quoted(name)} TO DISK = N'${file.replaceAll("'", "''")}' WITH COPY_ONLY, CHECKSUM, INIT`);
      return `${file} in the server's backup directory`;
    },

    async checkBackup() {
      // The server reads it.
    },

    async restore(file) {
      const { recordset } = await pool.request().query<{ name: string }>('SELECT DB_NAME() AS name');
      // It needs the database to itself and more rights than the product has: an administrator does it, on the server.
      throw new RestoreError(
        `SQL Server restores a database itself. On the server, with sqlcmd:\n\n${restoreScript(recordset[0]!.name, file)}`,
      );
    },

    async exclusively(work, onWait) {
      const holder = await connect(); // the lock belongs to this connection and goes with it
      const acquire = async (timeoutMs: number) => {
        const { recordset } = await holder
          .request()
          .query<{ result: number }>(
            `DECLARE @result INT; EXEC @result = sp_getapplock @Resource = N'assay-migrations', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = ${timeoutMs}; SELECT @result AS result`,
          );
        return (recordset[0]?.result ?? -1) >= 0;
      };
      try {
        if (!(await acquire(0))) {
          onWait();
          if (!(await acquire(LOCK_WAIT_MS))) throw new MigrationLockedError();
        }
        return await work();
      } finally {
        await holder.close();
      }
    },

    close: () => pool.close(),
  };
}

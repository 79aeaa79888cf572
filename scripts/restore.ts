import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadEnvFile, readDatabaseTarget } from '@assay/api/config';
import { clearCache } from '@assay/core';
import { describeTarget } from '@assay/database/url';
import type { Migrator } from '@assay/database/migrate';
import { HOME } from '@assay/runtime';
import { Refusal, runCommand, withSystem, WrongCall } from './lib/command.ts';
import { FORESEEN, missingMigrations, newestMigration, withMigrator } from './lib/database-state.ts';
import { exclusively } from './lib/releases.ts';
import { logged } from './lib/rollback-log.ts';
import { runningApi } from './lib/switch-release.ts';

const HELP = `npm run restore -- FILE [--reason TEXT]

Replaces the database of DATABASE_URL with a backup, after a backup of the current database. The API must be stopped.
On SQL Server it prints the statements that do it. Exit codes: 0 done, 1 refused or failed, 2 wrong call.`;

/** Nothing is written before this. @throws Refusal, RestoreError */
async function check(migrator: Migrator, file: string): Promise<void> {
  const running = await migrator.runningProcesses();
  if (runningApi() !== null || running.length > 0)
    throw new Refusal(
      `The API is running${running.length > 0 ? ` (${running.join('; ')})` : ''}: its changes since the backup would be lost. First: npm run pm2:stop -- marketplace-api; or end npm start.`,
    );
  await migrator.checkBackup(file);
}

await runCommand(async () => {
  const options = { reason: { type: 'string' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  if (values.help) return console.log(HELP);
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new WrongCall('Name one backup.');
  loadEnvFile();
  const target = readDatabaseTarget({ ...process.env });
  await exclusively(async () => {
    const source = target.engine === 'sqlite' ? path.resolve(file) : file;
    if (target.engine === 'sqlite') await withMigrator(HOME, (migrator) => check(migrator, source));
    const from = await newestMigration();
    await logged({ phase: 'database', operation: 'restore', from, to: file, reason: values.reason ?? null }, () =>
      withMigrator(HOME, async (migrator) => {
        const backup = target.engine === 'sqlite' ? await migrator.backup() : undefined;
        if (backup) console.error(`backup written to ${backup}`);
        await migrator.restore(source);
        return { database: describeTarget(target), ...(backup ? { backup } : {}) };
      }),
    );
    // Redis holds entries of the replaced database. Clearing them needs all migrations; code of an older schema has no cache.
    if ((await missingMigrations(HOME)).length === 0) await withSystem('restore', (ctx) => clearCache(ctx, {}));
    console.log(`${describeTarget(target)}, is restored from ${file}. Check it with npm run verify-aggregates.`);
  });
}, FORESEEN);

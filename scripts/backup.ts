import { parseArgs } from 'node:util';
import { loadEnvFile, readDatabaseTarget } from '@assay/api/config';
import { describeTarget } from '@assay/database/url';
import { HOME } from '@assay/runtime';
import { Refusal, requireDatabase, runCommand } from './lib/command.ts';
import { FORESEEN, newestMigration, withMigrator } from './lib/database-state.ts';

const HELP = `npm run backup:create

Writes a backup of the database of DATABASE_URL and prints where it is. The product may run meanwhile. SQLite: a file below
data/backups; SQL Server: a file in the server's backup directory. npm run restore restores it. Images and documents are not part of it.

Exit codes: 0 done, 1 refused or failed, 2 wrong call.`;

await runCommand(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  loadEnvFile();
  const target = readDatabaseTarget({ ...process.env });
  requireDatabase(target);
  if ((await newestMigration()) === null)
    throw new Refusal(`There is nothing to back up in ${describeTarget(target)}. Check DATABASE_URL.`);
  console.log(await withMigrator(HOME, (migrator) => migrator.backup()));
}, FORESEEN);

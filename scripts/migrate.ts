import { parseArgs } from 'node:util';
import { loadEnvFile, readDatabaseTarget, ROOT } from '@assay/api/config';
import { describeMissing, describeTarget } from '@assay/database/url';
import {
  MigrationFailedError,
  MigrationLockedError,
  MigrationRefusedError,
  openMigrator,
  readMigrations,
  type MigrationState,
  type Migrator,
} from '@assay/database/migrate';
import { Refusal, requireDatabase, runCommand, WrongCall } from './lib/command.ts';
import { counted } from './lib/counted.ts';

const HELP = `Applies and reverts the migrations in prisma/migrations.

  npm run migrate:up     [-- --to ID]                  apply pending migrations, up to and including ID
  npm run migrate:down   [-- --to ID --force]          revert the last migration, or all down to and including ID
  npm run migrate:status [-- --json]                   list applied and pending migrations
  npm run migrate:force  -- --state up|down --migration ID
                                                       record a migration as applied or not, without running it

ID is the fourteen digits of a migration. "up" recognises migrations that sqlcmd ran, by their tables and columns, and records them;
one that adds none of these is recorded with "force". "down" refuses while the API runs on the database, writes a backup first (unless
--no-backup), and refuses if rows would be lost, unless --force. The database is the one of DATABASE_URL.

Exit codes: 0 done, 1 refused or failed, 2 wrong call.`;

/** Options of each command. Anything else is a wrong call: "down 20240101000000" must not revert another migration. */
const OPTIONS = { up: ['to'], down: ['to', 'force', 'no-backup'], status: ['json'], force: ['state', 'migration'] } as const;
type Command = keyof typeof OPTIONS;

function readCall() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      force: { type: 'boolean' },
      'no-backup': { type: 'boolean' },
      state: { type: 'string' },
      migration: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return null;
  const [command, ...more] = positionals;
  if (!command) throw new WrongCall('Name a command: up, down, status or force.');
  if (!Object.hasOwn(OPTIONS, command)) throw new WrongCall(`There is no command "${command}": up, down, status or force.`);
  const known: readonly string[] = OPTIONS[command as Command];
  const strange = [
    ...more,
    ...Object.keys(values)
      .filter((name) => !known.includes(name))
      .map((name) => `--${name}`),
  ];
  if (strange.length > 0) throw new WrongCall(`${command} does not take ${strange.join(' ')}.`);
  const { state, migration } = values;
  if (command === 'force' && ((state !== 'up' && state !== 'down') || !migration))
    throw new WrongCall('force needs --state up|down and --migration ID');
  return { command: command as Command, values };
}

async function main(): Promise<number> {
  const call = readCall();
  if (!call) {
    console.log(HELP);
    return 0;
  }
  const { command, values } = call;
  loadEnvFile();
  const target = readDatabaseTarget(process.env);
  const missing = describeMissing(target);
  if (missing !== null && command === 'status') {
    console.error(missing);
    const pending = readMigrations(ROOT, target.engine).map(({ id, name }) => ({ id, name, state: 'pending' as const, appliedAt: null }));
    return print(pending, values.json ?? false);
  }
  if (command !== 'up') requireDatabase(target);
  const migrator = await openMigrator(target, ROOT, {
    onWait: () => console.error('Another runner is migrating this database; waiting for it.'),
    onFound: (name) => console.error(`found ${name} (run by sqlcmd; recorded)`),
    onStep: (direction, name) => console.error(`${direction.padEnd(4)} ${name}`),
    onBackup: (where) => console.error(`backup written to ${where}`),
    onNoBackup: (reason) => console.error(`No backup could be written (${reason}); no rows are lost by this.`),
  });
  try {
    switch (command) {
      case 'up':
        return done('applied', await migrator.up(values.to), describeTarget(target));
      case 'down':
        await refuseWhileRunning(migrator);
        return done(
          'reverted',
          await migrator.down({ ...(values.to ? { to: values.to } : {}), force: values.force ?? false, backup: !values['no-backup'] }),
          describeTarget(target),
        );
      case 'status':
        return print(await migrator.status(), values.json ?? false);
      case 'force': {
        const name = await migrator.force(values.state as 'up' | 'down', values.migration!);
        console.log(`${name} counts as ${values.state === 'up' ? 'applied' : 'not applied'} now; nothing was run.`);
        return 0;
      }
    }
  } finally {
    await migrator.close();
  }
}

/** @throws Refusal if an API uses the database, which would need what goes */
async function refuseWhileRunning(migrator: Migrator): Promise<void> {
  const running = await migrator.runningProcesses();
  if (running.length === 0) return;
  throw new Refusal(
    `The API runs on this database and needs its tables: ${running.join('; ')}.\nStop it first; or revert what an older release does without: npm run rollback:database`,
  );
}

function done(verb: string, names: string[], database: string): number {
  console.log(
    names.length === 0
      ? `Nothing to do: ${database} is where it should be.`
      : `${counted(names.length, 'migration')} ${verb} on ${database}.`,
  );
  return 0;
}

function print(states: readonly MigrationState[], json: boolean): number {
  if (json) console.log(JSON.stringify(states, null, 2));
  else for (const { state, name, appliedAt } of states) console.log(`${state.padEnd(8)} ${name}${appliedAt ? `  ${appliedAt}` : ''}`);
  return states.some(({ state }) => state === 'changed' || state === 'missing') ? 1 : 0;
}

await runCommand(main, [MigrationRefusedError, MigrationFailedError, MigrationLockedError]);

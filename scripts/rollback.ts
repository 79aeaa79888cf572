import { parseArgs } from 'node:util';
import { loadEnvFile } from '@assay/api';
import { Refusal, runCommand, WrongCall } from './lib/command.ts';
import { FORESEEN } from './lib/database-state.ts';
import { APP_NAMES, currentOf, exclusively, findRelease, previousOf, type App } from './lib/releases.ts';
import { rollBackDatabase } from './lib/rollback-database.ts';
import { switchTo } from './lib/switch-release.ts';

const HELP = `npm run rollback:api | rollback:web [-- --to COMMIT]
npm run rollback:database [-- --to ID --force --yes]

Goes back. api and web run the release again that they ran before, or that of COMMIT: it is there with all that it needs, and no
request is lost. The database is reverted by its last migration, or by all down to and with ID, after a backup; it refuses where
the API that runs needs them, and where rows would be lost.

  --force         rows may be lost: they are in the backup, which npm run restore puts back
  --yes           does not ask again
  --reason TEXT   goes into the log
  --help

npm run releases shows what runs, what is there, and what was done. Exit codes: 0 done, 1 refused or failed, 2 wrong call.`;

/** What each phase takes. */
const TAKES = { api: ['to', 'reason'], web: ['to', 'reason'], database: ['to', 'reason', 'force', 'yes'] } as const;
const OPTIONS = {
  to: { type: 'string' },
  reason: { type: 'string' },
  force: { type: 'boolean' },
  yes: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;
const say = (text: string) => console.error(`▸ ${text}`);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const [phase, ...more] = positionals;
  if (phase !== 'database' && !APP_NAMES.includes(phase as App)) throw new WrongCall('Name what goes back: api, web or database.');
  const taken: readonly string[] = TAKES[phase as keyof typeof TAKES];
  const strange = [...more, ...Object.keys(values).flatMap((name) => (taken.includes(name) ? [] : [`--${name}`]))];
  if (strange.length > 0) throw new WrongCall(`rollback:${phase} does not take ${strange.join(' ')}.`);
  loadEnvFile();
  const reason = values.reason ?? null;
  await exclusively(async () => {
    if (phase === 'database') await database(values, reason);
    else await app(phase as App, values.to, reason);
  });
  return 0;
}

async function app(name: App, to: string | undefined, reason: string | null): Promise<void> {
  const before = to ?? previousOf(name);
  if (before === null)
    throw new Refusal(`There is no release before the one that the ${name} runs. npm run releases lists those that are there.`);
  const release = findRelease(before);
  if (currentOf(name) === release.id) throw new Refusal(`The ${name} runs ${release.id} already.`);
  const startedAt = performance.now();
  await switchTo(name, release, { operation: 'rollback', reason, say });
  console.log(`The ${name} runs ${release.id} again (${release.subject}), after ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
}

async function database(options: { to?: string; force?: boolean; yes?: boolean }, reason: string | null): Promise<void> {
  const { force = false, yes = false } = options;
  const { reverted, backup } = await rollBackDatabase({ to: options.to, force, yes, reason, say });
  console.log(reverted.length === 0 ? 'Nothing to do: no migration of that kind is applied.' : `${reverted.length} migration(s) reverted.`);
  if (backup) console.log(`As it was before: ${backup}`);
}

await runCommand(main, FORESEEN);

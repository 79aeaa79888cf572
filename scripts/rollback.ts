import { parseArgs } from 'node:util';
import { loadEnvFile } from '@assay/api';
import { HOME } from '@assay/runtime';
import { Refusal, runCommand, WrongCall } from './lib/command.ts';
import { FORESEEN, migrationsIn } from './lib/database-state.ts';
import type { App } from './lib/pm2-config.ts';
import { APP_NAMES, CHECKOUT, checkoutRelease, currentOf, exclusively, findRelease, previousOf } from './lib/releases.ts';
import { rollBackDatabase } from './lib/rollback-database.ts';
import { switchTo } from './lib/switch-release.ts';

const HELP = `npm run rollback:api | rollback:web [-- --to COMMIT]
npm run rollback:production [-- --to COMMIT]
npm run rollback:database [-- --to ID --force --yes]

Rolls back. api and web run their previous release again, or that of COMMIT, or the checkout with --to checkout; no request is lost.
production does both, the pages first; an app without a previous release stays. database reverts the last migration, or all down to
and including ID, after a backup; it refuses if the running API needs one of them, or if rows would be lost.

  --force         accepts that rows are lost; npm run restore restores them from the backup
  --yes           does not ask
  --reason TEXT   written to the log
  --help

npm run releases lists releases, which of them run, and the log. Exit codes: 0 done, 1 refused or failed, 2 wrong call.`;

/** Options of each phase. */
const TAKES = { api: ['to', 'reason'], web: ['to', 'reason'], all: ['to', 'reason'], database: ['to', 'reason', 'force', 'yes'] } as const;
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
  if (!phase || !Object.hasOwn(TAKES, phase)) throw new WrongCall('Name one phase: api, web, database, or all for the pages and the API.');
  const taken: readonly string[] = TAKES[phase as keyof typeof TAKES];
  const strange = [...more, ...Object.keys(values).flatMap((name) => (taken.includes(name) ? [] : [`--${name}`]))];
  if (strange.length > 0) throw new WrongCall(`rollback:${phase} does not take ${strange.join(' ')}.`);
  loadEnvFile();
  const reason = values.reason ?? null;
  await exclusively(async () => {
    if (phase === 'database') await database(values, reason);
    else for (const name of phase === 'all' ? appsToRollBack(values.to) : [phase as App]) await app(name, values.to, reason);
  });
  return 0;
}

/** The apps that run another release than they would after a rollback: the pages first. @throws Refusal if there are none */
function appsToRollBack(to: string | undefined): App[] {
  const target = to === undefined || to === CHECKOUT ? to : findRelease(to).id;
  const apps = APP_NAMES.toReversed().filter((name) => {
    const [current, wanted] = [currentOf(name) ?? CHECKOUT, target ?? previousOf(name)];
    return wanted !== null && wanted !== current;
  });
  if (apps.length === 0) throw new Refusal('Neither the pages nor the API run another release than that. npm run releases lists all.');
  return apps;
}

async function app(name: App, to: string | undefined, reason: string | null): Promise<void> {
  const before = to ?? previousOf(name);
  if (before === null) throw new Refusal(`There is no release before the one that the ${name} runs. npm run releases lists all.`);
  const release = before === CHECKOUT ? checkoutRelease(migrationsIn(HOME)) : findRelease(before);
  if ((currentOf(name) ?? CHECKOUT) === release.id) throw new Refusal(`The ${name} runs ${release.id} already.`);
  const startedAt = performance.now();
  await switchTo(name, release, { operation: 'rollback', reason, say });
  console.log(`The ${name} runs ${release.id} again (${release.subject}), after ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
}

async function database(options: { to?: string; force?: boolean; yes?: boolean }, reason: string | null): Promise<void> {
  const { force = false, yes = false } = options;
  const { reverted, backup } = await rollBackDatabase({ to: options.to, force, yes, reason, say });
  console.log(reverted.length === 0 ? 'Nothing to do: no such migration is applied.' : `${reverted.length} migration(s) reverted.`);
  if (backup) console.log(`As it was before: ${backup}`);
}

await runCommand(main, FORESEEN);

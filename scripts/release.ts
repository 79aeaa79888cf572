import { parseArgs } from 'node:util';
import { loadEnvFile } from '@assay/api';
import type { Release } from '@assay/runtime';
import { runCommand, WrongCall } from './lib/command.ts';
import { FORESEEN, newestMigration, withMigrator } from './lib/database-state.ts';
import { makeRelease } from './lib/make-release.ts';
import type { App } from './lib/pm2-config.ts';
import { APP_NAMES, currentOf, exclusively, folderOf, pruneReleases } from './lib/releases.ts';
import { logged } from './lib/rollback-log.ts';
import { switchTo } from './lib/switch-release.ts';

const HELP = `npm run release -- database|api|web|all [options]

Makes a release of a commit below data/releases, unless it exists, and deploys it under PM2:

  database    applies the release's migrations; running code works with them
  api, web    starts a trial process, switches to the release and replaces the processes one by one; no request is lost.
              If the release is not healthy, the previous one runs again
  all         these three, in this order

  --ref REF       a commit, branch or tag (HEAD)
  --reason TEXT   written to the log
  --help

Old releases are deleted, except for the last five. Exit codes: 0 done, 1 refused or failed, 2 wrong call.`;

type Phase = 'database' | App;
const PHASES: Phase[] = ['database', ...APP_NAMES];
const say = (text: string) => console.error(`▸ ${text}`);

async function main(): Promise<number> {
  const options = { ref: { type: 'string', default: 'HEAD' }, reason: { type: 'string' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const [wanted, ...more] = positionals;
  const phases = wanted === 'all' ? PHASES : PHASES.filter((phase) => phase === wanted);
  if (phases.length === 0 || more.length > 0) throw new WrongCall('Name one phase: database, api, web or all.');
  loadEnvFile();
  const reason = values.reason ?? null;
  await exclusively(async () => {
    const release = await makeRelease(values.ref, say);
    for (const phase of phases) {
      if (phase === 'database') await migrate(release, reason);
      else if (currentOf(phase) === release.id) console.log(`The ${phase} runs ${release.id} already.`);
      else {
        await switchTo(phase, release, { operation: 'release', reason, say });
        console.log(`The ${phase} runs ${release.id} (${release.subject}).`);
      }
    }
    for (const id of pruneReleases()) say(`Removed release ${id}`);
  });
  return 0;
}

async function migrate(release: Release, reason: string | null): Promise<void> {
  const [from, to] = [await newestMigration(), release.migrations.at(-1) ?? null];
  let applied: string[] = [];
  await logged({ phase: 'database', operation: 'release', from, to, reason }, async () => {
    const onStep = (direction: string, name: string) => say(`${direction.padEnd(4)} ${name}`);
    const onFound = (name: string) => say(`found ${name} (run by sqlcmd; recorded)`);
    applied = await withMigrator(folderOf(release.id), (migrator) => migrator.up(), { onStep, onFound });
  });
  console.log(applied.length === 0 ? 'The database has all migrations already.' : `${applied.length} migration(s) applied.`);
}

await runCommand(main, FORESEEN);

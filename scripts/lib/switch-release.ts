import path from 'node:path';
import { HOME, releaseIn, type Release } from '@assay/runtime';
import { buildWeb } from './build-web.ts';
import { Refusal } from './command.ts';
import { brokenFor, missingMigrations } from './database-state.ts';
import { openPm2, type Pm2 } from './pm2.ts';
import { checkedApps, type App } from './pm2-config.ts';
import { SHELL } from './process-environment.ts';
import { APPS, CHECKOUT, currentOf, folderOf, pointTo } from './releases.ts';
import { logged, type LogEntry } from './rollback-log.ts';
import { releaseAt, tryRelease } from './try-release.ts';

const ECOSYSTEM = 'ecosystem.config.js';
const UP_MS_MAX = 60_000;
const LOOK_EVERY_MS = 1000;
/** PM2's states of a process that it will restart, or has given up. */
const DOWN = new Set(['waiting restart', 'errored', 'stopped']);

/** The deployment's PM2, without its tables on the terminal. */
export function deploymentPm2(): Pm2 {
  return openPm2(process.env.PM2_HOME || path.join(HOME, 'data', 'pm2'), SHELL, 'ignore');
}

/**
 * Switches an app to a release: starts a trial process, points the app to the release, replaces its processes one by one, and checks
 * them. If they are not healthy, the app is pointed back. The log has a line about it.
 * @throws Pm2ConfigError, Refusal if the app still runs its previous release
 */
export async function switchTo(
  app: App,
  release: Release,
  { operation, reason, say }: Pick<LogEntry, 'operation' | 'reason'> & { say: (text: string) => void },
): Promise<void> {
  const { env, url } = checkedApps({ ...process.env })[app];
  const pm2 = deploymentPm2();
  const isRunning = pm2.list().some(({ name }) => name === APPS[app].process);
  const before = currentOf(app) ?? (isRunning ? CHECKOUT : null);
  if (app === 'api') {
    const missing = await missingMigrations(folderOf(release.id));
    if (missing.length > 0)
      throw new Refusal(
        `Release ${release.id} needs ${missing.join(', ')}, which the database lacks. First: npm run release -- database --ref ${release.id}`,
      );
  }
  if (app === 'api')
    for (const { name, breaks } of await brokenFor(release.migrations))
      say(
        `Release ${release.id} cannot ${breaks} while ${name} is applied. Afterwards: npm run rollback:database -- --to ${name.split('_')[0]}`,
      );
  if (app === 'web' && release.id === CHECKOUT) await buildWeb(); // no process serves its pages: the app runs a release
  say(`Trying the ${app} of ${release.id}`);
  await tryRelease(app, release, { ...process.env, ...env });

  await logged({ phase: app, operation, from: before, to: release.id, reason }, async () => {
    say(`Replacing ${before ?? 'nothing'} by ${release.id}`);
    pointTo(app, release.id);
    // PM2 restarts a process that ends at its start: if the app points back by then, it starts.
    const problem = await replaceProcesses(pm2, app, url, release.id, say, () => pointTo(app, before));
    if (problem === null) return;
    say(`${problem}: going back to ${before ?? CHECKOUT}`);
    pointTo(app, before);
    const again = await replaceProcesses(pm2, app, url, before ?? CHECKOUT, say);
    const what = `The ${app} of ${release.id} is not healthy: ${problem}.`;
    throw new Refusal(
      again === null
        ? `${what} ${before ?? 'The checkout'} runs again.`
        : `${what} And now: ${again}. The log of ${APPS[app].process} says more.`,
    );
  });
}

/**
 * Reloads or starts an app under PM2 and checks which release every process runs. Returns the problem, or null.
 * @param onCrash called when a new process has ended by itself; PM2 keeps restarting it
 */
async function replaceProcesses(
  pm2: Pm2,
  app: App,
  url: string,
  wanted: string,
  say: (text: string) => void,
  onCrash: () => void = () => {},
): Promise<string | null> {
  const name = APPS[app].process;
  const since = Date.now();
  const state = () => {
    const all = pm2.list().filter((one) => one.name === name && typeof one.pm_id === 'number'); // a text while PM2 replaces the process
    const fresh = all.filter(({ pm2_env }) => pm2_env.pm_uptime >= since);
    const crashed = fresh.some(({ pm2_env }) => (pm2_env.prev_restart_delay ?? 0) > 0 || DOWN.has(pm2_env.status));
    return { crashed, count: all.length, up: fresh.filter(({ pm2_env }) => pm2_env.status === 'online').length };
  };
  const reload = { code: null as number | null, crashed: false, up: false, count: 0 };
  void pm2.run(['startOrReload', ECOSYSTEM, '--only', name]).then(
    (code) => (reload.code = code),
    () => (reload.code = 1),
  );
  while (!reload.up || reload.code === null) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const { up, count, crashed } = state();
    if (up !== reload.count) say(`  ${up} of ${count} processes are new`);
    reload.count = up;
    if (crashed && !reload.crashed) onCrash();
    reload.crashed ||= crashed;
    reload.up = count > 0 && up === count;
    if (Date.now() - since > UP_MS_MAX && reload.code !== null && !reload.up) return `${name} is not up`;
  }
  if (reload.crashed) return 'a process ended at its start';
  if (reload.code !== 0) return 'PM2 could not replace its processes';
  for (let i = 0; i < 2 * state().count; i++) {
    const answers = await releaseAt(url);
    if (answers !== wanted) return answers ? `${answers} answers instead` : `${name} does not answer`;
  }
  return null;
}

/** The release whose API runs under PM2; null if the API does not run, "checkout" if there is no release yet. */
export function runningApi(): Release | 'checkout' | null {
  const up = deploymentPm2()
    .list()
    .some(({ name, pm2_env }) => name === APPS.api.process && pm2_env.status !== 'stopped');
  if (!up) return null;
  const current = currentOf('api');
  return (current && releaseIn(folderOf(current))) || 'checkout';
}

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig, SCRIPT_SECRET } from '@assay/api';
import { HOME, releaseIn, type Release } from '@assay/runtime';
import { Refusal } from './command.ts';
import { missingMigrations } from './database-state.ts';
import { openPm2, type Pm2 } from './pm2.ts';
import { APPS, currentOf, folderOf, pointTo, type App } from './releases.ts';
import { logged, type LogEntry } from './rollback-log.ts';
import { releaseAt, tryRelease } from './try-release.ts';

const ECOSYSTEM = 'ecosystem.config.js';
const UP_MS_MAX = 60_000;
const LOOK_EVERY_MS = 1000;
/** What PM2 calls a process that it will start anew, or has given up. */
const DOWN = new Set(['waiting restart', 'errored', 'stopped']);

/** The deployment's PM2; its tables are kept away from the terminal. */
export function deploymentPm2(): Pm2 {
  const environment: NodeJS.ProcessEnv = { ...process.env };
  return openPm2(environment.PM2_HOME || path.join(HOME, 'data', 'pm2'), environment, 'ignore');
}

/**
 * Puts a release in the place of the one that an app runs: tries it, points the app to it, replaces process after process, and
 * asks all of them. Where they are not well the app is pointed back. It is all in the log.
 * @throws Refusal where the app runs what it ran before
 */
export async function switchTo(
  app: App,
  release: Release,
  { operation, reason, say }: Pick<LogEntry, 'operation' | 'reason'> & { say: (text: string) => void },
): Promise<void> {
  const [before, pm2] = [currentOf(app), deploymentPm2()];
  const { env } = await ecosystemOf(app);
  if (app === 'api') {
    const missing = await missingMigrations(folderOf(release.id));
    if (missing.length > 0)
      throw new Refusal(
        `Release ${release.id} needs ${missing.join(', ')}, which the database lacks. First: npm run release -- database --ref ${release.id}`,
      );
  }
  say(`Trying the ${app} of ${release.id}`);
  await tryRelease(app, release, { ...process.env, ...env });

  await logged({ phase: app, operation, from: before, to: release.id, reason }, async () => {
    say(`Replacing ${before ?? 'the checkout'} by ${release.id}`);
    pointTo(app, release.id);
    // A process that ends at its start is started anew by PM2: where the app points back by then, it comes up.
    const problem = await replaceProcesses(pm2, app, env, release.id, () => pointTo(app, before));
    if (problem === null) return;
    say(`${problem}: going back to ${before ?? 'the checkout'}`);
    pointTo(app, before);
    const again = await replaceProcesses(pm2, app, env, before ?? 'checkout');
    const what = `The ${app} of ${release.id} was not well: ${problem}.`;
    throw new Refusal(
      again === null
        ? `${what} ${before ?? 'The checkout'} runs again.`
        : `${what} And now: ${again}. The log of ${APPS[app].process} says more.`,
    );
  });
}

/**
 * Reloads an app under PM2, or starts it, and asks every process which release it is. Returns what is wrong, or null.
 * @param onCrash as soon as a new process has ended by itself; PM2 goes on trying
 */
async function replaceProcesses(
  pm2: Pm2,
  app: App,
  env: Record<string, string>,
  wanted: string,
  onCrash: () => void = () => {},
): Promise<string | null> {
  const name = APPS[app].process;
  const since = Date.now();
  const state = () => {
    const all = pm2.list().filter((one) => one.name === name && typeof one.pm_id === 'number'); // a name: one that is being replaced
    const fresh = all.filter(({ pm2_env }) => pm2_env.pm_uptime >= since);
    const crashed = fresh.some(({ pm2_env }) => (pm2_env.prev_restart_delay ?? 0) > 0 || DOWN.has(pm2_env.status));
    return { crashed, count: all.length, up: fresh.filter(({ pm2_env }) => pm2_env.status === 'online').length };
  };
  const reload = { code: null as number | null, crashed: false, up: false };
  void pm2.run(['startOrReload', ECOSYSTEM, '--only', name, '--update-env']).then(
    (code) => (reload.code = code),
    () => (reload.code = 1),
  );
  while (!reload.up || reload.code === null) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const { up, count, crashed } = state();
    if (crashed && !reload.crashed) onCrash();
    reload.crashed ||= crashed;
    reload.up = count > 0 && up === count;
    if (Date.now() - since > UP_MS_MAX && reload.code !== null && !reload.up) return `${name} is not up`;
  }
  if (reload.crashed) return 'a process ended at its start';
  if (reload.code !== 0) return 'PM2 could not replace its processes';
  const url = `http://${addressOf(env)}`;
  for (let i = 0; i < 2 * state().count; i++) {
    const answers = await releaseAt(url);
    if (answers !== wanted) return answers ? `${answers} answers instead` : `${name} does not answer`;
  }
  return null;
}

function addressOf(env: Record<string, string>): string {
  const { host, port } = readConfig({ ...process.env, ...env, JWT_SECRET: SCRIPT_SECRET, NODE_ENV: 'production' });
  return `${host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host}:${port}`;
}

/** What PM2 starts an app with. */
async function ecosystemOf(app: App): Promise<{ env: Record<string, string> }> {
  const { apps } = (await import(pathToFileURL(path.join(HOME, ECOSYSTEM)).href)) as {
    apps: { name: string; env: Record<string, string> }[];
  };
  return apps.find(({ name }) => name === APPS[app].process)!;
}

/** The release whose API runs under PM2 now; null where none does, "checkout" where no release was made yet. */
export function runningApi(): Release | 'checkout' | null {
  const up = deploymentPm2()
    .list()
    .some(({ name, pm2_env }) => name === APPS.api.process && pm2_env.status !== 'stopped');
  if (!up) return null;
  const current = currentOf('api');
  return (current && releaseIn(folderOf(current))) || 'checkout';
}

// npm run pm2:start | pm2:reload | pm2:stop | pm2:logs, and any other command of PM2 by npm run pm2 -- COMMAND.
import path from 'node:path';
import { ConfigError, loadEnvFile, readConfig, ROOT } from '@assay/api/config';
import { releaseIn } from '@assay/runtime';
import { prepareWeb, useBuild } from './lib/build-web.ts';
import { Refusal, runCommand } from './lib/command.ts';
import { healthProblem } from './lib/health.ts';
import { chosenApps, openPm2, tryProcess, type Pm2 } from './lib/pm2.ts';
import { Pm2ConfigError, readPm2Config, START_MS_MAX, type App, type Pm2App } from './lib/pm2-config.ts';
import { requireFreePorts } from './lib/ports.ts';
import { SHELL, startedPorts } from './lib/process-environment.ts';
import { APPS, currentOf, folderOf } from './lib/releases.ts';

const HELP = `Runs the processes of ecosystem.config.js, marketplace-api and marketplace-web, under PM2.

  npm run pm2:start             build the pages, try one process of each app, start both
  npm run pm2:reload            the same, but replace running processes one by one; no request is lost
  npm run pm2:stop              stop both apps and the daemon
  npm run pm2:logs              follow the logs of both
  npm run pm2 -- COMMAND …      any command of PM2: list, scale marketplace-api 4, monit, …

Options and names for PM2 come after --: npm run pm2:reload -- --only marketplace-web, npm run pm2:stop -- marketplace-web,
npm run pm2:logs -- marketplace-api --lines 100. The daemon is the one of PM2_HOME (data/pm2).
Exit codes: 0 done, 1 refused or failed, 2 wrong call or configuration.`;

const ECOSYSTEM = 'ecosystem.config.js';
const STOP_ATTEMPTS = 5;
const say = (text: string) => console.error(`▸ ${text}`);

async function main(): Promise<number> {
  const [command = '--help', ...args] = process.argv.slice(2);
  if (command === '--help' || args.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  loadEnvFile();
  const environment: NodeJS.ProcessEnv = { ...process.env };
  const ownHome = !environment.PM2_HOME;
  const pm2 = openPm2(environment.PM2_HOME || path.join(ROOT, 'data', 'pm2'), SHELL);
  if (command === 'start' || command === 'reload') return bringUp(pm2, environment, command, args);
  if (command === 'stop') return args.length > 0 ? pm2.run(['stop', ...args]) : stopAll(pm2, ownHome);
  return pm2.run([command, ...args]);
}

/** Starts or replaces the processes. Nothing is changed before every check has passed and a trial process of each app has started. */
async function bringUp(pm2: Pm2, environment: NodeJS.ProcessEnv, command: 'start' | 'reload', args: string[]): Promise<number> {
  const chosen = chosenApps(args);
  const { all, hosts } = checkedConfig(environment);
  const apps = chosen.map((app) => all[app]);
  const running = pm2.list().filter(({ pm2_env }) => pm2_env.status === 'online');
  if (command === 'start' && args.length === 0 && apps.every(({ name }) => running.some((one) => one.name === name)))
    throw new Refusal('It is running already. To replace its processes: npm run pm2:reload');
  await requireOwnPorts(pm2, hosts, apps, new Set(running.map(({ name }) => name)));
  for (const app of chosen) say(codeOf(app));
  // Beside the pages that running processes serve, until the trial process has loaded them.
  const build = chosen.includes('web') && currentOf('web') === null ? await prepareWeb() : null;
  if (build) say(build.isNew ? 'Pages: built' : 'Pages: up to date');
  for (const { name, script, env } of apps) {
    say(`Trying ${name}`);
    const pages = build && name === APPS.web.process ? { WEB_BUILD_DIR: environment.WEB_BUILD_DIR || build.folder } : {};
    const refused = await tryProcess(script, { ...environment, ...env, ...pages }, START_MS_MAX);
    if (refused !== null) throw new Refusal(`${name} does not start, so nothing was changed:\n\n${refused}`);
  }
  if (build) useBuild(build.folder);
  // The API first: new pages may send requests that an old API does not know.
  for (const only of args.some((arg) => arg.startsWith('--only')) ? [[]] : apps.map(({ name }) => ['--only', name])) {
    const code = await pm2.run(['startOrReload', ECOSYSTEM, ...only, ...args]);
    if (code !== 0) return code;
  }
  for (const { name, instances } of apps) {
    const have = pm2.list().filter((one) => one.name === name).length;
    if (have > 0 && have !== instances) await pm2.run(['scale', name, String(instances)]);
  }
  const down = pm2.list().filter(({ pm2_env }) => !['online', 'stopped'].includes(pm2_env.status));
  for (const { name, pm_id } of down) console.error(`${name} (${pm_id}) is not up; see its log: npm run pm2:logs -- ${name}`);
  if (down.length > 0) return 1;
  return (await allHealthy(
    apps.filter(({ instances }) => instances > 0),
    hosts,
  ))
    ? 0
    : 1;
}

/** Asks each app whether it serves people: processes that are up may still not reach each other. */
async function allHealthy(apps: Pm2App[], hosts: Hosts): Promise<boolean> {
  let healthy = true;
  for (const { name, env } of apps) {
    const host = name === APPS.api.process ? hosts.api : hosts.web;
    const problem = await healthProblem(`http://${reachable(host)}:${env.PORT}`);
    if (problem === null) say(`${name} is healthy`);
    else console.error(`${name} is up, but not healthy: ${problem}`);
    healthy &&= problem === null;
  }
  return healthy;
}

/** An address that listens on every network is asked on this machine. */
const reachable = (host: string): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host);

/** Which code the processes of an app run: a release decides, once there is one. */
function codeOf(app: App): string {
  const id = currentOf(app);
  const { process: name } = APPS[app];
  if (id === null) return `${name} runs this checkout`;
  const subject = releaseIn(folderOf(id))?.subject;
  return `${name} runs release ${id}${subject ? ` (${subject})` : ''}, not this checkout. Deploy the checkout's commit: npm run release -- ${app}; run the checkout itself: npm run rollback:${app} -- --to checkout`;
}

/**
 * @throws Refusal if a port is taken by anything but the running processes of the app that wants it
 */
async function requireOwnPorts(pm2: Pm2, hosts: Hosts, apps: Pm2App[], running: ReadonlySet<string>): Promise<void> {
  const known = startedPorts(pm2.home);
  const isOwn = ({ name, env }: Pm2App) => running.has(name) && (known === null || known[name] === env.PORT);
  const wanted = apps.filter((app) => !isOwn(app));
  const portsOf = (app: Pm2App['name'], variable: string) =>
    wanted.filter(({ name }) => name === app).map(({ env }) => ({ port: Number(env.PORT), variable }));
  await requireFreePorts(hosts.api, portsOf(APPS.api.process, 'API_PORT'));
  await requireFreePorts(hosts.web, portsOf(APPS.web.process, 'WEB_PORT'));
}

/** The addresses that the apps listen on. */
interface Hosts {
  api: string;
  web: string;
}

/** @throws ConfigError, Pm2ConfigError naming every invalid variable, of the processes and of PM2 */
function checkedConfig(environment: NodeJS.ProcessEnv): { all: Record<App, Pm2App>; hosts: Hosts } {
  const { apps: all, problems } = readPm2Config(environment);
  let host: string;
  try {
    const config = readConfig({ ...environment, ...all.api.env });
    host = config.host;
    for (const warning of config.warnings) say(`Warning: ${warning}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError([error.message, ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
  if (problems.length > 0) throw new Pm2ConfigError(problems);
  return { all, hosts: { api: host, web: environment.HOST || '127.0.0.1' } };
}

/** Stops the pages first, because they need the API, then the API and the deployment's own daemon. */
async function stopAll(pm2: Pm2, ownHome: boolean): Promise<number> {
  for (const name of ['marketplace-web', 'marketplace-api'])
    // PM2 leaves entries of processes that it was just about to start.
    for (let attempt = 1; pm2.list().some((one) => one.name === name); attempt++) {
      if (attempt > STOP_ATTEMPTS) throw new Refusal(`PM2 does not stop ${name}. End its daemon: npm run pm2 -- kill`);
      const code = await pm2.run(['delete', name]);
      if (code !== 0) return code;
    }
  return ownHome ? pm2.run(['kill']) : 0;
}

await runCommand(main);

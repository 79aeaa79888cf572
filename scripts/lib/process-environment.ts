// What the environment of a process under PM2 is. PM2 keeps the variables that a process is first started with, shows them by `pm2 env`
// and writes them into its dump. Therefore it gets none of the product's: the commands that start processes store those of their own
// shell in a file of PM2_HOME, and a process reads this file and .env at each start. The module imports nothing of the product, see
// scripts/current/run.ts.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { checkedApps, type App } from './pm2-config.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const ENV_FILE = path.join(ROOT, '.env');

/** The environment of this command, without what loadEnvFile() adds later. */
export const SHELL: Readonly<NodeJS.ProcessEnv> = { ...process.env };

/** What PM2 and Node themselves need; NODE_ENV is the product's. */
const PM2_OWN =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TERM|TMPDIR|TMP|TEMP|LD_\w+|PM2_\w+|NODE_(?!ENV$)\w+|SYSTEMROOT|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|USERPROFILE|HOMEDRIVE|HOMEPATH|WINDIR)$/i;

/** The part of an environment that PM2 gets. */
export function environmentOfPm2(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => PM2_OWN.test(name)));
}

/** What the pages read of .env.example. All other variables are the API's, and its secrets are among them. */
export const OF_THE_PAGES: ReadonlySet<string> = new Set([
  'NODE_ENV',
  'PORT',
  'HOST',
  'API_URL',
  'PLAINTEXT_HOSTS',
  'TRUST_PROXY',
  'REQUEST_TIMEOUT_MS',
  'DRAIN_NOTICE_MS',
  'RUNTIME_DIR',
  'HANG_TIMEOUT_MS',
  'WEB_BUILD_DIR',
  'CDN_BASE_URL',
  'PUBLIC_URL',
  'LOG_LEVEL',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_SERVICE_NAME',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
  'SENTRY_DSN',
  'SENTRY_ENVIRONMENT',
  'SENTRY_RELEASE',
]);

/** The names in .env.example. */
const documented = (): string[] =>
  [...readFileSync(path.join(ROOT, '.env.example'), 'utf8').matchAll(/^#?([A-Z0-9_]+)=/gm)].map((match) => match[1]!);

/** An environment without the variables that are another process's. */
export function environmentOf(app: App, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (app === 'api') return { ...environment };
  const others = new Set(documented().filter((name) => !OF_THE_PAGES.has(name) && !PM2_OWN.test(name)));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !others.has(name.replace(/_FILE$/, ''))));
}

const fileIn = (pm2Home: string) => path.join(pm2Home, 'environment.json');
const portsIn = (pm2Home: string) => path.join(pm2Home, 'ports.json');

/**
 * Stores the variables of a shell for the processes that PM2 starts from now on. A name of .env.example that the shell lacks is stored as
 * null: the process then drops what PM2 kept of earlier versions of the product.
 * @param started the apps that PM2 is about to start
 * @throws Pm2ConfigError, before anything is stored
 */
export function storeEnvironment(pm2Home: string, environment: NodeJS.ProcessEnv, started: readonly App[]): void {
  const apps = checkedApps({ ...readEnvFile(), ...environment });
  const ports = started.map((app) => [apps[app].name, apps[app].env.PORT!] as const);
  const names = new Set([...documented(), ...Object.keys(readEnvFile()), ...Object.keys(environment)]);
  const kept = [...names].filter((name) => !PM2_OWN.test(name)).map((name) => [name, environment[name] ?? null]);
  mkdirSync(pm2Home, { recursive: true, mode: 0o700 });
  writeSecret(fileIn(pm2Home), Object.fromEntries(kept));
  writeSecret(portsIn(pm2Home), { ...startedPorts(pm2Home), ...Object.fromEntries(ports) });
}

/** The port of each app, by its name, as PM2 last started it; null if an earlier version of the product started it. */
export function startedPorts(pm2Home: string): Record<string, string> | null {
  const file = portsIn(pm2Home);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : null;
}

function writeSecret(file: string, content: object): void {
  writeFileSync(`${file}.next`, JSON.stringify(content), { mode: 0o600 });
  renameSync(`${file}.next`, file);
}

/**
 * The environment of the shell that last started processes, without its nulls: the stored variables over those of this process, which
 * may be PM2 itself.
 */
export function readStoredEnvironment(): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  apply(environment);
  return environment;
}

/**
 * Gives this process of an app, which PM2 has started, the stored variables and those of its app. .env it reads itself.
 * @throws Pm2ConfigError
 */
export function takeEnvironment(app: App): void {
  apply(process.env);
  Object.assign(process.env, checkedApps({ ...readEnvFile(), ...process.env })[app].env);
  const own = environmentOf(app, process.env);
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(own, name)) delete process.env[name];
}

function apply(environment: NodeJS.ProcessEnv): void {
  const file = fileIn(environment.PM2_HOME ?? '');
  const stored = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string | null>) : {};
  for (const [name, value] of Object.entries(stored)) {
    if (value === null) delete environment[name];
    else environment[name] = value;
  }
}

/** The variables of .env. */
export function readEnvFile(): NodeJS.Dict<string> {
  return existsSync(ENV_FILE) ? parseEnv(readFileSync(ENV_FILE, 'utf8')) : {};
}

// The PM2 configuration of the two apps. It imports nothing of the product, because PM2 itself loads it through ecosystem.config.js.
import { availableParallelism } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const INSTANCES_MAX = 256;
/** How long a process may take to become ready, in milliseconds. */
export const START_MS_MAX = 120_000;

/** The variables that this module reads, beside PORT and HOST; .env.example and the README must explain them. */
export const PM2_VARIABLES = [
  'WEB_PORT',
  'API_PORT',
  'API_HOST',
  'API_URL',
  'API_INSTANCES',
  'WEB_INSTANCES',
  'API_MAX_MEMORY',
  'WEB_MAX_MEMORY',
  'LOG_DIR',
] as const;

export type App = 'api' | 'web';

export interface Pm2App {
  name: `marketplace-${App}`;
  script: string;
  instances: number;
  /** Where the app is reached from this machine. */
  url: string;
  /** Variables of the app's processes. PM2 does not get them: it would keep the first ones for ever. */
  env: Record<string, string>;
  [setting: string]: unknown;
}

export interface Pm2Config {
  apps: Record<App, Pm2App>;
  /** Every invalid variable, with its valid values. */
  problems: string[];
}

/** Reads the PM2 configuration from the environment. Problems are returned, not thrown, so that callers can report all at once. */
export function readPm2Config(environment: NodeJS.ProcessEnv): Pm2Config {
  const problems: string[] = [];
  const read = <T>(name: string, fallback: T, accept: RegExp, is: string, parse: (text: string) => T | null): T => {
    const text = environment[name] || '';
    if (text === '') return fallback;
    const value = accept.test(text) ? parse(text) : null;
    if (value === null) problems.push(`${name} is ${is}`);
    return value ?? fallback;
  };
  const port = (name: string, fallback: string) =>
    read(name, fallback, /^\d{1,5}$/, 'a port from 1 to 65535', (text) => (Number(text) >= 1 && Number(text) <= 65_535 ? text : null));
  const instances = (name: string) =>
    read(name, 2, /^(max|\d{1,3})$/, `a number from 1 to ${INSTANCES_MAX}, or max, which is one for each processor`, (text) => {
      const count = text === 'max' ? availableParallelism() : Number(text);
      return count >= 1 && count <= INSTANCES_MAX ? count : null;
    });
  const memory = (name: string, fallback: string) =>
    read(name, fallback, /^[1-9]\d{0,6}[KMG]$/, 'a size such as 512M or 1G', (text) => text);

  const webPort = port('WEB_PORT', port('PORT', '3000'));
  const apiPort = port('API_PORT', '3001');
  if (webPort === apiPort) problems.push('API_PORT is the port of the pages as well');
  const logs = path.resolve(ROOT, environment.LOG_DIR || path.join('data', 'logs'));
  const common = { logs, drainNoticeMs: Number(environment.DRAIN_NOTICE_MS || 1000) }; // the processes check it themselves
  const apiUrl = urlOf(environment.API_HOST, apiPort);
  const api = { instances: instances('API_INSTANCES'), maxMemory: memory('API_MAX_MEMORY', '1G'), url: apiUrl, env: { PORT: apiPort } };
  const web = {
    instances: instances('WEB_INSTANCES'),
    maxMemory: memory('WEB_MAX_MEMORY', '512M'),
    url: urlOf(environment.HOST, webPort),
    env: { PORT: webPort, API_URL: environment.API_URL || apiUrl },
  };
  return { apps: { api: appOf('api', { ...common, ...api }), web: appOf('web', { ...common, ...web }) }, problems };
}

/** The message names every invalid variable. */
export class Pm2ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(['The configuration is wrong:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

/** Reads the apps. @throws Pm2ConfigError */
export function checkedApps(environment: NodeJS.ProcessEnv): Pm2Config['apps'] {
  const { apps, problems } = readPm2Config(environment);
  if (problems.length > 0) throw new Pm2ConfigError(problems);
  return apps;
}

/** Where this machine reaches a process that listens on a host. */
function urlOf(host: string | undefined, port: string): string {
  if (!host || host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const SCRIPTS = { api: 'scripts/current/api.ts', web: 'scripts/current/web.ts' };

interface Settings {
  instances: number;
  maxMemory: string;
  logs: string;
  drainNoticeMs: number;
  url: string;
  env: Record<string, string>;
}

function appOf(kind: App, { instances, maxMemory, logs, drainNoticeMs, url, env }: Settings): Pm2App {
  return {
    name: `marketplace-${kind}`,
    script: SCRIPTS[kind],
    cwd: ROOT,
    interpreter: 'node', // otherwise PM2 looks for another interpreter for .ts
    exec_mode: 'cluster',
    instances, // to change it until the next reload: npm run pm2 -- scale marketplace-api 4
    // A process sends "ready" once it listens. Until then, but for listen_timeout at most, its predecessor keeps serving: on a busy
    // machine a start may take a minute, and a predecessor that ends before it leaves requests without a process.
    wait_ready: true,
    listen_timeout: START_MS_MAX,
    // On SIGINT a process answers /ready with 503 for DRAIN_NOTICE_MS, answers for another 2.5 s with "Connection: close", then
    // finishes the requests in progress within 8 s. Meanwhile its tasks come to a safe place within 10 s. Spans and error reports are
    // sent last, within 3 s.
    kill_timeout: 14_000 + drainNoticeMs,
    kill_retry_time: 1000, // PM2 writes a line each time that it looks whether a process has ended
    max_memory_restart: maxMemory, // by a reload: the new process is ready first
    // A process that cannot start is restarted with growing waits, from 0.1 s to 15 s.
    exp_backoff_restart_delay: 100,
    out_file: path.join(logs, `${kind}-out.log`),
    error_file: path.join(logs, `${kind}-error.log`),
    merge_logs: true, // one file for all instances: each line has its process id
    // No log_date_format: PM2 would put the date before each line, and the lines would no longer be JSON. Each has its own time.
    vizion: false, // runs git
    pmx: false, // its probes in each process cost memory and are not used here
    disable_source_map_support: true, // Node runs the TypeScript itself, so lines and columns are right already
    url,
    env: { NODE_ENV: 'production', ...env },
  };
}

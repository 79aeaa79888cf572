import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { Refusal, WrongCall } from './command.ts';
import type { App } from './pm2-config.ts';
import { environmentOfPm2, readEnvFile, storeEnvironment } from './process-environment.ts';
import { APP_NAMES, APPS } from './releases.ts';

const PM2 = path.join(path.dirname(createRequire(import.meta.url).resolve('pm2/package.json')), 'bin', 'pm2');
/** PM2 opens Unix sockets below this path, and their paths may have 107 characters. */
const HOME_MAX = 90;

/** One process, as PM2 lists it. */
export interface Instance {
  name: string;
  pid: number;
  /** A text such as _old_0 while PM2 replaces the process. */
  pm_id: number | string;
  pm2_env: { status: string; restart_time: number; pm_uptime: number; prev_restart_delay?: number };
}

/** PM2 with its own daemon, which runs on the Node of this process. */
export interface Pm2 {
  readonly home: string;
  /** Runs a PM2 command in this terminal. Returns its exit code. */
  run(args: string[]): Promise<number>;
  /** Lists every process. */
  list(): Instance[];
}

/**
 * @param environment of the shell, without .env: what the processes get that `start` and `startOrReload` start
 * @throws Refusal when the path is too long for PM2
 */
export function openPm2(home: string, environment: NodeJS.ProcessEnv, stdio: StdioOptions = 'inherit'): Pm2 {
  if (path.resolve(home).length > HOME_MAX)
    throw new Refusal(`PM2_HOME has more than ${HOME_MAX} characters, too many for the names of its sockets: ${home}. Set another one.`);
  mkdirSync(home, { recursive: true });
  mkdirSync(path.join(ROOT, 'data', 'logs'), { recursive: true });
  const env = { ...environmentOfPm2({ ...readEnvFile(), ...environment }), PM2_HOME: path.resolve(home), PM2_DISCRETE_MODE: 'true' };
  return {
    home,
    async run(args) {
      if (args[0] === 'start' || args[0] === 'startOrReload') storeEnvironment(home, environment, chosenApps(args));
      const child = spawn(process.execPath, [PM2, ...args], { cwd: ROOT, env, stdio });
      // Ctrl-C reaches PM2 through the terminal; a supervisor's signal reaches only this process, which forwards it.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
      return new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', (code) => resolve(code ?? 1));
      });
    },
    list() {
      if (!isAlive(path.join(home, 'pm2.pid'))) return []; // asking PM2 would start its daemon
      const { stdout } = spawnSync(process.execPath, [PM2, 'jlist', '--silent'], { cwd: ROOT, env, encoding: 'utf8', maxBuffer: 1 << 26 });
      return JSON.parse(stdout.slice(stdout.indexOf('[{') < 0 ? stdout.indexOf('[]') : stdout.indexOf('[{'))) as Instance[];
    },
  };
}

/**
 * The apps that a PM2 command is about: those of `--only`, otherwise all.
 * @throws WrongCall if there is no such app
 */
export function chosenApps(args: readonly string[]): App[] {
  const at = args.findIndex((arg) => /^--only(=|$)/.test(arg));
  if (at < 0) return APP_NAMES;
  const names = (args[at]!.split('=')[1] ?? args[at + 1] ?? '').split(/[, ]+/);
  const strange = names.filter((name) => !APP_NAMES.some((app) => APPS[app].process === name));
  if (strange.length > 0)
    throw new WrongCall(`There is no app "${strange.join(', ')}": ${APP_NAMES.map((app) => APPS[app].process).join(' or ')}.`);
  return APP_NAMES.filter((app) => names.includes(APPS[app].process));
}

function isAlive(pidFile: string): boolean {
  try {
    return process.kill(Number(readFileSync(pidFile, 'utf8')), 0);
  } catch {
    return false;
  }
}

/**
 * Starts one process on a free port and stops it when it is ready, to check a deployment before it replaces a working one.
 * @returns null, or why the process does not start
 */
export async function tryProcess(script: string, environment: NodeJS.ProcessEnv, timeoutMs: number): Promise<string | null> {
  const child: ChildProcess = spawn(process.execPath, [script], {
    cwd: ROOT,
    env: { ...environment, PORT: '0', LOG_LEVEL: 'error', DRAIN_NOTICE_MS: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ready = new Promise<boolean>((resolve) => {
    child.on('message', (message) => message === 'ready' && resolve(true));
    void ended.then(() => resolve(false));
  });
  const late = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const good = await ready;
  if (good) child.kill('SIGTERM');
  await ended;
  clearTimeout(late);
  return good ? null : output.trim() || `It did not become ready within ${timeoutMs / 1000} seconds.`;
}

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '@assay/api';

const WEB = path.join(ROOT, 'apps', 'web');
const SOURCES = ['apps/web/src', 'apps/web/static', 'packages/client/src', 'packages/contract/src'];
const FILES = ['apps/web/vite.config.ts', 'apps/web/package.json', 'pnpm-lock.yaml'];

/**
 * Builds the pages if one of their sources has changed. Returns whether it built.
 * @throws Error when the build fails, after printing why
 */
export async function buildWeb(): Promise<boolean> {
  const hash = createHash('sha256');
  for (const file of [...SOURCES.flatMap((dir) => filesBelow(path.join(ROOT, dir))), ...FILES.map((name) => path.join(ROOT, name))]) {
    hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  }
  const digest = hash.digest('hex');
  const stamp = path.join(WEB, 'build', '.built-from');
  return alone(async () => {
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return false;
    await vite(['build', '--logLevel', 'warn']);
    writeFileSync(stamp, digest);
    return true;
  });
}

/** Runs one build at a time: test files start builds in several processes, and a build deletes the files of another one. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  const lock = path.join(WEB, '.building');
  while (!taken(lock)) await sleep(100);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Takes the lock, also from a process that has died. The lock file appears with its holder's pid, never empty. */
function taken(lock: string): boolean {
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, lock);
    return true;
  } catch {
    const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : process.pid;
    if (!isAlive(holder)) rmSync(lock, { force: true });
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid <= 0) return false; // an empty lock file of an earlier version
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(dir, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

function vite(args: string[]): Promise<void> {
  const windows = process.platform === 'win32';
  // Always a production build, also when a test runner has set NODE_ENV=test.
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(path.join(WEB, 'node_modules', '.bin', 'vite'), args, { cwd: WEB, env, stdio: ['ignore', 2, 2], shell: windows });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('The pages could not be built.'))));
  });
}

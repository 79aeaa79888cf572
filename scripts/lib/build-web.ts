import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { alone, LockTimeout } from './alone.ts';
import { Refusal } from './command.ts';

const WEB = path.join(ROOT, 'apps', 'web');
const SOURCES = ['apps/web/src', 'apps/web/static', 'packages/client/src', 'packages/contract/src'];
const FILES = ['apps/web/vite.config.ts', 'apps/web/package.json', 'pnpm-lock.yaml'];
const BUILDS = path.join(WEB, 'build');
/** A link to the build that processes load at their start; they keep the folder behind it. */
const CURRENT = path.join(BUILDS, 'current');
/** Where vite.config.ts has the pages built. */
const NEXT = path.join(BUILDS, 'next');
const STAMP = '.built-from';
const NAME_LENGTH = 16;
/** Builds that are kept: browsers that opened a page before a reload still ask for its parts. */
const KEPT = 4;
const SAY_AFTER_MS = 2000;
const LOCK_WAIT_MS = 10 * 60_000;

/** Pages that are built, but perhaps not yet those that processes load. */
export interface WebBuild {
  folder: string;
  /** False if they existed already. */
  isNew: boolean;
}

/**
 * Builds the pages if one of their sources has changed, and has processes that start from now on load them. Returns whether it built.
 * @throws Refusal if the folder cannot be written, Error if the build fails, after printing why
 */
export async function buildWeb(): Promise<boolean> {
  const { folder, isNew } = await prepareWeb();
  useBuild(folder);
  return isNew;
}

/** Builds the pages beside those that processes load. @throws Refusal, Error as {@link buildWeb} does */
export async function prepareWeb(): Promise<WebBuild> {
  const digest = digestOfSources();
  const folder = path.join(BUILDS, digest.slice(0, NAME_LENGTH));
  if (stampOf(folder) === digest) return { folder: realpathSync(folder), isNew: false };
  return oneBuild(async () => {
    if (stampOf(folder) === digest) return { folder, isNew: true }; // by another process, meanwhile
    const mask = process.umask(0o022); // pages are public, and another user may serve them
    try {
      await vite(['build', '--logLevel', 'warn']);
    } finally {
      process.umask(mask);
    }
    writeFileSync(path.join(NEXT, STAMP), digest);
    rmSync(folder, { recursive: true, force: true });
    renameSync(NEXT, folder);
    return { folder, isNew: true };
  });
}

/** Has processes that start from now on load a build; running ones keep theirs. Old builds are deleted. */
export function useBuild(folder: string): void {
  if (existsSync(CURRENT) && realpathSync(CURRENT) === folder) return;
  const next = `${CURRENT}.${process.pid}`; // two commands may change the link at once
  rmSync(next, { force: true });
  symlinkSync(path.basename(folder), next, 'dir');
  renameSync(next, CURRENT);
  const now = new Date();
  utimesSync(folder, now, now);
  deleteOldBuilds();
}

function deleteOldBuilds(): void {
  const old = readdirSync(BUILDS)
    .map((name) => path.join(BUILDS, name))
    .filter((build) => build !== CURRENT && stampOf(build) !== null)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
    .slice(KEPT);
  for (const build of old) rmSync(build, { recursive: true, force: true });
}

function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const file of [...SOURCES.flatMap((dir) => filesBelow(path.join(ROOT, dir))), ...FILES.map((name) => path.join(ROOT, name))])
    hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  return hash.digest('hex');
}

function stampOf(folder: string): string | null {
  const file = path.join(folder, STAMP);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/**
 * Runs one build at a time: test files start builds in several processes, and a build deletes the files of another one.
 * @throws Refusal if the folder cannot be written, or another build takes too long
 */
async function oneBuild<T>(work: () => Promise<T>): Promise<T> {
  const lock = path.join(WEB, '.building.lock');
  try {
    mkdirSync(BUILDS, { recursive: true });
    closeSync(openSync(lock, 'a'));
  } catch (error) {
    throw new Refusal(`The pages must be built first, and this user cannot write to ${WEB}: ${(error as Error).message}`);
  }
  const say = () => console.error(`Waiting for another process, which builds the pages (${lock})`);
  try {
    return await alone(lock, { sayAfterMs: SAY_AFTER_MS, say, maxMs: LOCK_WAIT_MS }, work);
  } catch (error) {
    if (error instanceof LockTimeout) throw new Refusal(`Another process still builds the pages (${lock}). Try again when it is done.`);
    throw error;
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
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Refusal('The pages could not be built, see above.'))));
  });
}

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';

const WEB = path.join(ROOT, 'apps', 'web');
const SOURCES = ['apps/web/src', 'apps/web/static', 'packages/client/src', 'packages/contract/src'];
const FILES = ['apps/web/vite.config.ts', 'apps/web/package.json', 'pnpm-lock.yaml'];

/**
 * Builds the pages when something that they are made of has changed. Returns whether it had to.
 * @throws Error when the build fails; what is wrong was printed
 */
export async function buildWeb(): Promise<boolean> {
  const hash = createHash('sha256');
  for (const file of [...SOURCES.flatMap((dir) => filesBelow(path.join(ROOT, dir))), ...FILES.map((name) => path.join(ROOT, name))]) {
    hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  }
  const digest = hash.digest('hex');
  const stamp = path.join(WEB, 'build', '.built-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return false;
  await vite(['build', '--logLevel', 'warn']);
  writeFileSync(stamp, digest);
  return true;
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(dir, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

function vite(args: string[]): Promise<void> {
  const windows = process.platform === 'win32';
  // Whoever asks (a test runner sets NODE_ENV=test): what is built is what people get.
  const env = { ...process.env, NODE_ENV: 'production' };
  const child = spawn(path.join(WEB, 'node_modules', '.bin', 'vite'), args, { cwd: WEB, env, stdio: ['ignore', 2, 2], shell: windows });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('The pages could not be built.'))));
  });
}

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { testEnvironment } from './test-api.ts';

/** A server of the product as operators run it: a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything that it wrote. */
  output(): string;
  /** Resolves with its exit code; null when the signal itself ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

let ownRuntimeDir: string | undefined;

/** Where the processes of this test find each other, and no others. */
function runtimeDir(): string {
  if (!ownRuntimeDir) {
    const dir = mkdtempSync(path.join(tmpdir(), 'assay-run-'));
    process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
    ownRuntimeDir = dir;
  }
  return ownRuntimeDir;
}

/**
 * The API on a database. Resolves when it says that it is ready.
 * @param root the folder of the code, another release for instance
 * @throws Error with its output when it ends instead
 */
export function spawnApi(databaseUrl: string, overrides: Record<string, string> = {}, root = ROOT): Promise<ServerProcess> {
  return spawnServer('apps/api/src/main.ts', testEnvironment(databaseUrl, { LOG_LEVEL: 'info', ...overrides }), [], root);
}

/**
 * Several API processes behind one port, as PM2 runs them in cluster mode: each knows its number. `child.send({ kill: 1 })` ends
 * that one as a crash would; the message `killed` says that it is gone.
 */
export function spawnApiCluster(databaseUrl: string, instances: number, overrides: Record<string, string> = {}): Promise<ServerProcess> {
  const variables = testEnvironment(databaseUrl, { LOG_LEVEL: 'info', ...overrides });
  return spawnServer('packages/testing/src/cluster-primary.ts', variables, [String(instances)]);
}

/** The pages, which must have been built, in front of an API. */
export function spawnWeb(apiUrl: string, overrides: Record<string, string> = {}): Promise<ServerProcess> {
  const variables = { NODE_ENV: 'test', PORT: '0', API_URL: apiUrl, REQUEST_TIMEOUT_MS: '60000', DRAIN_NOTICE_MS: '0' };
  return spawnServer('apps/web/server.ts', { ...variables, ...overrides });
}

async function spawnServer(script: string, variables: Record<string, string>, args: string[] = [], cwd = ROOT): Promise<ServerProcess> {
  const env = { PATH: process.env.PATH ?? '', RUNTIME_DIR: runtimeDir(), ...variables };
  const child = spawn(process.execPath, [script, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let port = 0;
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if (message === 'ready') resolve();
      else port = (message as { port?: number }).port ?? port;
    });
    child.on('exit', (code) => reject(new Error(`${script} ended (exit ${code}):\n${output}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    output: () => output,
    stop: (signal = 'SIGTERM') =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) {
          resolve(child.exitCode);
          return;
        }
        child.once('exit', resolve);
        child.kill(signal);
      }),
  };
}

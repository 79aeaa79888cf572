import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { guardOthers } from './guard.ts';
import { createRegistry } from './registry.ts';
import { createWorkers } from './workers.ts';

const joinedWorkers = async (directory: string) => {
  const workers = createWorkers({ app: 'marketplace-api', worker: '0', registry: createRegistry('1') });
  await workers.join(directory, () => true);
  onTestFinished(() => workers.leave());
  return workers;
};

it('a process that is silent for too long is killed by another one, and one that answers is not', { timeout: 30_000 }, async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'assay-guard-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const frozen = spawn('sleep', ['60']);
  // What a stopped process looks like: its socket takes connections, and nothing answers.
  const socket = createServer(() => {}).listen(path.join(directory, `marketplace-web.3.${frozen.pid}.sock`));
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  const [workers, other] = [await joinedWorkers(directory), spawn('sleep', ['60'])];
  onTestFinished(() => void other.kill());
  const killed: unknown[] = [];
  onTestFinished(guardOthers({ workers, silentMaxMs: 200, everyMs: 100, onKill: (one) => killed.push(one) }));
  expect(await once(frozen, 'exit')).toEqual([null, 'SIGKILL']);
  expect(killed).toEqual([{ app: 'marketplace-web', worker: '3', pid: frozen.pid }]);
  expect(other.exitCode).toBeNull();
});

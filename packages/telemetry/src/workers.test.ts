import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addReading } from './instruments.ts';
import { createWorkers, type Workers } from './workers.ts';

let directory: string;
let joined: Workers[];
beforeEach(() => {
  directory = path.join(mkdtempSync(path.join(tmpdir(), 'assay-workers-')), 'run');
  joined = [];
});
afterEach(() => {
  for (const worker of joined) worker.leave();
  rmSync(path.dirname(directory), { recursive: true, force: true });
});

async function join(app: string, at = directory): Promise<Workers> {
  const registry = new Registry();
  addReading(registry, 'gauge', 'one', 'One', () => 1);
  const workers = createWorkers({ app, worker: '0', registry });
  await workers.join(at, () => app !== 'leaving');
  joined.push(workers);
  return workers;
}
const apps = async (workers: Workers) => {
  const { reports, unreachable } = await workers.collect();
  return { here: reports.map(({ app, serving }) => `${app} ${serving}`).toSorted(), silent: unreachable.map(({ app }) => app) };
};

describe.skipIf(process.platform === 'win32')('processes of one machine', () => {
  it('find each other until they leave', async () => {
    const a = await join('a');
    const b = await join('leaving');
    expect(await apps(a)).toEqual({ here: ['a true', 'leaving false'], silent: [] });
    expect(await apps(b)).toEqual(await apps(a));
    b.leave();
    expect(await apps(a)).toEqual({ here: ['a true'], silent: [] });
    expect(readdirSync(directory)).toHaveLength(1);
  });

  it('find each other again after the directory was deleted', async () => {
    const a = await join('a');
    const b = await join('b');
    rmSync(directory, { recursive: true });
    await b.collect();
    expect((await apps(a)).here).toEqual(['a true', 'b true']);
  });

  it('forget what a dead one left behind, and other files are none of their business', async () => {
    const a = await join('a');
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const left = path.join(directory, `b.0.${pid}.sock`);
    // As kill -9 leaves it: a socket without a listener.
    spawnSync(process.execPath, [
      '-e',
      `require('net').createServer().listen(${JSON.stringify(left)}, () => process.kill(process.pid, 'SIGKILL'))`,
    ]);
    writeFileSync(path.join(directory, 'notes.txt'), '');
    expect(existsSync(left)).toBe(true);
    expect(await apps(a)).toEqual({ here: ['a true'], silent: [] });
    expect(readdirSync(directory).toSorted()).toEqual([`a.0.${process.pid}.sock`, 'notes.txt']);
  });

  it('name those that answer nonsense, or nothing', async () => {
    const a = await join('a');
    const servers = await Promise.all(
      ['mute', 'wild'].map(async (app) => {
        const server = createServer((socket) => app === 'wild' && socket.end('HTTP/1.1 200 OK\r\n\r\n{"families":7}'));
        await new Promise<void>((resolve) => server.listen(path.join(directory, `${app}.0.${process.pid}.sock`), resolve));
        return server;
      }),
    );
    expect(await apps(a)).toEqual({ here: ['a true'], silent: ['mute', 'wild'] });
    for (const server of servers) server.close();
  });

  it('do not meet where others could write, and meet elsewhere where a path is too long for a socket', async () => {
    await join('a');
    chmodSync(directory, 0o755);
    await expect(join('b')).rejects.toThrow(/chmod 700/);
    const deep = path.join(directory, 'x'.repeat(120));
    const [c, d] = [await join('c', deep), await join('d', deep)];
    expect((await apps(c)).here).toEqual(['c true', 'd true']);
    expect((await apps(d)).here).toEqual(['c true', 'd true']);
  });
});

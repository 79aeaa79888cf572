import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let dir: string;
beforeAll(() => void (dir = mkdtempSync(path.join(tmpdir(), 'assay-watchdog-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A process that is watched and runs `body`: how it ends, and what it leaves on standard error. */
async function watched(body: string, { hangTimeoutMs = 500, errorLog = null as string | null, args = [] as string[] } = {}) {
  const start = `import { startWatchdog } from '@assay/runtime';
    startWatchdog({ ...${JSON.stringify({ hangTimeoutMs, errorLog, name: 'tried' })}, onLost: console.error });`;
  const child = spawn(process.execPath, [...args, '--input-type=module', '--eval', `${start}\n${body}`], { cwd: import.meta.dirname });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const signal = await new Promise((resolve) => child.once('close', (code, how) => resolve(how ?? code)));
  return { signal, stderr };
}
const HANG = 'setTimeout(() => { for (;;); }, 50);';
/** Stands still for a second, then ends by itself. */
const PAUSE = 'setTimeout(() => { const until = Date.now() + 1000; while (Date.now() < until); process.exit(7); }, 50);';

describe('the watchdog', () => {
  it('kills a process whose event loop stands still, and says so', async () => {
    const { signal, stderr } = await watched(HANG);
    expect(signal).toBe('SIGKILL');
    expect(JSON.parse(stderr)).toMatchObject({
      level: 'fatal',
      name: 'tried',
      hangTimeoutMs: 500,
      msg: expect.stringContaining('stands still') as string,
    });
  });

  it('writes to the log of errors where there is one', async () => {
    const errorLog = path.join(dir, 'error.log');
    expect(await watched(HANG, { errorLog })).toEqual({ signal: 'SIGKILL', stderr: '' });
    expect(JSON.parse(readFileSync(errorLog, 'utf8'))).toMatchObject({ name: 'tried' });
  });

  it.each([
    [
      'one that is busy and turns',
      `setInterval(() => { const until = Date.now() + 100; while (Date.now() < until); }, 1); setTimeout(() => process.exit(7), 1500);`,
      {},
    ],
    ['one that stands still for less', PAUSE, { hangTimeoutMs: 5000 }],
    ['one that is not watched', PAUSE, { hangTimeoutMs: 0 }],
    ['one that was started for a debugger', PAUSE, { args: ['--inspect=127.0.0.1:0'] }],
    [
      'one that was stopped from outside and goes on',
      `setTimeout(() => process.exit(7), 1500); import('node:child_process').then(({ spawn }) => spawn('sh', ['-c', 'kill -STOP ' + process.pid + '; sleep 1; kill -CONT ' + process.pid]));`,
      {},
    ],
  ])('leaves %s alone', async (_name, body, options) => {
    expect((await watched(body, options)).signal).toBe(7);
  });

  it('keeps no process from ending', async () => {
    expect((await watched('')).signal).toBe(0);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EICAR, startClamd, type Clamd, type ClamdFault } from '@assay/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clamdAddress } from '../addresses.ts';
import { clamdScanner } from './clamd.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-clamd-'));
const log = { error: vi.fn() };
let clamd: Clamd;
beforeAll(async () => {
  clamd = await startClamd();
});
beforeEach(() => {
  clamd.fault = null;
  log.error.mockClear();
});
afterAll(() => {
  clamd.close();
  rmSync(folder, { recursive: true });
});
const file = (content: string | Buffer): string => {
  const name = path.join(folder, 'file');
  writeFileSync(name, content);
  return name;
};
const scanner = (timeoutMs = 5000) => clamdScanner(clamdAddress(clamd.url), log, { timeoutMs });
const REFUSED = { code: 'FILE_NOT_SCANNED', retryAfterS: 60 };

describe('the malware scanner', () => {
  it('sends the whole file, in parts, and reads that it is clean', async () => {
    expect(await scanner().scan(file(Buffer.alloc(300_000, 7)))).toBeNull();
    expect(clamd.seen.slice(-2)).toEqual(['zINSTREAM', 300_000]);
    expect(await scanner().scan(file(''))).toBeNull();
  });

  it('reads the name of what is found, also where it lies across two parts', async () => {
    expect(await scanner().scan(file(EICAR))).toBe('Eicar-Test-Signature');
    expect(await scanner().scan(file(Buffer.concat([Buffer.alloc(65_536 - 20), Buffer.from(EICAR)])))).toBe('Eicar-Test-Signature');
  });

  it.each<[ClamdFault, RegExp]>([
    ['closes', /closed the connection|ECONNRESET|EPIPE/],
    ['garbage', /clamd answered: HTTP/],
    ['endless', /more than an answer/],
    ['error', /allocate memory ERROR/],
  ])('refuses a file that a scanner which %s has not scanned', async (fault, reason) => {
    clamd.fault = fault;
    await expect(scanner().scan(file('content'))).rejects.toMatchObject(REFUSED);
    const [{ err }] = log.error.mock.calls[0] as [{ err: Error }];
    expect(err.message).toMatch(reason);
  });

  it('waits for a slow scanner no longer than it says', async () => {
    clamd.fault = 'silent';
    const startedAt = performance.now();
    await expect(scanner(200).scan(file('content'))).rejects.toMatchObject(REFUSED);
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(await scanner(200).fault()).toMatch(/in time/);
  });

  it('refuses a file that is larger than clamd scans, and one that is gone', async () => {
    await expect(scanner().scan(file(Buffer.alloc(clamd.maxBytes + 1)))).rejects.toMatchObject(REFUSED);
    await expect(scanner().scan(path.join(folder, 'none'))).rejects.toMatchObject(REFUSED);
  });

  it('that is away refuses every file, and says so to /health', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    const away = clamdScanner({ host: '127.0.0.1', port }, log);
    await expect(away.scan(file('content'))).rejects.toMatchObject(REFUSED);
    expect(await away.fault()).toMatch(/ECONNREFUSED/);
    expect(await scanner().fault()).toBeNull();
  });

  it('scans nothing where there is none', async () => {
    expect(await clamdScanner(null, log).scan('/nowhere')).toBeNull();
    expect(await clamdScanner(null, log).fault()).toBeNull();
  });

  it.each([
    ['tcp://clamav', { host: 'clamav', port: 3310 }],
    ['tcp://[::1]:3311', { host: '::1', port: 3311 }],
    ['/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
    ['unix:/run/clamd', { path: '/run/clamd' }],
    ['unix:///run/clamd', { path: '/run/clamd' }],
  ])('is reached at %s', (url, address) => {
    expect(clamdAddress(url)).toEqual(address);
  });
});

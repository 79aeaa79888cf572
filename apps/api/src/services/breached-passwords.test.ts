import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { breachedPasswords } from './breached-passwords.ts';
import { commonPasswords, readList } from './common-passwords.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/range/`;
}
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase();
const warn = vi.fn();

describe('the service of breached passwords', () => {
  it('gets five digits of a hash, and nothing else of the password', async () => {
    const asked: string[] = [];
    const url = await serve((req, res) => {
      asked.push(req.url!);
      res.end(`${'0'.repeat(35)}:0\r\n${sha1('known one').slice(5)}:12\r\n${sha1('padding').slice(5)}:0\r\n`);
    });
    const service = breachedPasswords(url, { warn });
    expect(await service.includes('known one')).toBe(true);
    expect(await service.includes('padding')).toBe(false);
    expect(await service.includes('new one')).toBe(false);
    expect(asked[0]).toBe(`/range/${sha1('known one').slice(0, 5)}`);
  });

  it('refuses no password where it fails, leads elsewhere or does not answer in time', async () => {
    const elsewhere = await serve((_req, res) => res.end(`${sha1('known one').slice(5)}:12`));
    const failing = await serve((_req, res) => res.writeHead(500).end(`${sha1('known one').slice(5)}:12`));
    const leading = await serve((_req, res) => res.writeHead(302, { location: elsewhere }).end());
    const silent = await serve(() => {});
    for (const url of [failing, leading, silent, 'http://127.0.0.1:1/'])
      expect(await breachedPasswords(url, { warn }).includes('known one'), url).toBe(false);
    expect(warn).toHaveBeenCalledTimes(4);
  });

  it('is not asked without an address', async () => expect(await breachedPasswords(null, { warn }).includes('known one')).toBe(false));
});

describe('the list of common passwords', () => {
  it('has more than 10,000 that are long enough for an account here', async () => {
    const list = await readList();
    expect([...list].filter((password) => password.length >= 8).length).toBeGreaterThan(10_000);
    for (const password of ['password', '12345678', 'qwertyuiop', 'iloveyou', 'sunshine'])
      expect(await commonPasswords().has(password), password).toBe(true);
    expect([...list].every((password) => password === password.toLowerCase())).toBe(true);
  });
});

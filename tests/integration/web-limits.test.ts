import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { spawnWeb, useProcess } from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWeb } from '../../scripts/lib/build-web.ts';

/** An API that answers everything, with what it got. */
const upstream = createServer((req, res) => {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.on('end', () => res.end(JSON.stringify({ url: req.url, body: Buffer.concat(chunks).toString() })));
});
const asked: IncomingMessage[] = [];
upstream.on('request', (req: IncomingMessage) => asked.push(req));
beforeAll(async () => {
  upstream.listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  await buildWeb();
});
afterAll(() => {
  upstream.closeAllConnections();
  upstream.close();
});
const upstreamUrl = () => `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
const web = useProcess(() => spawnWeb(upstreamUrl(), { REQUEST_TIMEOUT_MS: '5000' }));

const from = (address: string) => ({ 'x-forwarded-for': address });

/** Requests whose bodies do not end. */
async function begin(count: number, address: string, path = '/api/v1/auth/login'): Promise<Socket[]> {
  const { hostname, port } = new URL(web.url);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${address}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"a`,
      );
      return socket;
    }),
  );
}

/** Sends a body in pieces, without its length. */
function sendChunked(path: string, body: string, headers: Record<string, string>) {
  return new Promise<{ status: number; headers: IncomingMessage['headers']; text: string }>((resolve, reject) => {
    const sent = request(`${web.url}${path}`, { method: 'POST', headers: { 'transfer-encoding': 'chunked', ...headers } }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text }));
    });
    sent.on('error', reject);
    for (let i = 0; i < body.length; i += 10_000) sent.write(body.slice(i, i + 10_000));
    sent.end();
  });
}

const OWN_HEADERS = {
  'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'",
  'content-type': expect.stringMatching(/; charset=utf-8$/) as string,
  'cache-control': 'no-store',
};

describe('slow clients', () => {
  it('keep no connection to the API, and take no place of other addresses', async () => {
    asked.length = 0;
    const slow = await begin(200, '203.0.113.7');
    await expect
      .poll(async () => (await fetch(`${web.url}/api/v1/x`, { headers: from('203.0.113.7') })).status, { timeout: 20_000 })
      .toBe(429);
    const other = await fetch(`${web.url}/api/v1/y`, { headers: from('203.0.113.8') });
    expect([other.status, ((await other.json()) as { url: string }).url]).toEqual([200, '/api/v1/y']);
    expect(asked.filter(({ method }) => method === 'POST')).toEqual([]);
    for (const socket of slow) socket.destroy();
    await expect
      .poll(async () => (await fetch(`${web.url}/api/v1/x`, { headers: from('203.0.113.7') })).status, { timeout: 20_000 })
      .toBe(200);
  });

  it('have a few large bodies on their way to the API, and others have theirs', async () => {
    const slow = await begin(8, '203.0.113.9', '/api/v1/images');
    const upload = (address: string) => fetch(`${web.url}/api/v1/images`, { method: 'POST', body: 'x', headers: from(address) });
    await expect.poll(async () => (await upload('203.0.113.9')).status, { timeout: 20_000 }).toBe(429);
    expect((await upload('203.0.113.10')).status).toBe(200);
    for (const socket of slow) socket.destroy();
  });

  it('are answered 408 with everything that an answer carries', async () => {
    const [socket] = (await begin(1, '203.0.113.11')) as [Socket];
    const [answer] = (await once(socket, 'data')) as [Buffer];
    const [head, body] = answer.toString().split('\r\n\r\n') as [string, string];
    expect(head).toMatch(/^HTTP\/1\.1 408 /);
    for (const header of [
      'x-request-id: ',
      'retry-after: 1',
      'content-security-policy: ',
      'x-content-type-options: nosniff',
      'connection: close',
    ])
      expect(head.toLowerCase()).toContain(header);
    expect(JSON.parse(body)).toMatchObject({ code: 'REQUEST_TIMEOUT', status: 408 });
  });
});

describe('bodies', () => {
  it('for the API arrive there as they were sent, with a length or without', async () => {
    const text = JSON.stringify({ comment: 'ä'.repeat(20_000) });
    const sized = await fetch(`${web.url}/api/v1/ratings`, { method: 'POST', body: text, headers: { 'content-type': 'application/json' } });
    expect(((await sized.json()) as { body: string }).body).toBe(text);
    const chunked = await sendChunked('/trpc/ratings.submit', text, { 'content-type': 'application/json' });
    expect((JSON.parse(chunked.text) as { body: string }).body).toBe(text);
  });

  it('that are too large are answered 413 with everything that an answer carries', async () => {
    const body = JSON.stringify({ comment: 'x'.repeat(70_000) });
    const answer = await sendChunked('/api/v1/ratings', body, { 'content-type': 'application/json' });
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([413, { code: 'PAYLOAD_TOO_LARGE' }]);
    expect(answer.headers).toMatchObject(OWN_HEADERS);
    const page = await fetch(`${web.url}/sign-in`, {
      method: 'POST',
      body: `email=${'a'.repeat(200_000)}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: web.url, accept: 'text/html' },
    });
    expect([page.status, await page.text()]).toEqual([413, expect.stringMatching(/^<!doctype html>/)]);
    expect(Object.fromEntries(page.headers)).toMatchObject(OWN_HEADERS);
  });

  it('of forms are counted as they come: a small one without a length is taken, a large one is not', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: web.url, host: new URL(web.url).host };
    const small = await sendChunked('/sign-in', 'email=a%40b.example&password=x', headers);
    expect(small.status).not.toBe(413);
    const large = await sendChunked('/sign-in', `email=${'a'.repeat(200_000)}`, headers);
    expect(large.status).toBe(413);
  });
});

describe('an API that is away', () => {
  it('is answered 503 with everything that an answer carries', async () => {
    const front = await spawnWeb('http://127.0.0.1:1');
    const answer = await fetch(`${front.url}/api/v1/ratings/mine`);
    expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'UNAVAILABLE' }]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({ ...OWN_HEADERS, 'retry-after': '3' });
    await front.stop();
  });
});

describe('what proxies say', () => {
  it('is believed of the nearest trusted one, not of what was there before it', async () => {
    asked.length = 0;
    await fetch(`${web.url}/api/v1/z`, {
      headers: { ...from('203.0.113.7'), 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'evil.example, shop.example' },
    });
    expect(asked[0]!.headers).toMatchObject({ 'x-forwarded-proto': 'http', 'x-forwarded-host': 'shop.example' });
  });

  it('of a request’s id is not believed of a stranger', async () => {
    const front = await spawnWeb(upstreamUrl(), { TRUST_PROXY: '10.0.0.0/8' });
    const answer = await fetch(`${front.url}/sign-in`, { headers: { 'x-request-id': 'chosen-by-a-stranger' } });
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    await front.stop();
  });

  it('of the port is not needed where PUBLIC_URL has it', async () => {
    asked.length = 0;
    const front = await spawnWeb(upstreamUrl(), { PUBLIC_URL: 'https://shop.example:8443' });
    for (const host of ['shop.example', 'shop.example:443', 'shop.example:8443', 'evil.example'])
      await fetch(`${front.url}/api/x`, { headers: { 'x-forwarded-host': host } });
    expect(asked.map(({ headers }) => headers['x-forwarded-host'])).toEqual([
      'shop.example:8443',
      'shop.example:8443',
      'shop.example:8443',
      'evil.example',
    ]);
    await front.stop();
  });
});

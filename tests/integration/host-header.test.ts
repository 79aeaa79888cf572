import { once } from 'node:events';
import { connect } from 'node:net';
import { createSeller, spawnWeb, useProcess, useProduct } from '@assay/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildWeb } from '../../scripts/lib/build-web.ts';

const { db, api } = useProduct('sqlite');
beforeAll(() => buildWeb());
const web = useProcess(() => spawnWeb(api.url));
let seller: { id: number };
beforeAll(async () => {
  seller = await createSeller(db.database);
});

/** Sends a request as it stands here, and returns the whole answer. */
async function send(url: string, path: string, headers: string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  let answer = '';
  socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
  await once(socket, 'connect');
  socket.write(
    [`GET ${path} HTTP/1.1`, ...headers, ...(headers.some((one) => /^upgrade:/i.test(one)) ? [] : ['Connection: close']), '', ''].join(
      '\r\n',
    ),
  );
  await once(socket, 'close');
  return answer;
}
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

const TWO = ['Host: shop.example', 'Host: evil.example'];
const UPGRADE = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];

describe('a request with two hosts, or one that is none', () => {
  it.each([
    ['two', TWO],
    ['two alike', ['Host: shop.example', 'host: shop.example']],
    ['an empty one and another', ['Host:', 'Host: shop.example']],
    ['one with a path', ['Host: shop.example/evil']],
    ['one with a user', ['Host: me@shop.example']],
    ['two in one line', ['Host: shop.example, evil.example']],
    ['one with a blank', ['Host: shop example']],
  ])('is answered 400 by the API and by the pages: %s', async (_name, headers) => {
    const places: [string, string][] = [
      [api.url, '/api/v1/sellers'],
      [api.url, `/api/v1/ratings/seller/${seller.id}/summary`],
      [api.url, '/livez'],
      [web.url, '/'],
      [web.url, `/api/v1/ratings/seller/${seller.id}/summary`],
      [web.url, '/favicon.svg'],
    ];
    const answers = await Promise.all(places.map(([url, path]) => send(url, path, headers)));
    expect(answers.map(statusOf)).toEqual(places.map(() => 400));
    for (const answer of answers) expect(answer).toMatch(/"code":"BAD_REQUEST"/);
  });

  it('opens no WebSocket', async () => {
    for (const { url } of [api, web]) expect(statusOf(await send(url, '/api/live', [...TWO, ...UPGRADE]))).toBe(400);
  });

  it.each(['shop.example', 'shop.example:8443', '127.0.0.1:3000', '[::1]:3000', 'xn--bcher-kva.example', ''])(
    'while one is answered: %j',
    async (host) => {
      for (const url of [api.url, web.url]) expect(statusOf(await send(url, '/livez', [`Host: ${host}`]))).toBe(200);
    },
  );
});

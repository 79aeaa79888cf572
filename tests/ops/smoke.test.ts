import { spawn } from 'node:child_process';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import path from 'node:path';
import { createContainer, createLogger, readConfig, ROOT } from '@assay/api';
import { spawnApi, spawnWeb, testEnvironment, useDatabase, useProcess } from '@assay/testing';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { seedDemo } from '../../prisma/seed/demo.ts';
import { buildWeb } from '../../scripts/lib/build-web.ts';

const db = useDatabase('sqlite');
beforeAll(async () => {
  const container = await createContainer(readConfig(testEnvironment(db.url)), createLogger('silent', 'seed'));
  await seedDemo(container.database, container.services.passwords);
  await container.close();
  await buildWeb();
}, 300_000);
const api = useProcess(() => spawnApi(db.url));
const web = useProcess(() => spawnWeb(api.url));

let proxy: Server | undefined;
afterEach(() => {
  proxy?.closeAllConnections();
  proxy?.close();
});

/** Stands in front of the pages: writes down what is asked, and may change what is answered. */
async function proxyOf(change: (path: string, body: string) => string = (_, body) => body) {
  const [methods, upgrades] = [new Set<string>(), [] as string[]];
  const { port } = new URL(web.url);
  proxy = createServer((asked, answer) => {
    methods.add(asked.method!);
    const headers = { ...asked.headers, 'accept-encoding': 'identity' };
    const forwarded = request({ host: '127.0.0.1', port, path: asked.url, method: asked.method, headers }, (got: IncomingMessage) => {
      let body = '';
      got.setEncoding('utf8').on('data', (text: string) => (body += text));
      got.on('end', () => {
        const { 'content-length': _length, 'transfer-encoding': _encoding, ...kept } = got.headers;
        answer.writeHead(got.statusCode!, kept).end(change(asked.url!, body));
      });
    });
    asked.pipe(forwarded);
  });
  proxy.on('upgrade', (asked, socket, head) => {
    upgrades.push(asked.url!);
    const lines = asked.rawHeaders.flatMap((text, i) => (i % 2 === 0 ? [`${text}: ${asked.rawHeaders[i + 1]!}`] : []));
    const upstream = connect(Number(port), '127.0.0.1', () => {
      upstream.write([`GET ${asked.url!} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const each of [upstream, socket]) each.on('error', () => each.destroy());
  });
  await new Promise<void>((resolve) => proxy!.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, methods, upgrades };
}

function smoke(url: string, ...args: string[]): Promise<{ status: number | null; output: string }> {
  const env = { ...process.env, SMOKE_URL: url, DATABASE_URL: db.url };
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts', 'smoke.ts'), ...args], { cwd: ROOT, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, output })));
}

it('the smoke tests pass against a deployment, and only read: GET, and upgrades to WebSockets', { timeout: 300_000 }, async () => {
  const { url, methods, upgrades } = await proxyOf();
  const { status, output } = await smoke(url);
  expect([status, output]).toEqual([0, expect.stringMatching(/5 passed/)]);
  expect([...methods]).toEqual(['GET']);
  expect(upgrades).toEqual(expect.arrayContaining(['/api/live', '/seller/ws']));
});

it('so do those in a browser: its GETs, and no other request', { timeout: 300_000 }, async () => {
  const { url, methods } = await proxyOf();
  const { status, output } = await smoke(url, 'browser');
  expect([status, output]).toEqual([0, expect.stringMatching(/12 passed/)]);
  expect([...methods]).toEqual(['GET']);
});

it('a page that says another figure than the API fails the tests', { timeout: 300_000 }, async () => {
  const { url } = await proxyOf((path_, body) =>
    path_ === '/sellers/2' ? body.replaceAll('"ratingCount":312', '"ratingCount":313') : body,
  );
  const { status, output } = await smoke(url, 'sellers');
  expect([status, output]).toEqual([1, expect.stringMatching(/page, badge and structured data say what the API says/)]);
  expect(output).toMatch(/1 failed/);
});

it('an address that does not answer, or not as this product, is named in one sentence', { timeout: 300_000 }, async () => {
  const nothing = await smoke('http://127.0.0.1:9');
  expect([nothing.status, nothing.output]).toEqual([
    1,
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:9 does not answer \(.+\)\. Start the product, or set SMOKE_URL/),
  ]);
  const { url } = await proxyOf((path_, body) => (path_ === '/livez' ? '<html>' : body));
  expect((await smoke(url)).output).toMatch(/answers, but not as this product/);
  for (const call of [['--url', 'ftp://shop'], ['everything'], ['--fast']]) expect((await smoke(url, ...call)).status).toBe(2);
});

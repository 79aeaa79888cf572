import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { createApiServer, type Container } from '@assay/api';
import { createPerson, createTestDatabase, onSqlServer, spawnApi, spawnWeb, useProduct, type ServerProcess } from '@assay/testing';
import { describe, expect, it, vi } from 'vitest';
import { buildWeb } from '../../scripts/lib/build-web.ts';

const { db, api } = useProduct('sqlite');

const ask = async (url: string): Promise<{ status: number; body: unknown }> => {
  const answer = await fetch(url);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return { status: answer.status, body: await answer.json() };
};
const TIMESTAMP = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string;

describe('health', () => {
  it.each(['/health', '/api/health', '/api/marketplace/seller/health'])('%s has the documents’ shape', async (path) => {
    expect(await ask(api.url + path)).toEqual({
      status: 200,
      body: {
        status: 'healthy',
        timestamp: TIMESTAMP,
        release: 'checkout',
        checks: { database: true, cache: true, websocket: true, imageUpload: true },
      },
    });
  });

  it('of parts and the release are for operators and this machine; others get the status', async () => {
    const front = await spawnWeb(api.url, { TRUST_PROXY: 'loopback' });
    const [buyer, operator] = [await createPerson(db.database), await createPerson(db.database, ['ops'])];
    const stranger = { 'x-forwarded-for': '203.0.113.7' };
    const keysFor = async (url: string, headers: Record<string, string>) =>
      Object.keys((await (await fetch(url, { headers })).json()) as object);
    const bearer = (person: { id: number }) => ({ ...stranger, authorization: `Bearer ${api.tokenFor(person)}` });
    for (const path of ['/health', '/api/health', '/api/marketplace/seller/health', '/health/database']) {
      expect(await keysFor(api.url + path, stranger), path).toEqual(['status', 'timestamp']);
      expect(await keysFor(api.url + path, bearer(buyer)), path).toEqual(['status', 'timestamp']);
      expect(await keysFor(api.url + path, { ...stranger, authorization: 'Bearer nonsense' }), path).toEqual(['status', 'timestamp']);
      expect((await keysFor(api.url + path, bearer(operator))).length, path).toBeGreaterThan(2);
      expect((await keysFor(api.url + path, {})).length, path).toBeGreaterThan(2);
    }
    for (const path of ['/health', '/health?strict=1', '/api/health']) {
      expect(await keysFor(front.url + path, stranger), path).toEqual(['status', 'timestamp']);
      expect((await keysFor(front.url + path, {})).length, path).toBeGreaterThan(2);
    }
    await front.stop();
  });

  it('of each part has what helps, and nothing else', async () => {
    const latencyMs = expect.any(Number) as number;
    const healthy = { status: 'healthy', timestamp: TIMESTAMP, latencyMs };
    const connections = { connectionsUsed: 0, connectionsIdle: 1, connectionsWaiting: 0 };
    expect((await ask(`${api.url}/health/database`)).body).toEqual({ ...healthy, engine: 'sqlite', search: 'fts5', ...connections });
    expect((await ask(`${api.url}/health/cache`)).body).toEqual({ ...healthy, level: 'process', state: 'up' });
    expect((await ask(`${api.url}/health/websocket`)).body).toEqual({ ...healthy, accepting: true, connections: 0 });
    expect((await fetch(`${api.url}/health/constructor`)).status).toBe(404);
  });

  it('says within seconds that the database hangs, to everybody, and asks it once', async () => {
    let asked = 0;
    let hanging = true;
    const lastId = () => (asked++, hanging ? new Promise<number>(() => {}) : Promise.resolve(0));
    const { repos } = api.container;
    const container: Container = { ...api.container, repos: { ...repos, outbox: { ...repos.outbox, lastId } } };
    const { server, stop } = createApiServer(container);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const begun = performance.now();
    const answers = await Promise.all(['/ready', '/readyz', '/health', '/health/database', '/ready'].map((path) => ask(url + path)));
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503]);
    expect(answers[0]!.body).toEqual({ status: 'not ready', timestamp: TIMESTAMP, reason: 'database' });
    expect(answers[2]!.body).toMatchObject({
      status: 'unhealthy',
      checks: { database: false, cache: true, websocket: true, imageUpload: true },
    });
    expect(asked).toBe(1);
    hanging = false;
    expect((await ask(`${url}/livez`)).body).toEqual({ status: 'alive' });
    await stop();
  });
});

onSqlServer('a database that falls silent', () => {
  it('is noticed within seconds, and so is its return', async () => {
    const there = await createTestDatabase('sqlserver');
    const line = await lineTo(there.url);
    const server = await spawnApi(line.url);
    const stateOf = async () => (await ask(`${server.url}/ready`)).status;
    const answers = () => vi.waitFor(async () => expect(await stateOf()).toBe(200), { timeout: 60_000 });
    await answers();
    line.hold();
    const begun = performance.now();
    expect([await stateOf(), performance.now() - begun < 5000]).toEqual([503, true]);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
    expect((await ask(`${server.url}/livez`)).status).toBe(200);
    line.release();
    await answers();
    await server.stop();
    line.close();
    await there.drop();
  });

  /** A way to the database that can be held: connections stay, and nothing gets through. */
  async function lineTo(url: string) {
    const [, host, port] = /^sqlserver:\/\/([^:;/]+)(?::(\d+))?/.exec(url)!;
    const sockets = new Set<Socket>();
    const server = createTcpServer((near) => {
      const far = connect(Number(port ?? 1433), host);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(from);
        from.on('data', (chunk) => to.write(chunk));
        from.on('close', () => (sockets.delete(from), to.destroy()));
        from.on('error', () => from.destroy());
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port: own } = server.address() as AddressInfo;
    return {
      url: url.replace(/^sqlserver:\/\/[^;/]+/, `sqlserver://127.0.0.1:${own}`),
      hold: () => sockets.forEach((socket) => socket.pause()),
      release: () => sockets.forEach((socket) => socket.resume()),
      close: () => {
        server.close();
        for (const socket of sockets) socket.destroy();
      },
    };
  }
});

describe('a process that is asked to stop', () => {
  const NOTICE = { DRAIN_NOTICE_MS: '1500' };
  let server: ServerProcess;

  it.each(['API', 'web'])('fails its readiness first, and serves all the same: %s', async (kind) => {
    if (kind === 'web') await buildWeb();
    server = kind === 'API' ? await spawnApi(db.url, NOTICE) : await spawnWeb(api.url, NOTICE);
    const page = kind === 'API' ? '/api/v1/sellers' : '/sign-in';
    expect((await ask(`${server.url}/ready`)).body).toEqual({ status: 'ready', timestamp: TIMESTAMP });
    const stopped = server.stop();
    // The signal is on its way: ask until it has arrived. Nothing is refused in between.
    let ready = await ask(`${server.url}/readyz`);
    while (ready.status === 200) ready = await ask(`${server.url}/readyz`);
    expect(ready).toEqual({ status: 503, body: { status: 'not ready', timestamp: TIMESTAMP, reason: 'draining' } });
    const answer = await fetch(server.url + page);
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'keep-alive']);
    expect((await ask(`${server.url}/livez`)).status).toBe(200);
    expect(await stopped).toBe(0);
  });

  it('learned from its web server what the API is', async () => {
    const [front, lonely] = await Promise.all([spawnWeb(api.url), spawnWeb('http://127.0.0.1:1')]);
    expect((await ask(`${front.url}/health`)).body).toEqual({
      status: 'healthy',
      timestamp: TIMESTAMP,
      release: 'checkout',
      checks: { api: true, apiReady: true },
    });
    expect(await ask(`${lonely.url}/health`)).toMatchObject({ status: 503, body: { status: 'unhealthy', checks: { api: false } } });
    expect((await ask(`${lonely.url}/readyz`)).status).toBe(200); // its pages say what is wrong
    await Promise.all([front.stop(), lonely.stop()]);
  });
});

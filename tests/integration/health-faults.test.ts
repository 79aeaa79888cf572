import { copyFileSync, renameSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createApiServer, type Container } from '@assay/api';
import { Prisma } from '@assay/database';
import { createTestDatabase, restClient, startApi, startRedis, type TestApi, type TestDatabase } from '@assay/testing';
import { describe, expect, it, onTestFinished } from 'vitest';

/** An API on a database of its own. */
async function product(overrides: Record<string, string> = {}): Promise<{ db: TestDatabase; api: TestApi; file: string }> {
  const db = await createTestDatabase('sqlite');
  const api = await startApi(db, overrides);
  onTestFinished(async () => {
    await api.close();
    await db.drop();
  });
  return { db, api, file: db.url.slice('file:'.length) };
}

let people = 0;
/** A change that any visitor can make. */
const register = ({ url }: Pick<TestApi, 'url'>) =>
  restClient(url).post('/auth/register', { email: `p${(people += 1)}@shop.example`, password: 'a long enough one', fullName: 'P' });
const health = async ({ url }: Pick<TestApi, 'url'>, query = '') => {
  const answer = await fetch(`${url}/health${query}`);
  return { status: answer.status, body: (await answer.json()) as { status: string; checks: object; reasons?: Record<string, string> } };
};
const expectUnavailable = async (api: TestApi) => {
  const { status, body, headers } = await register(api);
  expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'UNAVAILABLE', '30']);
};

describe('health says why the database takes no writes, and the API recovers without a restart', () => {
  it('from a file that was moved away: nothing is acknowledged into it', async () => {
    const { api, file } = await product();
    expect((await register(api)).status).toBe(201);
    renameSync(file, `${file}.moved`);
    await expectUnavailable(api);
    expect(await health(api)).toMatchObject({
      status: 503,
      body: { status: 'unhealthy', checks: { database: false }, reasons: { database: 'the database file is gone' } },
    });
    renameSync(`${file}.moved`, file);
    expect(await health(api)).toMatchObject({ status: 200, body: { status: 'healthy' } });
    expect((await register(api)).status).toBe(201);
  });

  it('from another file in its place: it is opened, and what follows is written there', async () => {
    const { api, db, file } = await product();
    await db.database.read(Prisma.sql`SELECT 1 AS one`);
    copyFileSync(file, `${file}.copy`);
    renameSync(file, `${file}.old`);
    renameSync(`${file}.copy`, file);
    expect((await register(api)).status).toBe(201);
    expect(await api.container.database.prisma.user.count()).toBe(1);
    const there = await startApi(db);
    expect(await there.container.database.prisma.user.count()).toBe(1);
    await there.close();
  });

  it('from a connection that was opened while the file was read-only', async () => {
    const { api } = await product();
    await api.container.database.prisma.$queryRawUnsafe('PRAGMA query_only = 1');
    await expectUnavailable(api);
    expect((await register(api)).status).toBe(201);
  });

  it('from a full disk', async () => {
    const { api } = await product();
    const { prisma } = api.container.database;
    await prisma.$queryRawUnsafe('PRAGMA max_page_count = 1'); // the present size, then
    let answer = await register(api);
    while (answer.status === 201) answer = await register(api);
    expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'UNAVAILABLE', '30']);
    await prisma.$queryRawUnsafe('PRAGMA max_page_count = 4294967294');
    expect((await register(api)).status).toBe(201);
  });

  it.each([
    ['SQLITE_FULL', 'the disk is full'],
    ['SQLITE_READONLY', 'the database file is read-only'],
    ['SQLITE_IOERR_WRITE', 'the database file cannot be read or written'],
  ])('%s: "%s"', async (code, reason) => {
    const { api } = await product();
    const { repos } = api.container;
    let broken = true;
    const noteProcess: typeof repos.maintenance.noteProcess = (...args) =>
      broken ? Promise.reject(Object.assign(new Error('no'), { code })) : repos.maintenance.noteProcess(...args);
    const container: Container = { ...api.container, repos: { ...repos, maintenance: { ...repos.maintenance, noteProcess } } };
    const { server, stop } = createApiServer(container);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await health({ url })).toMatchObject({ status: 503, body: { status: 'unhealthy', reasons: { database: reason } } });
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    broken = false;
    expect((await health({ url })).status).toBe(200);
    await stop();
  });

  it('from a migration that was taken down: it is named', async () => {
    const { api, db } = await product();
    const name = (await db.database.appliedMigrations()).toSorted().at(-1)!;
    await db.database.write(Prisma.sql`DELETE FROM SchemaMigrations WHERE Name = ${name}`);
    expect(await health(api)).toMatchObject({ status: 503, body: { reasons: { database: `migrations are missing: ${name}` } } });
    await db.database.write(Prisma.sql`INSERT INTO SchemaMigrations (Name, Checksum) VALUES (${name}, '')`);
    expect((await health(api)).status).toBe(200);
  });
});

describe('health of a product whose Redis', () => {
  it('is out of memory is degraded; strictly, it is down', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.kill());
    const { api } = await product({ REDIS_URL: redis.url });
    await expect.poll(async () => (await health(api, '?strict=1')).status, { timeout: 10_000 }).toBe(200);
    await api.container.redis!.send(['CONFIG', 'SET', 'maxmemory', '1']);
    expect(await health(api)).toMatchObject({
      status: 200,
      body: { status: 'degraded', checks: { cache: false }, reasons: { cache: 'Redis is out of memory' } },
    });
    expect((await health(api, '?strict=1')).status).toBe(503);
    await api.container.redis!.send(['CONFIG', 'SET', 'maxmemory', '0']);
    expect((await health(api, '?strict=1')).status).toBe(200);
  });
});

import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../../prisma/seed/demo-data.ts';
import { seedDemo } from '../../prisma/seed/demo.ts';
import { spawnSync } from 'node:child_process';
import { ROOT } from '@assay/api';
import {
  PRODUCTION,
  createEmptyPlace,
  createPerson,
  createSeller,
  createTestDatabase,
  restClient,
  spawnApi,
  startApi,
  testEnvironment,
  useDatabase,
} from '@assay/testing';
import { describe, expect, it } from 'vitest';

const STRONG = 'q1W8xYb3Tn5Vd7Lk0Zs2Rf4Hg6Jc9Mp+Ae/Uo';

const db = useDatabase('sqlite');

/** How a process that must not start ends. */
const refusal = async (url: string, variables: Record<string, string>) => {
  const started = await spawnApi(url, variables).catch((error: Error) => error);
  if (started instanceof Error) return started.message;
  await started.stop();
  return 'started';
};

describe('a process does not start', () => {
  it('with a wrong configuration: every wrong variable is named, no value is printed', async () => {
    const message = await refusal('mysql://root:hunter2@db/x', { PORT: '70000', NODE_ENV: 'prod', LOG_LEVEL: 'loud', JWT_SECRET: '' });
    expect(message).toMatch(/exit 2/);
    for (const variable of ['DATABASE_URL', 'PORT', 'NODE_ENV', 'LOG_LEVEL', 'JWT_SECRET']) expect(message).toContain(variable);
    expect(message).not.toMatch(/hunter2|\bat .*\.ts/);
  });

  it.each([
    'short',
    'changeme-changeme-changeme-changeme-changeme',
    'a'.repeat(64),
    'your-secret-key-your-secret-key-your',
    'abcdefghijklmnopqrstuvwxyzabcdefgh',
    'Zx7-kQ2vLp9Zx7-kQ2vLp9Zx7-kQ2vLp9Zx7',
    `${STRONG},short`,
  ])('in production with the JWT_SECRET "%.12s…"', async (secret) => {
    expect(await refusal(db.url, { NODE_ENV: 'production', JWT_SECRET: secret })).toMatch(/exit 2[^]*JWT_SECRET is too weak/);
  });

  it('on a database that lacks migrations', async () => {
    const place = await createEmptyPlace('sqlite');
    expect(await refusal(place.url, {})).toMatch(/exit 2[^]*lacks \d+ migration[^]*npm run migrate:up/);
    await place.drop();
  });

  it('in production without what people would miss: all of it in one message', async () => {
    const message = await refusal(db.url, { NODE_ENV: 'production', JWT_SECRET: STRONG, PAYOUT_DETAILS_KEY: '' });
    expect(message).toMatch(/exit 2/);
    for (const name of Object.keys(PRODUCTION)) expect(message).toContain(name === 'MAIL' ? 'SMTP_URL is missing' : `${name} is missing`);
  });

  it('in production while demo accounts have the password that everybody knows', async () => {
    const demo = await createTestDatabase('sqlite');
    const api = await startApi(demo);
    await seedDemo(demo.database, api.container.services.passwords);
    await api.close();
    const production = { ...PRODUCTION, NODE_ENV: 'production', JWT_SECRET: STRONG };
    expect(await refusal(demo.url, production)).toMatch(/exit 2[^]*demo account[^]*npm run demo:lock/);

    const env = { ...process.env, ...testEnvironment(demo.url) };
    const locked = spawnSync(process.execPath, ['scripts/demo-lock.ts'], { cwd: ROOT, env, encoding: 'utf8' });
    expect(locked.stdout).toMatch(/\d demo accounts are locked/);
    const process_ = await spawnApi(demo.url, production);
    const login = await restClient(process_.url).post('/auth/login', { email: DEMO_ACCOUNTS[0].email, password: DEMO_PASSWORD });
    expect([login.status, login.body.code]).toEqual([401, 'INVALID_CREDENTIALS']);
    await process_.stop();
    await demo.drop();
  });
});

describe('a process', () => {
  it('that is asked to stop finishes what is under way, on kept connections too', async () => {
    const seller = await createSeller(db.database);
    const process = await spawnApi(db.url);
    const rest = restClient(process.url);
    const statuses: number[] = [];
    let stopping: Promise<number | null> | undefined;
    // Eight clients ask without a pause, as a proxy does, until an answer says that their connection ends.
    await Promise.all(
      Array.from({ length: 8 }, async (_, client) => {
        for (let i = 0, ends = false; !ends; i++) {
          if (client === 0 && i === 20) stopping = process.stop();
          const { status, headers } = await rest.get(`/ratings/seller/${seller.id}/summary`);
          statuses.push(status);
          ends = headers.get('connection') === 'close';
        }
      }),
    );
    expect(await stopping).toBe(0);
    expect(statuses.length).toBeGreaterThan(20);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });

  it('goes on when its log is no longer read, and still ends when it is asked to', async () => {
    const process = await spawnApi(db.url);
    process.child.stdout?.destroy();
    process.child.stderr?.destroy();
    // More than is gathered before a line is written.
    for (let i = 0; i < 60; i++) await restClient(process.url).get('/ratings/mine');
    expect((await fetch(`${process.url}/ready`)).status).toBe(200);
    expect(await process.stop()).toBe(0);
  });

  it('writes JSON lines with request ids, and nothing private', async () => {
    const process = await spawnApi(db.url);
    const rest = restClient(process.url);
    const email = 'private.person@mail.example';
    const password = 'wholly private words';
    const register = await rest.post('/auth/register', { email, password, fullName: 'Private Person' });
    const { token } = register.body as { token: string };
    await rest.post('/auth/login', { email, password: `${password}!` });
    await rest.get('/sellers?search=private.search', { token, headers: { 'x-request-id': 'find-me-again' } });
    await rest.get('/ratings/mine', { token: 'nonsense' });
    await createPerson(db.database);
    expect(await process.stop()).toBe(0);

    const lines = process
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const requests = lines.filter(({ msg }) => msg === 'request');
    expect(requests).toHaveLength(4);
    const events = lines.filter(({ msg }) => msg === 'security event');
    expect(events.map(({ event, level }) => [event, level])).toContainEqual(['security.sign-in-failed', 'warn']);
    for (const line of lines.filter((one) => !events.includes(one)))
      expect(line).toMatchObject({ level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/) as string, name: 'marketplace-api' });
    expect(requests.find(({ requestId }) => requestId === 'find-me-again')).toMatchObject({
      method: 'GET',
      path: '/api/v1/sellers',
      status: 200,
      userId: register.body.user.id,
    });
    for (const secret of [email, password, token, 'private.search', 'nonsense']) expect(process.output()).not.toContain(secret);
  });
});

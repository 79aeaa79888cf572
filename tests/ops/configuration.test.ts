import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { jwtTokens } from '@assay/api';
import { openDatabase, type Database } from '@assay/database';
import { createPeople, restClient, sessionIdOf, type Person } from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDeployment, type Deployment } from './deployment.ts';
import { startLoad } from './pm2-load.ts';

const NEW_SECRET = 'Zr7bT1xQ9mWk4Vd0Lp3Hs8Ng6Jc2Fy5Au+E/oI';
const PAYOUT_KEYS = ['first', 'second'].map((name) => Buffer.from(name.padEnd(32, '.')).toString('base64'));

let site: Deployment;
let database: Database;
let person: Person;

const settings = (): Map<string, string> =>
  new Map(
    readFileSync(path.join(site.home, '.env'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
/** Changes lines of .env, as an operator does in an editor. */
const edit = (changes: Record<string, string>) =>
  writeFileSync(
    path.join(site.home, '.env'),
    [...settings(), ...Object.entries(changes)]
      .reduce((map, [name, value]) => map.set(name, value), new Map<string, string>())
      .entries()
      .toArray()
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
const done = async (task: string, ...args: string[]) => {
  const run = await site.run(task, ...args);
  expect(run.status, `${task} ${args.join(' ')}\n${run.stdout}${run.stderr}`).toBe(0);
  return run;
};
const signedBy = (secret: string) => {
  const tokens = jwtTokens({ secret, ttlS: 3600 });
  const { token } = tokens.issueAccessToken({ userId: person.id, sessionId: sessionIdOf(person.id) }, new Date());
  return { authorization: `Bearer ${token}` };
};
const statusFor = async (secret: string) => (await fetch(`${site.apiUrl}/api/v1/orders`, { headers: signedBy(secret) })).status;
const open = (name: string) => openDatabase({ engine: 'sqlite', file: path.join(site.home, 'data', name) }, { poolSize: 2 });
const log = () => readFileSync(path.join(site.home, 'data', 'logs', 'api-out.log'), 'utf8');

beforeAll(async () => {
  site = await createDeployment();
  site.commit('The checkout', {});
  edit({ API_INSTANCES: '1', WEB_INSTANCES: '1', LOG_LEVEL: 'warn', PAYOUT_DETAILS_KEY: PAYOUT_KEYS[0]! });
  await done('migrate', 'up');
  database = await open('assay.db');
  [person] = (await createPeople(database, 1)) as [Person];
  await done('pm2', 'start');
}, 400_000);
afterAll(async () => {
  await database?.close();
  site?.remove();
});

describe('a changed .env', { timeout: 300_000 }, () => {
  it('is applied by a reload without a failed request: secret, database, log level, keys', async () => {
    expect(await statusFor(site.secret)).toBe(200);
    const read = (url: string) => [true, false].map((kept) => ({ kept, expect: 200, next: () => ({ url }) }));
    const load = startLoad([`${site.webUrl}/`, `${site.apiUrl}/api/v1/sellers`].flatMap(read));
    onTestFinished(() => load.stop());

    edit({
      JWT_SECRET: NEW_SECRET,
      DATABASE_URL: 'file:./data/other.db',
      LOG_LEVEL: 'info',
      PAYOUT_DETAILS_KEY: PAYOUT_KEYS.toReversed().join(','),
    });
    await done('migrate', 'up');
    const other = await open('other.db');
    expect((await createPeople(other, 1))[0]!.id).toBe(person.id); // whose session the tokens name
    expect(log()).not.toContain('"listening"');
    await done('pm2', 'reload');
    await load.stop();
    expect(load.failures).toEqual([]);
    expect(load.good()).toBeGreaterThan(20);

    expect([await statusFor(NEW_SECRET), await statusFor(site.secret)]).toEqual([200, 401]);
    const email = 'late@mail.example';
    const { status } = await restClient(site.apiUrl).post('/auth/register', {
      email,
      password: 'correct horse battery',
      fullName: 'Late',
    });
    expect(status).toBe(201);
    expect(await other.prisma.user.count({ where: { email } })).toBe(1);
    await other.close();
    expect(await database.prisma.user.count({ where: { email } })).toBe(0);
    expect(log()).toContain('"listening"');
  });

  it('is not known to PM2, which would keep secrets and write them into its dump', async () => {
    const { stdout } = await done('pm2', 'jlist');
    const dumped = await done('pm2', 'save').then(() => readFileSync(path.join(site.home, 'data', 'pm2', 'dump.pm2'), 'utf8'));
    for (const text of [stdout, dumped]) {
      expect(text).toContain('marketplace-api');
      for (const secret of [site.secret, NEW_SECRET, ...PAYOUT_KEYS]) expect(text).not.toContain(secret);
      expect(text).not.toMatch(/JWT_SECRET|DATABASE_URL/);
    }
  });

  it('is overridden by the shell of the last reload, and a crashed process starts with the same variables', async () => {
    const reload = await site.runWith({ LOG_LEVEL: 'debug', JWT_SECRET: site.secret }, 'pm2', 'reload', '--only', 'marketplace-api');
    expect(reload.status, `${reload.stdout}${reload.stderr}`).toBe(0);
    expect(await statusFor(NEW_SECRET)).toBe(401);
    const listed = JSON.parse(/^\[.*\]$/m.exec((await done('pm2', 'jlist', '--silent')).stdout)![0]) as { name: string; pid: number }[];
    const { pid } = listed.find(({ name }) => name === 'marketplace-api')!;
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(log().match(/"listening"/g)!.length).toBeGreaterThan(2), { timeout: 60_000, interval: 500 });
    expect(await statusFor(NEW_SECRET)).toBe(401);
    await done('pm2', 'reload', '--only', 'marketplace-api');
    expect(await statusFor(site.secret)).toBe(401);
  });
});

import { cookieHeader, cookiesOf, onEachEngine, restClient, spawnApi, useDatabase, type ServerProcess } from '@assay/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

const PASSWORD = 'quartz lantern orchard 41';
let serial = 0;

onEachEngine('security events', (engine) => {
  const db = useDatabase(engine);
  let api: ServerProcess;
  let rest: ReturnType<typeof restClient>;
  let account: { id: number; email: string; token: string };
  let from = 0;

  beforeAll(async () => {
    api = await spawnApi(db.url);
    rest = restClient(api.url);
  });
  afterAll(() => api.stop());
  beforeEach(async () => {
    const email = `watched-${process.pid}-${++serial}@shop.example`;
    const { body } = await rest.post('/auth/register', { email, password: PASSWORD, fullName: 'Ann Quarry' });
    account = { id: body.user.id, email, token: body.token };
    from = api.output().length;
  });

  interface Line {
    event?: string;
    account?: string | null;
    address?: string;
    requestId: string;
    level: string;
    code?: string;
    path?: string;
    status?: number;
  }
  const lines = (): Line[] =>
    api
      .output()
      .slice(from)
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Line);
  const eventually = (accept: (line: Line) => boolean) =>
    expect
      .poll(() => lines().find(accept), { timeout: 10_000 })
      .toBeDefined()
      .then(() => lines().find(accept)!);
  const event = (name: string) => eventually((line) => line.event === `security.${name}`);
  const signIn = (password: string) => rest.post('/auth/login', { email: account.email, password });

  it('a failed sign-in leaves the account’s hash and the network, and neither name, address nor password', async () => {
    await signIn('wrong');
    const failed = await event('sign-in-failed');
    expect(failed).toMatchObject({ level: 'warn', account: expect.stringMatching(/^[\da-f]{16}$/), address: '127.0.0.0/24' });
    const request = await eventually((line) => line.requestId === failed.requestId && line.path !== undefined);
    expect(request).toMatchObject({ path: '/api/v1/auth/login', status: 401, code: 'INVALID_CREDENTIALS', address: '127.0.0.0/24' });
    await signIn(PASSWORD);
    expect((await event('signed-in')).account).toBe(failed.account); // the same account, the same hash
    expect(api.output().slice(from)).not.toMatch(/watched-|Ann Quarry|wrong"|quartz/);
  });

  it('too many failures leave a lock, also for an address that no account has', async () => {
    const nowhere = `absent-${process.pid}-${serial}@shop.example`;
    for (let i = 0; i < 11; i++) await rest.post('/auth/login', { email: nowhere, password: 'wrong' });
    expect(await event('locked')).toMatchObject({ account: expect.stringMatching(/^[\da-f]{16}$/) });
  });

  it('a refresh token that comes a second time ends the session, is in the audit log, and its owner gets one e-mail', async () => {
    await db.database.prisma.user.updateMany({ where: { id: account.id }, data: { emailVerifiedAt: new Date() } });
    const stolen = cookieHeader(cookiesOf(await signIn(PASSWORD)));
    const refresh = () => rest.post('/auth/refresh', undefined, { headers: { cookie: stolen } });
    expect((await refresh()).status).toBe(200);
    await db.database.prisma.session.updateMany({ where: { userId: account.id }, data: { previousUntil: new Date(0) } });
    expect((await refresh()).body.code).toBe('SESSION_ENDED');
    expect((await refresh()).body.code).toBe('SESSION_ENDED');
    expect(await event('refresh-reused')).toMatchObject({ level: 'warn' });
    const where = { action: 'session.token-reused', entityId: String(account.id) };
    expect(await db.database.prisma.auditEntry.findMany({ where })).toMatchObject([{ addressPrefix: '127.0.0.0/24' }]);
    expect(await db.database.prisma.emailMessage.count({ where: { userId: account.id, kind: 'session-reused' } })).toBe(1);
  });

  it('signing out, a refused role, a refused token and a forged request leave one event each', async () => {
    const cookie = cookieHeader(cookiesOf(await signIn(PASSWORD)));
    await rest.get('/moderation/queue', { token: account.token });
    await event('access-refused');
    await rest.get('/auth/me', { token: 'no.such.token' });
    await event('token-refused');
    await rest.post('/orders', { listingId: 1 }, { headers: { cookie } });
    await event('csrf-refused');
    await rest.post('/auth/logout', undefined, { headers: { cookie } });
    expect(await event('signed-out')).toMatchObject({ level: 'info' });
    expect(lines().filter((line) => line.event === 'security.signed-out')).toHaveLength(1);
  });

  it('the audit log has the network of who acted, for those who read it', async () => {
    const { body } = await rest.post('/listings', { title: 'Bowl', currency: 'EUR' }, { token: account.token });
    const entry = await db.database.prisma.auditEntry.findFirst({ where: { entity: 'listing', entityId: String(body.id) } });
    expect(entry).toMatchObject({ actorId: account.id, addressPrefix: '127.0.0.0/24' });
  });
});

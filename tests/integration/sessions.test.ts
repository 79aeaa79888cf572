import { LIVE_PATH } from '@assay/contract';
import { disableAccount, enableAccount, grantRole, lockDemoAccounts, revokeRole, SESSIONS_MAX, signOut, type Context } from '@assay/core';
import { createPerson, onEachEngine, restClient, sessionIdOf, useApi, useProduct, type Answer, type Person } from '@assay/testing';
import { parseSetCookie } from 'cookie';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { OPERATIONS, overRest, overTrpc, sampleOf } from './lib-operations.ts';

const DAY_MS = 24 * 3_600_000;
const PASSWORD = 'a long passphrase';

/** Addresses that are no operation, because they work on the request itself. */
const PLAIN: [method: string, path: string, body?: string, type?: string][] = [
  ['POST', '/auth/wallet/nonce', JSON.stringify({ address: `0x${'1'.repeat(40)}`, chainId: 1, purpose: 'link' }), 'application/json'],
  ['POST', '/auth/wallets', JSON.stringify({ message: 'm', signature: '0x00' }), 'application/json'],
  ['POST', '/images?purpose=listing', 'no image', 'image/png'],
  ['POST', '/verification/documents', '%PDF-1.7', 'application/pdf'],
  ['POST', '/listings/import', 'title,price,currency\n', 'text/csv'],
  ['GET', '/listings/mine.csv'],
];

const cookiesOf = (answer: Answer) => answer.headers.getSetCookie().map((header) => parseSetCookie(header));
const cookieHeader = (answer: Answer) =>
  cookiesOf(answer)
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
const sessionOf = (answer: Answer) => (cookiesOf(answer).find(({ name }) => name === 'assay_refresh')?.value ?? '').split('.')[0]!;

onEachEngine('sessions', (engine) => {
  const { db, api, rest, as } = useProduct(engine);
  const { api: second } = useApi(db); // another process would be no different: nothing is shared but the database
  let serial = 0;
  const register = async () => {
    const email = `session-${engine}-${++serial}@example.com`;
    const answer = await rest.post('/auth/register', { email, password: PASSWORD, fullName: 'Ada Byron' });
    return { answer, email, ...(answer.body as { token: string; user: { id: number } }) };
  };
  const system = () => api.container.context({ kind: 'system', name: 'test' }, 'sessions-test');
  const contextOf = ({ id, roles }: Person): Context =>
    api.container.context({ kind: 'user', id, roles, sessionId: sessionIdOf(id) }, 'sessions-test');
  const until = async (isSo: () => Promise<boolean> | boolean) => {
    for (let i = 0; i < 100 && !(await isSo()); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  };

  /** Every address and procedure that asks for a sign-in, with that token. */
  async function refusalsOf(token: string): Promise<Set<string>> {
    const refusals = new Set<string>();
    const note = ({ status, code }: { status: number; code: string | null }) => refusals.add(`${status} ${code}`);
    for (const [name, operation] of OPERATIONS) {
      const input = sampleOf(operation.input) as object | undefined;
      if (operation.only === null) note(await overTrpc(api, name, operation.kind, input, token));
      for (const address of operation.rest) note(await overRest(api, address, input ?? {}, token));
    }
    for (const [method, path, body, type] of PLAIN) {
      const headers = { authorization: `Bearer ${token}`, ...(type ? { 'content-type': type } : {}) };
      const answer = await fetch(`${api.url}/api/v1${path}`, { method, headers, ...(body ? { body } : {}) });
      note({ status: answer.status, code: ((await answer.json()) as { code: string }).code });
    }
    return refusals;
  }

  describe('an access token is refused at every address and procedure', () => {
    it('once its session has ended', async () => {
      const person = await createPerson(db.database, ['buyer', 'seller', 'admin', 'ops']);
      const token = api.tokenFor(person);
      expect((await rest.get('/auth/me', { token })).status).toBe(200);
      await signOut(contextOf(person), null);
      expect([...(await refusalsOf(token))]).toEqual(['401 SESSION_ENDED']);
    });

    it('where there is no such session or account', async () => {
      const { tokens } = api.container;
      const { token } = tokens.issueAccessToken({ userId: 2_000_000_000, sessionId: tokens.newSessionId() }, new Date());
      expect([...(await refusalsOf(token))]).toEqual(['401 SESSION_ENDED']);
    });

    it('while its account is disabled, and so is the password; both are good again afterwards', async () => {
      const { token, email, user } = await register();
      await disableAccount(system(), { id: user.id });
      expect([...(await refusalsOf(token))]).toEqual(['401 SESSION_ENDED']);
      expect((await rest.post('/auth/login', { email, password: PASSWORD })).body.code).toBe('ACCOUNT_DISABLED');
      expect((await rest.post('/auth/login', { email, password: 'another one' })).body.code).toBe('INVALID_CREDENTIALS');
      await enableAccount(system(), { id: user.id });
      expect((await rest.get('/auth/me', { token })).status).toBe(401); // its session has ended
      expect((await rest.post('/auth/login', { email, password: PASSWORD })).status).toBe(200);
    });

    it('whose session is another account’s', async () => {
      const [person, other] = [await createPerson(db.database), await createPerson(db.database)];
      const { token } = api.container.tokens.issueAccessToken({ userId: person.id, sessionId: sessionIdOf(other.id) }, new Date());
      expect((await rest.get('/auth/me', as(other))).status).toBe(200); // it is remembered
      expect((await rest.get('/auth/me', { token })).status).toBe(401);
    });
  });

  it('a copied token is worth nothing after the owner has changed the password', async () => {
    const { token: copied, email } = await register();
    const { token } = (await rest.post('/auth/login', { email, password: PASSWORD })).body;
    const change = { password: 'another long passphrase', current: PASSWORD };
    expect((await rest.post('/auth/password', change, { token })).status).toBe(204);
    expect((await rest.patch('/auth/me', { fullName: 'Thief' }, { token: copied })).status).toBe(401);
    const nonce = { address: `0x${'1'.repeat(40)}`, chainId: 1, purpose: 'link' };
    expect((await rest.post('/auth/wallet/nonce', nonce, { token: copied })).status).toBe(401);
    expect((await rest.patch('/auth/me', { fullName: 'Ada' }, { token })).status).toBe(200);
  });

  it('another process refuses an ended session within a moment, though it has just served it', async () => {
    const { token } = await register();
    const there = restClient(second.url);
    expect((await there.get('/auth/me', { token })).status).toBe(200);
    await rest.post('/auth/logout', undefined, { token });
    const endedAt = performance.now();
    await until(async () => (await there.get('/auth/me', { token })).status === 401);
    expect(performance.now() - endedAt).toBeLessThan(2000);
    expect((await there.post('/listings', { title: 'Bowl', currency: 'EUR' }, { token })).body.code).toBe('SESSION_ENDED');
  });

  it('with the cookie of an ended session one is a visitor, who loses the cookie; what is private says why', async () => {
    const { answer, token } = await register();
    const cookie = cookieHeader(answer);
    await rest.post('/auth/logout', undefined, { token });
    const open = await rest.get('/sellers', { headers: { cookie } });
    expect([open.status, cookiesOf(open)]).toEqual([200, [expect.objectContaining({ name: 'assay_access', value: '', maxAge: 0 })]]);
    const closed = await rest.get('/auth/me', { headers: { cookie } });
    expect([closed.status, closed.body.code]).toEqual([401, 'SESSION_ENDED']);
  });

  it('behind TLS only the cookies count that no other host of the domain can plant', async () => {
    const { answer, email } = await register();
    const tls = { 'x-forwarded-proto': 'https' };
    expect((await rest.get('/auth/me', { headers: { cookie: cookieHeader(answer), ...tls } })).status).toBe(401);
    expect((await rest.post('/auth/refresh', undefined, { headers: { cookie: cookieHeader(answer), ...tls } })).status).toBe(401);
    const secured = await rest.post('/auth/login', { email, password: PASSWORD }, { headers: tls });
    expect(
      cookiesOf(secured).every(({ name, secure, path, domain }) => name.startsWith('__Host-') && secure && path === '/' && !domain),
    ).toBe(true);
    expect((await rest.get('/auth/me', { headers: { cookie: cookieHeader(secured), ...tls } })).status).toBe(200);
    expect((await rest.get('/auth/me', { headers: { cookie: cookieHeader(secured) } })).status).toBe(401);
  });

  it('a role counts from the moment in which it is given, and no longer than it is there', async () => {
    const { token, email, user } = await register();
    const audit = () => rest.get('/audit', { token });
    expect((await audit()).status).toBe(403);
    await db.database.prisma.user.updateMany({ where: { id: user.id }, data: { emailVerifiedAt: new Date() } });
    await grantRole(system(), { email, role: 'admin' });
    expect((await audit()).status).toBe(200);
    await revokeRole(system(), { id: user.id, role: 'admin' });
    expect((await audit()).status).toBe(401); // and its sessions end
    const again = (await rest.post('/auth/login', { email, password: PASSWORD })).body;
    expect((await rest.get('/audit', { token: again.token })).status).toBe(403);
  });

  it('an open WebSocket is closed when its session ends, and none is opened with an ended one', async () => {
    const { answer, token, user } = await register();
    const open = () => new WebSocket(`${api.url.replace('http', 'ws')}${LIVE_PATH}`, { headers: { cookie: cookieHeader(answer) } });
    const socket = open();
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await rest.post('/auth/logout', undefined, { token });
    expect(await closed).toBe(4401);
    const refused = await new Promise<string>((resolve) => open().once('error', ({ message }) => resolve(message)));
    expect(refused).toContain('401');

    const admin = await createPerson(db.database, ['admin']);
    const watching = new WebSocket(`${api.url.replace('http', 'ws')}${LIVE_PATH}`, {
      headers: { cookie: `assay_access=${api.tokenFor(admin)}` },
    });
    await new Promise((resolve) => watching.once('open', resolve));
    const gone = new Promise((resolve) => watching.once('close', resolve));
    await revokeRole(system(), { id: admin.id, role: 'admin' });
    expect(await gone).toBe(4401);
    expect(user.id).not.toBe(admin.id);
  });

  it('a session ends at its absolute age, however often it is refreshed', async () => {
    const { answer } = await register();
    const refresh = () => rest.post('/auth/refresh', undefined, { headers: { cookie: cookieHeader(answer) } });
    const age = (days: number) =>
      db.database.prisma.session.updateMany({
        where: { id: sessionOf(answer) },
        data: { createdAt: new Date(Date.now() - days * DAY_MS), previousUntil: new Date(Date.now() + DAY_MS) },
      });
    await age(80);
    const kept = await refresh();
    expect(kept.status).toBe(200);
    const leftMs =
      cookiesOf(kept)
        .find(({ name }) => name === 'assay_refresh')!
        .expires!.getTime() - Date.now();
    expect(Math.round(leftMs / DAY_MS)).toBe(10);
    await age(91);
    const over = await rest.post('/auth/refresh', undefined, { headers: { cookie: cookieHeader(kept) } });
    expect([over.status, over.body.code]).toEqual([401, 'SESSION_ENDED']);
  });

  it(`an account has ${SESSIONS_MAX} sessions: with another one, that which was not used for longest ends`, async () => {
    const { email, user, token } = await register();
    const now = Date.now();
    await db.database.prisma.session.createMany({
      data: Array.from({ length: SESSIONS_MAX - 1 }, (_, i) => ({
        id: api.container.tokens.newSessionId(),
        userId: user.id,
        tokenHash: 'none',
        lastUsedAt: new Date(now - (i + 1) * 60_000),
        expiresAt: new Date(now + DAY_MS),
      })),
    });
    await db.database.prisma.session.updateMany({
      where: { userId: user.id, tokenHash: { not: 'none' } },
      data: { lastUsedAt: new Date(1) },
    });
    const { body } = await rest.post('/auth/login', { email, password: PASSWORD });
    expect((await rest.get('/auth/sessions', { token: body.token })).body.items).toHaveLength(SESSIONS_MAX);
    expect((await rest.get('/auth/me', { token })).status).toBe(401);
  });

  it('signing in ends the session that the browser had', async () => {
    const [first, other] = [await register(), await register()];
    const csrf = cookiesOf(first.answer).find(({ name }) => name === 'assay_csrf')!.value!;
    const headers = { cookie: cookieHeader(first.answer), 'x-csrf-token': csrf };
    const again = await rest.post('/auth/login', { email: other.email, password: PASSWORD }, { headers });
    expect(again.status).toBe(200);
    expect((await rest.get('/auth/me', { token: first.token })).status).toBe(401);
    expect((await rest.get('/auth/me', { token: again.body.token })).status).toBe(200);
  });

  it('a refresh token that never was one ends no session; one that was replaced long ago does', async () => {
    const { answer, token } = await register();
    const refresh = (cookie: string) => rest.post('/auth/refresh', undefined, { headers: { cookie } });
    const id = sessionOf(answer);
    for (const secret of [
      'A'.repeat(43),
      answer.headers
        .getSetCookie()
        .join()
        .match(/assay_refresh=[^.]+\.(.{42})/)![1]! + 'A',
    ])
      expect((await refresh(`assay_refresh=${id}.${secret}`)).status).toBe(401);
    expect((await rest.get('/auth/me', { token })).status).toBe(200);

    const next = await refresh(cookieHeader(answer));
    const third = await refresh(cookieHeader(next)); // the first token is not the previous one any more
    expect(third.status).toBe(200);
    expect((await refresh(cookieHeader(answer))).body.code).toBe('SESSION_ENDED');
    expect((await rest.get('/auth/me', { token })).status).toBe(401);
    expect(
      await db.database.prisma.auditEntry.count({ where: { action: 'session.token-reused', entityId: String(answer.body.user.id) } }),
    ).toBe(1);
  });

  it('signing out everywhere else, or on one device, asks for the password', async () => {
    const { token, email } = await register();
    const others: Answer[] = [];
    for (let i = 0; i < 3; i++) others.push(await rest.post('/auth/login', { email, password: PASSWORD }));
    const end = (body: object, path = 'end-others') => rest.post(`/auth/sessions/${path}`, body, { token });
    expect((await end({})).body.code).toBe('CONFIRMATION_NEEDED');
    expect((await end({ current: 'not this one' })).body.code).toBe('WRONG_PASSWORD');
    const one = `${sessionOf(others[0]!)}/end`;
    expect((await end({}, one)).body.code).toBe('CONFIRMATION_NEEDED');
    expect((await rest.get('/auth/sessions', { token })).body.items).toHaveLength(4);
    expect((await end({ current: PASSWORD }, one)).status).toBe(204);
    expect((await rest.get('/auth/me', { token: others[0]!.body.token })).status).toBe(401);
    expect((await end({ current: PASSWORD })).body).toEqual({ ended: 2 });
    expect((await rest.get('/auth/me', { token: others[2]!.body.token })).status).toBe(401);
    expect((await rest.get('/auth/me', { token })).status).toBe(200);
  });

  it('an admin looks accounts up, and signs one out, takes its role away and disables it; the own one is another admin’s', async () => {
    const [admin, other] = [
      await createPerson(db.database, ['admin'], 'Warden'),
      await createPerson(db.database, ['buyer', 'admin'], 'Targeted'),
    ];
    const find = async (q: string) => (await rest.get(`/accounts?q=${encodeURIComponent(q)}`, as(admin))).body.items;
    const { email, user } = await register();
    expect(await find(email)).toEqual([
      expect.objectContaining({ id: user.id, email, emailConfirmed: false, sessions: 1, wallets: 0, disabledAt: null }),
    ]);
    expect((await find(String(other.id)))[0].roles).toEqual(['admin', 'buyer']);
    expect((await find('targeted')).map(({ id }: { id: number }) => id)).toContain(other.id);
    expect(await find(`0x${'1'.repeat(40)}`)).toEqual([]);
    const manage = (id: number, what: string, body?: object) => rest.post(`/accounts/${id}/${what}`, body, as(admin));
    for (const [what, body] of [['revoke-role', { role: 'admin' }], ['disable'], ['enable'], ['end-sessions']] as [string, object?][])
      expect((await manage(admin.id, what, body)).body.code, what).toBe('OWN_ACCOUNT');
    expect((await manage(other.id, 'revoke-role', { role: 'admin' })).body.roles).toEqual(['buyer']);
    expect((await rest.get('/auth/me', as(other))).status).toBe(401);
    expect((await manage(user.id, 'end-sessions')).body).toEqual({ ended: 1 });
    expect((await manage(user.id, 'disable')).status).toBe(200);
    expect((await find(email))[0]).toMatchObject({ sessions: 0, disabledAt: expect.any(String) });
    expect((await manage(user.id, 'enable')).status).toBe(200);
    const audit = await db.database.prisma.auditEntry.findMany({ where: { actorId: admin.id }, orderBy: { id: 'asc' } });
    expect(audit.map(({ action, entityId }) => [action, Number(entityId)])).toEqual([
      ['role.revoked', other.id],
      ['sessions.ended', user.id],
      ['account.disabled', user.id],
      ['account.enabled', user.id],
    ]);
  });

  it('a role is given to a confirmed address only', async () => {
    const { email } = await register();
    await expect(grantRole(system(), { email, role: 'admin' })).rejects.toMatchObject({ code: 'EMAIL_NOT_VERIFIED' });
  });

  it('the demo accounts are locked whole: password, sessions, wallets and roles, and found by their address for good', async () => {
    const demo = await createPerson(db.database, ['buyer', 'admin']);
    const wallet = `0x${String(demo.id).padStart(40, '0')}`;
    const email = `admin-${engine}@assay.example`;
    const { passwordHash } = await db.database.prisma.user.findFirstOrThrow({ where: { passwordHash: { not: null } } });
    await db.database.prisma.user.updateMany({ where: { id: demo.id }, data: { email, passwordHash } });
    await db.database.prisma.wallet.createMany({ data: [{ address: wallet, userId: demo.id, chainId: 1 }] });
    expect((await rest.post('/auth/password/remove', { current: PASSWORD }, as(demo))).body.code).toBe('FORBIDDEN');
    expect((await rest.post('/auth/email', { email: 'mine@mail.example', current: PASSWORD }, as(demo))).body.code).toBe('FORBIDDEN');
    const usable = () => api.container.repos.accounts.countUsable('@assay.example', ['admin', 'ops'], new Date());
    expect(await usable()).toEqual({ passwords: 1, sessions: 1, wallets: 1, roles: 1, total: 1 });
    expect(await lockDemoAccounts(system())).toBe(1);
    expect(await usable()).toEqual({ passwords: 0, sessions: 0, wallets: 0, roles: 0, total: 0 });
    expect((await rest.get('/audit', as(demo))).status).toBe(401);
    expect((await rest.post('/auth/login', { email, password: PASSWORD })).status).toBe(401);
  });

  it('signing out has the browser forget what it keeps of the pages', async () => {
    const { token } = await register();
    const out = await rest.post('/auth/logout', undefined, { token });
    expect(out.headers.get('clear-site-data')).toBe('"cache", "storage"');
  });
});

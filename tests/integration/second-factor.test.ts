import {
  completeSignIn,
  confirmSetUp,
  grantRole,
  resealAuthenticatorApps,
  resetSecondFactor,
  type Actor,
  type Context,
  type SignInClient,
} from '@assay/core';
import { createPerson, onEachEngine, runTasks, totpCode, type Answer } from '@assay/testing';
import { parseSetCookie } from 'cookie';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { useOnboarding } from './lib-onboarding.ts';
import { OPERATIONS, overRest, overTrpc, sampleOf } from './lib-operations.ts';

const PASSWORD = 'a long passphrase';
const NEXT = 'another passphrase';
let serial = 0;
const newEmail = () => `factor-${++serial}-${Date.now().toString(36)}@example.com`;
const cookieNamesOf = (answer: Answer) =>
  answer.headers
    .getSetCookie()
    .map((header) => parseSetCookie(header))
    .filter(({ value }) => value !== '')
    .map(({ name }) => name)
    .sort();

onEachEngine('two-step verification', (engine) => {
  const on = useOnboarding(engine);
  const { rest, db, api } = on;
  const prisma = () => db.database.prisma;
  let address = 0;
  /** From a network address that no other request has. */
  const elsewhere = (headers: Record<string, string> = {}) => ({
    headers: { 'x-forwarded-for': `198.51.100.${++address % 250}`, ...headers },
  });
  const login = (email: string, password = PASSWORD, options = elsewhere()) => rest.post('/auth/login', { email, password }, options);
  const complete = (challenge: string, code: string, options = elsewhere()) =>
    rest.post('/auth/second-factor', { challenge, code }, options);
  const refusal = ({ status, body }: Answer) => [status, body.code] as const;

  async function register() {
    const email = newEmail();
    const { body } = await rest.post('/auth/register', { email, password: PASSWORD, fullName: 'Ada Byron' });
    expect((await rest.post('/verification/email/confirm', { token: await on.linkTo(email) })).status).toBe(204);
    return { email, id: body.user.id as number, token: body.token as string };
  }
  const begin = (token: string) => rest.post('/auth/second-factor/begin', { current: PASSWORD }, { token });
  const confirm = (token: string, code: string) => rest.post('/auth/second-factor/confirm', { code }, { token });

  /** A person whose app was enabled with the code before the current one: the current and the next one are good still. */
  async function withApp() {
    const ada = await register();
    const secret = (await begin(ada.token)).body.setUp.secret as string;
    const answer = await confirm(ada.token, totpCode(secret, -1));
    expect(answer.status).toBe(200);
    return { ...ada, secret, codes: answer.body.codes as string[] };
  }
  const challengeFor = async ({ email }: { email: string }) => (await login(email)).body.challenge as string;
  const subjects = async (email: string) => (await on.emailsTo(email)).map(({ subject }) => subject);
  const later = (ms: number, actor: Actor = { kind: 'anonymous' }): Context =>
    api.container.context(actor, 'r', undefined, () => new Date(Date.now() + ms));
  const CLIENT: SignInClient = { device: { name: 'node', earlierToken: null }, address: 'here', deviceToken: null };

  describe('setting it up', () => {
    it('needs the password, then a code of the app; the database has neither secret nor recovery codes', async () => {
      const ada = await register();
      expect(refusal(await rest.post('/auth/second-factor/begin', {}, { token: ada.token }))).toEqual([403, 'CONFIRMATION_NEEDED']);
      expect(refusal(await rest.post('/auth/second-factor/begin', { current: NEXT }, { token: ada.token }))).toEqual([
        403,
        'WRONG_PASSWORD',
      ]);
      const { setUp, enabledAt } = (await begin(ada.token)).body;
      expect(enabledAt).toBeNull();
      expect(setUp).toMatchObject({ secret: expect.stringMatching(/^[A-Z2-7]{32}$/), qr: expect.stringMatching(/^<svg /) });
      expect((await login(ada.email)).body.token).toBeDefined(); // not on before a code has confirmed it
      expect(refusal(await confirm(ada.token, '000000'))).toEqual([403, 'WRONG_CODE']);
      const { status, body } = await confirm(ada.token, totpCode(setUp.secret));
      expect([status, new Set(body.codes).size]).toEqual([200, 10]);
      const view = (await rest.get('/auth/second-factor', { token: ada.token })).body;
      expect(view).toEqual({ offered: true, enabledAt: expect.any(String), recoveryCodes: 10, setUp: null });
      const rows = JSON.stringify([
        await prisma().authenticatorApp.findMany({ where: { userId: ada.id } }),
        await prisma().recoveryCode.findMany({ where: { userId: ada.id } }),
      ]);
      expect(rows).not.toContain(setUp.secret);
      for (const code of body.codes as string[]) expect(rows).not.toContain(code.slice(1, 5));
      expect(refusal(await begin(ada.token))).toEqual([409, 'SECOND_FACTOR_ON']);
    });

    it('signs the other devices out, and is in the owner’s mailbox and in the audit log', async () => {
      const ada = await register();
      const other = (await login(ada.email)).body.token as string;
      const { secret } = (await begin(ada.token)).body.setUp;
      expect((await confirm(ada.token, totpCode(secret))).status).toBe(200);
      expect((await rest.get('/auth/me', { token: other })).status).toBe(401);
      expect((await rest.get('/auth/me', { token: ada.token })).status).toBe(200);
      expect(await subjects(ada.email)).toContain('Two-step verification is on');
      expect((await on.audit('second-factor.enabled')).filter(({ entityId }) => entityId === String(ada.id))).toHaveLength(1);
    });

    it('belongs to the session that began it, for 15 minutes', async () => {
      const ada = await register();
      const other = (await login(ada.email)).body.token as string;
      const { secret } = (await begin(ada.token)).body.setUp;
      expect((await rest.get('/auth/second-factor', { token: other })).body.setUp).toBeNull();
      expect(refusal(await confirm(other, totpCode(secret)))).toEqual([409, 'SET_UP_ENDED']);
      const { sessionId } = await prisma().authenticatorApp.findUniqueOrThrow({ where: { userId: ada.id } });
      const me = { kind: 'user', id: ada.id, roles: ['buyer'], sessionId } as const;
      const code = totpCode(secret, 30);
      await expect(confirmSetUp(later(15 * 60_000, me), { code })).rejects.toMatchObject({ code: 'SET_UP_ENDED' });
    });

    it('of twenty confirmations at once, one turns it on', async () => {
      const ada = await register();
      const { secret } = (await begin(ada.token)).body.setUp;
      const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(ada.token, totpCode(secret))));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(await prisma().recoveryCode.count({ where: { userId: ada.id } })).toBe(10);
    });
  });

  describe('signing in', () => {
    it('the right password gets a challenge and no session; a code of the app completes it', async () => {
      const ada = await withApp();
      const first = await login(ada.email);
      expect([first.status, Object.keys(first.body).sort()]).toEqual([200, ['challenge', 'expiresAt']]);
      expect(cookieNamesOf(first)).toEqual(['assay_challenge']);
      expect(refusal(await rest.get('/auth/me', { token: first.body.challenge }))).toEqual([401, 'UNAUTHENTICATED']);
      expect(refusal(await complete(first.body.challenge, '000000'))).toEqual([403, 'WRONG_CODE']);
      const second = await complete(first.body.challenge, totpCode(ada.secret));
      expect([second.status, second.body.user.id]).toEqual([200, ada.id]);
      expect(cookieNamesOf(second)).toEqual(['assay_access', 'assay_csrf', 'assay_device', 'assay_refresh']);
      const sessions = await prisma().session.findMany({ where: { userId: ada.id, revokedAt: null }, orderBy: { createdAt: 'asc' } });
      expect(sessions.map(({ secondFactor }) => secondFactor)).toEqual(['totp', 'totp']);
      // A wrong password says no more than for any account.
      expect(refusal(await login(ada.email, NEXT))).toEqual([401, 'INVALID_CREDENTIALS']);
    });

    it('a browser completes it with the challenge of its cookie', async () => {
      const ada = await withApp();
      const first = await login(ada.email);
      const challenge = first.headers
        .getSetCookie()
        .map((header) => parseSetCookie(header))
        .find(({ name }) => name === 'assay_challenge')!;
      expect([challenge.httpOnly, challenge.value]).toEqual([true, first.body.challenge]);
      const cookie = `assay_challenge=${challenge.value}`;
      const second = await rest.post('/auth/second-factor', { code: totpCode(ada.secret) }, elsewhere({ cookie }));
      expect(second.status).toBe(200);
      expect(second.headers.getSetCookie().join()).toContain('assay_challenge=;');
    });

    it('a code is good once, also for another challenge, and an earlier one is not good after it', async () => {
      const ada = await withApp();
      const [one, two] = [await challengeFor(ada), await challengeFor(ada)];
      const code = totpCode(ada.secret, 1);
      expect((await complete(one, code)).status).toBe(200);
      expect(refusal(await complete(one, code))).toEqual([403, 'WRONG_CODE']);
      expect(refusal(await complete(two, code))).toEqual([403, 'WRONG_CODE']);
      expect(refusal(await complete(two, totpCode(ada.secret, 0)))).toEqual([403, 'WRONG_CODE']);
    });

    it('of ten uses of a code at once, one opens a session', async () => {
      const ada = await withApp();
      const challenge = await challengeFor(ada);
      const code = totpCode(ada.secret);
      const answers = await Promise.all(Array.from({ length: 10 }, () => complete(challenge, code)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 403]));
    });

    it('a challenge is for the browser that signed in, for five minutes, and for the password of that moment', async () => {
      const ada = await withApp();
      const challenge = await challengeFor(ada);
      const code = totpCode(ada.secret);
      const ended = [401, 'SIGN_IN_CHALLENGE_ENDED'];
      expect(refusal(await complete(challenge, code, elsewhere({ 'user-agent': 'another browser' })))).toEqual(ended);
      expect(refusal(await complete(`${challenge}x`, code))).toEqual(ended);
      expect(refusal(await rest.post('/auth/second-factor', { code }, elsewhere()))).toEqual(ended);
      expect(refusal(await rest.post('/auth/second-factor', { code, challenge: ada.token }, elsewhere()))).toEqual(ended);
      const late = completeSignIn(later(5 * 60_000), { challenge, code: totpCode(ada.secret, 10), ...CLIENT });
      await expect(late).rejects.toMatchObject({ code: 'SIGN_IN_CHALLENGE_ENDED' });
      expect((await rest.post('/auth/password', { password: NEXT, current: PASSWORD }, { token: ada.token })).status).toBe(204);
      expect(refusal(await complete(challenge, code))).toEqual(ended);
    });

    it('ten wrong codes from one address are followed by a wait, for that address; thirty from all by one for all', async () => {
      const ada = await withApp();
      const challenge = await challengeFor(ada);
      const from = { headers: { 'x-forwarded-for': '203.0.113.77' } };
      for (let i = 0; i < 10; i++) expect(refusal(await complete(challenge, '000000', from))).toEqual([403, 'WRONG_CODE']);
      expect(refusal(await complete(challenge, totpCode(ada.secret), from))).toEqual([429, 'ACCOUNT_LOCKED']);
      const second = await complete(challenge, totpCode(ada.secret));
      expect(second.status).toBe(200);
      const again = await challengeFor(ada);
      for (let i = 0; i < 20; i++) expect(refusal(await complete(again, '000000'))).toEqual([403, 'WRONG_CODE']);
      expect(refusal(await complete(again, totpCode(ada.secret, 1)))).toEqual([429, 'ACCOUNT_LOCKED']);
      // The browser that has signed in is counted by itself.
      const device = second.headers
        .getSetCookie()
        .map((header) => parseSetCookie(header))
        .find(({ name }) => name === 'assay_device')!;
      const known = elsewhere({ cookie: `assay_device=${device.value}` });
      expect((await complete(again, totpCode(ada.secret, 1), known)).status).toBe(200);
    });

    it('a wallet is one factor: the code is asked for after it', async () => {
      const ada = await register();
      const wallet = privateKeyToAccount(generatePrivateKey());
      const signed = async (purpose: string, token?: string) => {
        const input = { address: wallet.address, chainId: 1, purpose };
        const { message } = (await rest.post('/auth/wallet/nonce', input, token ? { token } : {})).body;
        return { message, signature: await wallet.signMessage({ message }) };
      };
      const link = { ...(await signed('link', ada.token)), current: PASSWORD };
      expect((await rest.post('/auth/wallets', link, { token: ada.token })).status).toBe(201);
      const { secret } = (await begin(ada.token)).body.setUp;
      expect((await confirm(ada.token, totpCode(secret, -1))).status).toBe(200);
      const first = await rest.post('/auth/wallet/verify', await signed('sign-in'));
      expect(Object.keys(first.body).sort()).toEqual(['challenge', 'expiresAt']);
      expect((await complete(first.body.challenge, totpCode(secret))).body.user.id).toBe(ada.id);
      const second = await rest.post('/auth/wallet/verify', await signed('sign-in'));
      expect((await rest.post(`/auth/wallets/${wallet.address}/unlink`, { current: PASSWORD }, { token: ada.token })).status).toBe(204);
      expect(refusal(await complete(second.body.challenge, totpCode(secret, 1)))).toEqual([401, 'SIGN_IN_CHALLENGE_ENDED']);
    });
  });

  describe('recovery codes', () => {
    it('each signs in once, in place of the app, and the owner hears of it', async () => {
      const ada = await withApp();
      const [code, next] = ada.codes as [string, string];
      const answer = await complete(await challengeFor(ada), code.toUpperCase());
      expect([answer.status, answer.body.user?.id]).toEqual([200, ada.id]);
      expect(refusal(await complete(await challengeFor(ada), code))).toEqual([403, 'WRONG_CODE']);
      expect((await complete(await challengeFor(ada), next)).status).toBe(200);
      expect((await rest.get('/auth/second-factor', { token: ada.token })).body.recoveryCodes).toBe(8);
      expect((await subjects(ada.email)).filter((subject) => subject === 'A recovery code was used')).toHaveLength(2);
      expect((await on.audit('recovery-code.used')).filter(({ entityId }) => entityId === String(ada.id))).toHaveLength(2);
      const factors = (await prisma().session.findMany({ where: { userId: ada.id } })).map(({ secondFactor }) => secondFactor);
      expect(factors.filter((factor) => factor === 'recovery-code')).toHaveLength(2);
    });

    it('of ten uses of one at once, one opens a session; another person’s is worth nothing', async () => {
      const [ada, ben] = [await withApp(), await withApp()];
      const challenge = await challengeFor(ada);
      const answers = await Promise.all(Array.from({ length: 10 }, () => complete(challenge, ada.codes[3]!)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(refusal(await complete(challenge, ben.codes[4]!))).toEqual([403, 'WRONG_CODE']);
    });

    it('new ones need the password and take the place of all before', async () => {
      const ada = await withApp();
      expect(refusal(await rest.post('/auth/second-factor/recovery-codes', {}, { token: ada.token }))).toEqual([
        403,
        'CONFIRMATION_NEEDED',
      ]);
      const { body } = await rest.post('/auth/second-factor/recovery-codes', { current: PASSWORD }, { token: ada.token });
      expect(refusal(await complete(await challengeFor(ada), ada.codes[0]!))).toEqual([403, 'WRONG_CODE']);
      expect((await complete(await challengeFor(ada), body.codes[0])).status).toBe(200);
      expect(await subjects(ada.email)).toContain('You have new recovery codes');
    });
  });

  describe('a password that is set anew by a link', () => {
    async function reset(email: string) {
      await rest.post('/auth/password/reset', { email }, elsewhere());
      await runTasks(api.container, 'password-reset.send');
      const letters = await on.emailsTo(email);
      const token = letters.map(({ textBody }) => /\/reset\/([\w-]{32})/.exec(textBody)?.[1]).findLast(Boolean);
      expect((await rest.post('/auth/password/reset/confirm', { token, password: NEXT })).status).toBe(204);
    }

    it('does not go round the second factor', async () => {
      const ada = await withApp();
      await reset(ada.email);
      const first = await login(ada.email, NEXT);
      expect(Object.keys(first.body).sort()).toEqual(['challenge', 'expiresAt']);
      expect((await complete(first.body.challenge, totpCode(ada.secret))).status).toBe(200);
    });

    it('takes away the app of another person who only named the address', async () => {
      const email = newEmail();
      const { body } = await rest.post('/auth/register', { email, password: PASSWORD, fullName: 'Not Ada' });
      const { secret } = (await begin(body.token)).body.setUp;
      expect((await confirm(body.token, totpCode(secret))).status).toBe(200);
      await reset(email);
      expect((await login(email, NEXT)).body.user.id).toBe(body.user.id);
    });
  });

  describe('turning it off', () => {
    it('needs the password; the owner hears of it, and no session counts as opened with a second factor', async () => {
      const ada = await withApp();
      expect(refusal(await rest.post('/auth/second-factor/disable', {}, { token: ada.token }))).toEqual([403, 'CONFIRMATION_NEEDED']);
      expect((await rest.post('/auth/second-factor/disable', { current: PASSWORD }, { token: ada.token })).status).toBe(204);
      expect((await login(ada.email)).body.user.id).toBe(ada.id);
      expect(await prisma().session.count({ where: { userId: ada.id, secondFactor: { not: null } } })).toBe(0);
      expect(await prisma().recoveryCode.count({ where: { userId: ada.id } })).toBe(0);
      expect(await subjects(ada.email)).toContain('Two-step verification is off');
      expect((await on.audit('second-factor.disabled')).filter(({ entityId }) => entityId === String(ada.id))).toHaveLength(1);
      const off = [409, 'SECOND_FACTOR_OFF'];
      expect(refusal(await rest.post('/auth/second-factor/disable', { current: PASSWORD }, { token: ada.token }))).toEqual(off);
      expect(refusal(await rest.post('/auth/second-factor/recovery-codes', { current: PASSWORD }, { token: ada.token }))).toEqual(off);
    });

    it('an operator does it by command for an owner who has lost everything: sessions end, and it is audited', async () => {
      const ada = await withApp();
      const admin = later(0, { kind: 'user', id: ada.id + 1_000_000, roles: ['admin'], sessionId: '' });
      await expect(resetSecondFactor(admin, { email: ada.email })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await resetSecondFactor(on.system(), { email: ada.email });
      expect((await rest.get('/auth/me', { token: ada.token })).status).toBe(401);
      expect((await login(ada.email)).body.user.id).toBe(ada.id);
      expect(await subjects(ada.email)).toContain('Two-step verification was reset');
      expect((await on.audit('second-factor.reset')).filter(({ entityId }) => entityId === String(ada.id))).toHaveLength(1);
    });
  });

  it('secrets that an older key sealed are sealed anew, and those of a lost key are counted', async () => {
    const ada = await withApp();
    const row = () => prisma().authenticatorApp.findUniqueOrThrow({ where: { userId: ada.id } });
    const before = await row();
    const { seal } = api.container.context({ kind: 'system', name: 'test' }, 'r').pure.secondFactor;
    const older: Context = on.system();
    const rotated = {
      ...older,
      pure: { ...older.pure, secondFactor: { ...older.pure.secondFactor, seal: { ...seal!, keyId: 'next', seal: () => 'sealed anew' } } },
    };
    expect((await resealAuthenticatorApps(rotated)).resealed).toBeGreaterThan(0);
    expect(await row()).toMatchObject({ sealed: 'sealed anew', keyId: 'next', lastStep: before.lastStep });
    expect((await resealAuthenticatorApps(older)).unreadable).toBeGreaterThan(0);
    await prisma().authenticatorApp.deleteMany({ where: { keyId: 'next' } });
  });

  it('a hundred secrets that no key reads, before the others, do not keep these from being sealed anew', async () => {
    const people = await Promise.all(Array.from({ length: 101 }, () => createPerson(db.database)));
    const lost = { sealed: 'lost', keyId: 'lost', sessionId: 'x', createdAt: new Date(), enabledAt: null, lastStep: 0 };
    await prisma().authenticatorApp.createMany({ data: people.map(({ id: userId }) => ({ userId, ...lost })) });
    const ada = await withApp();
    await prisma().authenticatorApp.deleteMany({ where: { userId: { lt: people[0]!.id } } });
    const system = on.system();
    const { seal } = system.pure.secondFactor;
    const rotated: Context = {
      ...system,
      pure: { ...system.pure, secondFactor: { ...system.pure.secondFactor, seal: { ...seal!, keyId: 'next', seal: () => 'sealed anew' } } },
    };
    expect(await resealAuthenticatorApps(rotated)).toEqual({ resealed: 1, unreadable: 101 });
    expect(await prisma().authenticatorApp.findUnique({ where: { userId: ada.id } })).toMatchObject({ keyId: 'next' });
    await prisma().authenticatorApp.deleteMany({ where: { keyId: { in: ['next', 'lost'] } } });
  });
});

onEachEngine('the second factor of admins and operators', (engine) => {
  const on = useOnboarding(engine, () => ({ REQUIRE_SECOND_FACTOR: 'admin' }));
  const { rest, db, api } = on;
  const refusal = ({ status, body }: Answer) => [status, body?.code] as const;
  const REQUIRED = [403, 'SECOND_FACTOR_REQUIRED'];

  async function admin(role: 'admin' | 'ops' = 'admin') {
    const email = newEmail();
    const { body } = await rest.post('/auth/register', { email, password: PASSWORD, fullName: 'Ada Admin' });
    await rest.post('/verification/email/confirm', { token: await on.linkTo(email) });
    await grantRole(on.system(), { email, role });
    const { token } = (await rest.post('/auth/login', { email, password: PASSWORD })).body;
    return { id: body.user.id as number, email, token: token as string };
  }
  const find = (token: string) => rest.get('/accounts?q=1', { token });
  async function turnOn(token: string): Promise<string> {
    const { secret } = (await rest.post('/auth/second-factor/begin', { current: PASSWORD }, { token })).body.setUp;
    expect((await rest.post('/auth/second-factor/confirm', { code: totpCode(secret, -1) }, { token })).status).toBe(200);
    return secret as string;
  }

  it('is asked for by every operation of theirs, over REST and tRPC, where the session has none', async () => {
    const { token } = await admin();
    const refusals = new Set<string>();
    for (const [name, operation] of OPERATIONS.filter(([, { as }]) => as === 'admin' || as === 'operator')) {
      const input = sampleOf(operation.input) as object | undefined;
      const answers = [
        ...(operation.only === null ? [await overTrpc(api, name, operation.kind, input, token)] : []),
        ...(await Promise.all(operation.rest.map((address) => overRest(api, address, input ?? {}, token)))),
      ];
      for (const { status, code } of answers) refusals.add(`${status} ${code}`);
    }
    expect([...refusals]).toEqual(['403 SECOND_FACTOR_REQUIRED']);
  });

  it('is enough once it is set up in the session, and in each that is opened with it', async () => {
    const ada = await admin();
    expect(refusal(await find(ada.token))).toEqual(REQUIRED);
    expect((await rest.get('/auth/me', { token: ada.token })).body.roles).toContain('admin'); // the page knows what to offer
    const secret = await turnOn(ada.token);
    expect((await find(ada.token)).status).toBe(200);
    const { challenge } = (await rest.post('/auth/login', { email: ada.email, password: PASSWORD })).body;
    const { token } = (await rest.post('/auth/second-factor', { challenge, code: totpCode(secret) })).body;
    expect((await find(token)).status).toBe(200);
    expect((await rest.post('/auth/second-factor/disable', { current: PASSWORD }, { token })).status).toBe(204);
    for (const one of [token, ada.token]) expect(refusal(await find(one))).toEqual(REQUIRED);
  });

  it('a wallet is none', async () => {
    const wallet = privateKeyToAccount(generatePrivateKey());
    const { message } = (await rest.post('/auth/wallet/nonce', { address: wallet.address, chainId: 1 })).body;
    const signed = { message, signature: await wallet.signMessage({ message }) };
    const { user, token } = (await rest.post('/auth/wallet/verify', signed)).body;
    await db.database.prisma.userRole.createMany({ data: [{ userId: user.id, role: 'admin' }] });
    expect(refusal(await find(token))).toEqual(REQUIRED);
  });

  it('other people need none, and neither do admins for what is their own', async () => {
    const ben = await on.newSeller();
    expect((await rest.get('/listings/mine', { token: ben.token })).status).toBe(200);
    expect(refusal(await find(ben.token))).toEqual([403, 'FORBIDDEN']);
    const ada = await admin('ops');
    expect((await rest.get('/orders', { token: ada.token })).status).toBe(200);
  });
});

onEachEngine('admins where no second factor is required', (engine) => {
  const { db, rest, as } = useOnboarding(engine);
  it('have their rights with one', async () => {
    const ada = await createPerson(db.database, ['admin']);
    expect((await rest.get('/accounts?q=1', as(ada))).status).toBe(200);
  });
});

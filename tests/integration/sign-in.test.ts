import { createHash } from 'node:crypto';
import { LOCK_AFTER_FAILURES } from '@assay/core';
import { createPerson, onEachEngine, type Answer } from '@assay/testing';
import { parseSetCookie } from 'cookie';
import { describe, expect, it } from 'vitest';
import { useOnboarding } from './lib-onboarding.ts';

const PASSWORD = 'a long passphrase';
const WRONG = 'not this passphrase';
const DAY_MS = 24 * 3_600_000;
let serial = 0;
const newEmail = () => `person-${++serial}-${Date.now().toString(36)}@example.com`;

const deviceCookie = (answer: Answer) =>
  answer.headers
    .getSetCookie()
    .map((header) => parseSetCookie(header))
    .find(({ name }) => name === 'assay_device')!;

onEachEngine('signing in', (engine) => {
  const on = useOnboarding(engine);
  const { rest, db, as } = on;
  const register = (email: string, password = PASSWORD) => rest.post('/auth/register', { email, password, fullName: 'Ada Byron' });
  const from = (address: string, cookie?: string) => ({ headers: { 'x-forwarded-for': address, ...(cookie ? { cookie } : {}) } });
  const login = (email: string, password: string, options: object = {}) => rest.post('/auth/login', { email, password }, options);
  /** What a sign-in says, but for the id of the request. */
  const said = ({ status, body }: Answer) => {
    const { requestId: _id, instance: _instance, ...answer } = body as Record<string, unknown>;
    return { status, ...answer };
  };

  describe('with wrong passwords', () => {
    it('of sixty guesses at once, ten are judged', async () => {
      const email = newEmail();
      await register(email);
      const answers = await Promise.all(Array.from({ length: 60 }, () => login(email, WRONG, from('203.0.113.1'))));
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(LOCK_AFTER_FAILURES);
      expect(answers.filter(({ body }) => body.code === 'ACCOUNT_LOCKED')).toHaveLength(60 - LOCK_AFTER_FAILURES);
    });

    it('one address locks out itself, not the owner elsewhere', async () => {
      const email = newEmail();
      await register(email);
      for (let i = 0; i < LOCK_AFTER_FAILURES; i++) expect((await login(email, WRONG, from('203.0.113.2'))).status).toBe(401);
      const locked = await login(email, PASSWORD, from('203.0.113.2'));
      expect([locked.status, locked.body.code]).toEqual([429, 'ACCOUNT_LOCKED']);
      expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800);
      expect((await login(email, PASSWORD, from('203.0.113.3'))).status).toBe(200);
      await db.database.prisma.attemptCounter.updateMany({ where: {}, data: { expiresAt: new Date(Date.now() - 1) } });
      expect((await login(email, PASSWORD, from('203.0.113.2'))).status).toBe(200);
    });

    it('many addresses together lock out browsers that the account does not know, and no other', async () => {
      const email = newEmail();
      const { value, httpOnly } = deviceCookie(await register(email));
      expect(httpOnly).toBe(true);
      expect((await login(email, WRONG, from('198.51.100.1'))).status).toBe(401);
      // As if 99 more had failed, each from an address of its own.
      const keyHash = createHash('sha256').update(`sign-in:${email}`).digest('hex');
      const { count } = await db.database.prisma.attemptCounter.updateMany({ where: { keyHash, attempts: 1 }, data: { attempts: 100 } });
      expect(count).toBe(1);
      expect((await login(email, PASSWORD, from('203.0.113.4'))).body.code).toBe('ACCOUNT_LOCKED');
      expect((await login(email, PASSWORD, from('203.0.113.4', `assay_device=${value}`))).status).toBe(200);
      // Its own failures count.
      for (let i = 0; i < LOCK_AFTER_FAILURES; i++) await login(email, WRONG, from('203.0.113.4', `assay_device=${value}`));
      expect((await login(email, PASSWORD, from('203.0.113.5', `assay_device=${value}`))).body.code).toBe('ACCOUNT_LOCKED');
      // For another account the cookie is worth nothing.
      const other = newEmail();
      await register(other);
      for (let i = 0; i < LOCK_AFTER_FAILURES; i++) await login(other, WRONG, from('203.0.113.6', `assay_device=${value}`));
      expect((await login(other, PASSWORD, from('203.0.113.6'))).body.code).toBe('ACCOUNT_LOCKED');
    });

    it('an e-mail without an account gets the same answers as one with an account', async () => {
      const [known, unknown] = [newEmail(), newEmail()];
      await register(known);
      for (let i = 0; i <= LOCK_AFTER_FAILURES; i++) {
        const [one, two] = [await login(known, WRONG, from('203.0.113.7')), await login(unknown, WRONG, from('203.0.113.7'))];
        expect(said(two)).toEqual(said(one));
        expect(one.status).toBe(i < LOCK_AFTER_FAILURES ? 401 : 429);
      }
    });

    it('a right password forgets the wrong ones before it', async () => {
      const email = newEmail();
      await register(email);
      for (let round = 0; round < 2; round++) {
        for (let i = 0; i < LOCK_AFTER_FAILURES - 1; i++) await login(email, WRONG);
        expect((await login(email, PASSWORD)).status).toBe(200);
      }
    });
  });

  describe('with an address that another account has', () => {
    const verification = async (token: string) => (await rest.get('/verification', { token })).body.email as { state: string };
    const confirm = (token: string) => rest.post('/verification/email/confirm', { token });
    const lettersTo = async (email: string) => (await on.emailsTo(email)).map(({ subject }) => subject);
    /** The last mails are older than the pause between two. */
    const later = (email: string) =>
      db.database.prisma.emailVerification.updateMany({ where: { email }, data: { createdAt: new Date(Date.now() - 120_000) } });
    async function confirmed(email: string) {
      const { body } = await register(email);
      expect((await confirm(await on.linkTo(email))).status).toBe(204);
      await later(email);
      return body.user.id as number;
    }

    it('registering answers as for a free one, and the e-mail explains', async () => {
      const [taken, free] = [newEmail(), newEmail()];
      const owner = await confirmed(taken);
      const [one, two] = [await register(taken, 'another passphrase'), await register(free, 'another passphrase')];
      const shape = ({ status, body, headers }: Answer) => ({
        status,
        user: { ...body.user, id: 0, email: '', createdAt: '' },
        cookies: headers.getSetCookie().map((cookie) => cookie.split('=')[0]),
      });
      expect(shape(one)).toEqual(shape(two));
      expect(one.body.user.id).not.toBe(owner);
      expect((await verification(one.body.token)).state).toBe('pending');
      expect((await verification(two.body.token)).state).toBe('pending');
      expect(await lettersTo(taken)).toEqual(['Confirm your e-mail address', 'You already have an account']);
      expect((await on.emailsTo(taken)).at(-1)!.textBody).not.toContain('confirm-email');
      // Both sign in, each by its own password.
      expect((await login(taken, 'another passphrase')).body.user.id).toBe(one.body.user.id);
      expect((await login(taken, PASSWORD)).body.user.id).toBe(owner);
      await later(taken);
      await later(free);
      expect((await rest.post('/verification/email', undefined, { token: one.body.token })).status).toBe(204);
      expect((await rest.post('/verification/email', undefined, { token: two.body.token })).status).toBe(204);
    });

    it('two registrations reveal nothing of an account that has it', async () => {
      const [taken, free] = [newEmail(), newEmail()];
      await confirmed(taken);
      const outcome = async (email: string) => {
        await register(email, 'first passphrase');
        await register(email, 'second passphrase');
        return Promise.all(['first', 'second'].map(async (which) => (await login(email, `${which} passphrase`)).status));
      };
      expect(await outcome(taken)).toEqual(await outcome(free));
    });

    it('adding it to an account answers as for a free one', async () => {
      const taken = newEmail();
      const owner = await confirmed(taken);
      for (const email of [taken, newEmail()]) {
        const person = as(await createPerson(db.database));
        expect((await rest.post('/auth/password', { email, password: 'another passphrase' }, person)).status).toBe(204);
        expect((await rest.get('/auth/me', person)).body.email).toBe(email);
        expect((await verification(person.token)).state).toBe('pending');
      }
      expect(await lettersTo(taken)).toContain('You already have an account');
      expect((await login(taken, PASSWORD)).body.user.id).toBe(owner);
    });

    it('the one who proves it has it: an account that only named it loses it', async () => {
      const email = newEmail();
      const first = (await register(email, 'the first passphrase')).body;
      await later(email);
      const owner = (await register(email, PASSWORD)).body;
      expect((await confirm(await on.linkTo(email))).status).toBe(204);
      expect((await rest.get('/auth/me', { token: owner.token })).body.email).toBe(email);
      expect((await verification(owner.token)).state).toBe('verified');
      expect((await rest.get('/auth/me', { token: first.token })).body.email).toBeNull();
      expect((await login(email, 'the first passphrase')).status).toBe(401);
      expect((await login(email, PASSWORD)).body.user.id).toBe(owner.user.id);
      expect((await on.audit('email.lost'))[0]).toMatchObject({ entityId: String(first.user.id) });
    });

    it('an account that has had it for a day keeps its sign-in, also when others register', async () => {
      const email = newEmail();
      const { user } = (await register(email)).body;
      await db.database.prisma.user.updateMany({ where: { id: user.id }, data: { createdAt: new Date(Date.now() - 2 * DAY_MS) } });
      await register(email, 'second passphrase');
      await register(email, 'third passphrase');
      expect((await login(email, PASSWORD)).body.user.id).toBe(user.id);
    });

    it('two that prove it at once: one has it', async () => {
      const email = newEmail();
      const tokens = [];
      for (let i = 0; i < 4; i++) {
        await register(email, `${PASSWORD} ${i}`);
        tokens.push(await on.linkTo(email));
        await later(email);
      }
      const statuses = (await Promise.all(tokens.map(confirm))).map(({ status }) => status);
      expect(statuses.toSorted((a, b) => a - b)).toEqual([204, 422, 422, 422]);
      expect(await db.database.prisma.user.count({ where: { email } })).toBe(1);
    });
  });

  describe('mail', () => {
    it('an address gets one link a minute and five a day, for all accounts together', async () => {
      const email = newEmail();
      await Promise.all(Array.from({ length: 10 }, () => register(email)));
      expect(await on.emailsTo(email)).toHaveLength(1);
      for (let i = 0; i < 8; i++) {
        await db.database.prisma.emailVerification.updateMany({ where: { email }, data: { createdAt: new Date(Date.now() - 120_000) } });
        await register(email);
      }
      expect(await on.emailsTo(email)).toHaveLength(5);
    });

    it('an account that sets and removes addresses sends one link a minute', async () => {
      const person = await createPerson(db.database);
      const [one, two] = [newEmail(), newEmail()];
      for (const email of [one, two, one, two]) {
        expect((await rest.post('/auth/password', { email, password: PASSWORD }, as(person))).status).toBe(204);
        // As if it were removed again, with the signature of a wallet.
        await db.database.prisma.user.updateMany({ where: { id: person.id }, data: { email: null, passwordHash: null } });
      }
      expect(await on.emailsTo(one)).toHaveLength(1);
      expect(await on.emailsTo(two)).toHaveLength(0);
    });

    it('to an address that is not proved has nothing in it that its account’s owner typed', async () => {
      const email = newEmail();
      const fullName = 'your account will be closed, see evil.example';
      await rest.post('/auth/register', { email, password: PASSWORD, fullName });
      const [letter] = await on.emailsTo(email);
      expect(JSON.stringify(letter)).not.toMatch(/closed|evil/);
    });
  });
});

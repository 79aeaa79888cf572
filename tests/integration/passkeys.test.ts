import { addPasskey, lockDemoAccounts, resetSecondFactor, signInWithPasskey, type Actor, type Context } from '@assay/core';
import { createPerson, onEachEngine, runTasks, useProduct, type Answer } from '@assay/testing';
import { describe, expect, it } from 'vitest';
import { useOnboarding } from './lib-onboarding.ts';
import { newPasskey } from './lib-passkey.ts';

const PASSWORD = 'a long passphrase';
const ORIGIN = 'https://shop.example';
let serial = 0;
const newEmail = () => `passkey-${++serial}-${Date.now().toString(36)}@example.com`;
type Passkey = ReturnType<typeof newPasskey>;

onEachEngine('passkeys', (engine) => {
  const on = useOnboarding(engine, () => ({ PUBLIC_URL: ORIGIN, REQUIRE_SECOND_FACTOR: 'admin' }));
  const { rest, db, api } = on;
  const prisma = () => db.database.prisma;
  const refusal = ({ status, body }: Answer) => [status, body?.code] as const;
  const INVALID = [422, 'PASSKEY_INVALID'];

  async function register() {
    const email = newEmail();
    const { body } = await rest.post('/auth/register', { email, password: PASSWORD, fullName: 'Ada Byron' });
    expect((await rest.post('/verification/email/confirm', { token: await on.linkTo(email) })).status).toBe(204);
    return { email, id: body.user.id as number, token: body.token as string };
  }
  const begin = (token: string, proof: object = { current: PASSWORD }) => rest.post('/auth/passkeys/begin', proof, { token });
  const optionsFor = async (token: string) => (await begin(token)).body.options;
  const add = (token: string, passkey: object, name = 'Laptop') => rest.post('/auth/passkeys', { name, passkey }, { token });
  async function withPasskey() {
    const ada = await register();
    const passkey = newPasskey(ORIGIN);
    const answer = await add(ada.token, passkey.create(await optionsFor(ada.token)));
    expect(answer.status).toBe(201);
    return { ...ada, passkey, passkeyId: answer.body.id as number };
  }
  const signInOptions = async () => (await rest.post('/auth/passkey/options', {})).body.options;
  const verify = (proof: object) => rest.post('/auth/passkey/verify', proof);
  const signIn = async (passkey: Passkey, wrong: Parameters<Passkey['sign']>[1] = {}) => verify(passkey.sign(await signInOptions(), wrong));
  const subjects = async (email: string) => (await on.emailsTo(email)).map(({ subject }) => subject);
  const later = (ms: number, actor: Actor = { kind: 'anonymous' }): Context => ({
    ...api.container.context(actor, 'r', undefined, () => new Date(Date.now() + ms)),
    origin: ORIGIN,
  });

  describe('adding one', () => {
    it('needs the owner’s proof, and what the browser is asked for is a passkey that verifies the person', async () => {
      const ada = await register();
      expect(refusal(await begin(ada.token, {}))).toEqual([403, 'CONFIRMATION_NEEDED']);
      expect(refusal(await begin(ada.token, { current: 'not this one' }))).toEqual([403, 'WRONG_PASSWORD']);
      const options = await optionsFor(ada.token);
      expect(options).toMatchObject({
        rp: { id: 'shop.example' },
        attestation: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      const answer = await add(ada.token, newPasskey(ORIGIN).create(options), 'Work laptop');
      expect(answer.body).toMatchObject({ name: 'Work laptop', lastUsedAt: null });
      expect((await rest.get('/auth/passkeys', { token: ada.token })).body.items).toEqual([answer.body]);
      expect(await subjects(ada.email)).toContain('A passkey was added to your account');
      expect((await on.audit('passkey.added')).filter(({ entityId }) => entityId === String(ada.id))).toHaveLength(1);
    });

    it('a challenge is for its session, once, for five minutes', async () => {
      const [ada, ben] = [await register(), await register()];
      const options = await optionsFor(ada.token);
      expect(refusal(await add(ben.token, newPasskey(ORIGIN).create(options)))).toEqual(INVALID);
      expect(refusal(await add(ada.token, newPasskey(ORIGIN).create({ ...options, challenge: 'bm90IG91cnM' })))).toEqual(INVALID);
      expect(
        refusal(await add(ada.token, newPasskey(ORIGIN).create({ ...options, challenge: (await signInOptions()).challenge }))),
      ).toEqual(INVALID);
      const [session] = await prisma().session.findMany({ where: { userId: ada.id } });
      const me = { kind: 'user', id: ada.id, roles: ['buyer'], sessionId: session!.id } as const;
      const late = addPasskey(later(5 * 60_000, me), { name: 'Late', passkey: newPasskey(ORIGIN).create(options) });
      await expect(late).rejects.toMatchObject({ code: 'PASSKEY_INVALID' });
      const answers = await Promise.all(Array.from({ length: 8 }, () => add(ada.token, newPasskey(ORIGIN).create(options))));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    });

    it.each([
      ['for another site', { origin: 'https://evil.example' }],
      ['for another host', { rpId: 'evil.example' }],
      ['without verifying the person', { verified: false }],
    ])('one made %s is refused', async (_how, wrong) => {
      const ada = await register();
      expect(refusal(await add(ada.token, newPasskey(ORIGIN).create(await optionsFor(ada.token), wrong)))).toEqual(INVALID);
    });

    it('one is on one account only, and an account has ten', async () => {
      const [ada, ben] = [await withPasskey(), await register()];
      expect(refusal(await add(ben.token, ada.passkey.create(await optionsFor(ben.token))))).toEqual([409, 'PASSKEY_TAKEN']);
      expect((await optionsFor(ada.token)).excludeCredentials).toMatchObject([{ id: ada.passkey.id, transports: ['internal'] }]);
      const [row] = await prisma().passkey.findMany({ where: { userId: ada.id } });
      const { id: _id, ...copy } = row!;
      await prisma().passkey.createMany({ data: Array.from({ length: 9 }, (_, i) => ({ ...copy, credentialHash: `${i}-${ada.id}` })) });
      expect(refusal(await begin(ada.token))).toEqual([409, 'PASSKEY_LIMIT']);
    });
  });

  describe('signing in with one', () => {
    it('opens a session with both factors, also where the account asks for a code after the password', async () => {
      const ada = await withPasskey();
      await prisma().authenticatorApp.createMany({
        data: [{ userId: ada.id, sealed: 's', keyId: 'k', sessionId: 's', createdAt: new Date(), enabledAt: new Date(), lastStep: 0 }],
      });
      expect((await rest.post('/auth/login', { email: ada.email, password: PASSWORD })).body.challenge).toBeDefined();
      const answer = await signIn(ada.passkey);
      expect([answer.status, answer.body.user?.id]).toEqual([200, ada.id]);
      expect(await prisma().session.count({ where: { userId: ada.id, secondFactor: 'passkey', revokedAt: null } })).toBe(2);
      const [{ lastUsedAt }] = (await rest.get('/auth/passkeys', { token: ada.token })).body.items;
      expect(lastUsedAt).not.toBeNull();
      await prisma().authenticatorApp.deleteMany({ where: { userId: ada.id } });
    });

    it('a challenge is good once, of many uses at once too, and for five minutes', async () => {
      const ada = await withPasskey();
      const proof = ada.passkey.sign(await signInOptions());
      const late = signInWithPasskey(later(5 * 60_000), { ...proof, device: { name: null, earlierToken: null } });
      await expect(late).rejects.toMatchObject({ code: 'PASSKEY_INVALID' });
      const answers = await Promise.all(Array.from({ length: 12 }, () => verify(proof)));
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, ...Array.from({ length: 11 }, () => 422)]);
      expect(refusal(await verify(ada.passkey.sign(await optionsFor(ada.token))))).toEqual(INVALID); // one for adding
    });

    it.each([
      ['for another site', { origin: 'https://evil.example' }],
      ['for another host', { rpId: 'evil.example' }],
      ['without verifying the person', { verified: false }],
      ['with a counter that goes back, as a copy’s would', { counter: 1 }],
      ['for another account', { userHandle: Buffer.from('1').toString('base64url') }],
    ])('a signature %s is refused', async (_how, wrong) => {
      const ada = await withPasskey();
      expect((await signIn(ada.passkey)).status).toBe(200);
      expect(refusal(await signIn(ada.passkey, wrong))).toEqual(INVALID);
    });

    it('a key that no account has, or another key under a known id, signs in nowhere', async () => {
      const [ada, stranger] = [await withPasskey(), newPasskey(ORIGIN)];
      expect(refusal(await signIn(stranger, { userHandle: 'MQ' }))).toEqual([422, 'PASSKEY_UNKNOWN']);
      const proof = stranger.sign(await signInOptions(), { userHandle: Buffer.from(String(ada.id)).toString('base64url') });
      expect(refusal(await verify({ ...proof, id: ada.passkey.id, rawId: ada.passkey.id }))).toEqual(INVALID);
    });

    it('a disabled account stays shut', async () => {
      const ada = await withPasskey();
      await prisma().user.updateMany({ where: { id: ada.id }, data: { disabledAt: new Date() } });
      expect(refusal(await signIn(ada.passkey))).toEqual([403, 'ACCOUNT_DISABLED']);
    });
  });

  it('removing one needs the owner’s proof, signs the other devices out, and the passkey signs in no more', async () => {
    const [ada, ben] = [await withPasskey(), await withPasskey()];
    const other = (await signIn(ada.passkey)).body.token as string;
    const remove = (of: number, body: object, token = ada.token) => rest.post(`/auth/passkeys/${of}/remove`, body, { token });
    expect(refusal(await remove(ada.passkeyId, {}))).toEqual([403, 'CONFIRMATION_NEEDED']);
    expect(refusal(await remove(ben.passkeyId, { current: PASSWORD }))).toEqual([404, 'PASSKEY_NOT_FOUND']);
    expect((await remove(ada.passkeyId, { current: PASSWORD })).status).toBe(204);
    expect((await rest.get('/auth/me', { token: other })).status).toBe(401);
    expect(refusal(await signIn(ada.passkey))).toEqual([422, 'PASSKEY_UNKNOWN']);
    expect(await prisma().session.count({ where: { userId: ada.id, secondFactor: { not: null }, revokedAt: null } })).toBe(0);
    expect(await subjects(ada.email)).toContain('A passkey was removed from your account');
  });

  it('an admin has the rights of the role with one, and adds or removes factors only in such a session', async () => {
    const ada = await register();
    await prisma().userRole.createMany({ data: [{ userId: ada.id, role: 'admin' }] });
    const open = async () => (await rest.post('/auth/login', { email: ada.email, password: PASSWORD })).body.token as string;
    const find = (token: string) => rest.get('/accounts?q=1', { token });
    const [first, byPassword] = [await open(), await open()];
    expect(refusal(await find(first))).toEqual([403, 'SECOND_FACTOR_REQUIRED']);
    const passkey = newPasskey(ORIGIN);
    const { body } = await add(first, passkey.create(await optionsFor(first)));
    expect((await find(first)).status).toBe(200);
    const required = [403, 'SECOND_FACTOR_REQUIRED'];
    expect(refusal(await find(byPassword))).toEqual(required);
    expect(refusal(await begin(byPassword))).toEqual(required);
    expect(refusal(await rest.post('/auth/second-factor/begin', { current: PASSWORD }, { token: byPassword }))).toEqual(required);
    expect(refusal(await rest.post(`/auth/passkeys/${body.id}/remove`, { current: PASSWORD }, { token: byPassword }))).toEqual(required);
    expect((await find((await signIn(passkey)).body.token)).status).toBe(200);
  });

  it('the command of operators removes it, and so does a new password for an address that another person only named', async () => {
    const ada = await withPasskey();
    await resetSecondFactor(on.system(), { email: ada.email });
    expect(refusal(await signIn(ada.passkey))).toEqual([422, 'PASSKEY_UNKNOWN']);

    const email = newEmail();
    const { token } = (await rest.post('/auth/register', { email, password: PASSWORD, fullName: 'Not Ada' })).body;
    const theirs = newPasskey(ORIGIN);
    expect((await add(token, theirs.create(await optionsFor(token)))).status).toBe(201);
    await rest.post('/auth/password/reset', { email });
    await runTasks(api.container, 'password-reset.send');
    const link = (await on.emailsTo(email)).map(({ textBody }) => /\/reset\/([\w-]{32})/.exec(textBody)?.[1]).findLast(Boolean);
    expect((await rest.post('/auth/password/reset/confirm', { token: link, password: 'another passphrase' })).status).toBe(204);
    expect(refusal(await signIn(theirs))).toEqual([422, 'PASSKEY_UNKNOWN']);
  });

  it('demo:lock takes them from demo accounts', async () => {
    const ada = await withPasskey();
    await prisma().user.updateMany({ where: { id: ada.id }, data: { email: `demo-${ada.id}@assay.example` } });
    await lockDemoAccounts(on.system());
    expect(await prisma().passkey.count({ where: { userId: ada.id } })).toBe(0);
  });
});

onEachEngine('passkeys where the server has no name', (engine) => {
  const { db, rest, as } = useProduct(engine);
  it('are not offered: browsers make none for an address', async () => {
    const ada = await createPerson(db.database);
    expect((await rest.post('/auth/passkey/options', {})).body.code).toBe('PASSKEYS_OFF');
    expect((await rest.post('/auth/passkeys/begin', {}, as(ada))).body.code).toBe('PASSKEYS_OFF');
  });
});

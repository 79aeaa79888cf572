import { requestEmailChange, resetPassword, type Actor, type Context } from '@assay/core';
import { onEachEngine, runTasks } from '@assay/testing';
import { describe, expect, it } from 'vitest';
import { useOnboarding } from './lib-onboarding.ts';

const PASSWORD = 'a long passphrase';
const NEXT = 'another passphrase';
let serial = 0;
const newEmail = () => `reset-${++serial}-${Date.now().toString(36)}@example.com`;

onEachEngine('links to accounts', (engine) => {
  const on = useOnboarding(engine);
  const { rest, db, api } = on;
  const confirm = (token: string) => rest.post('/verification/email/confirm', { token });
  const login = (email: string, password: string) => rest.post('/auth/login', { email, password });
  async function register({ confirmed = true } = {}) {
    const email = newEmail();
    const { body } = await rest.post('/auth/register', { email, password: PASSWORD, fullName: 'Ada Byron' });
    if (confirmed) expect((await confirm(await on.linkTo(email))).status).toBe(204);
    return { email, id: body.user.id as number, token: body.token as string };
  }
  const tokenIn = async (email: string, path: string) => {
    const letters = (await on.emailsTo(email)).map(({ textBody }) => new RegExp(`/${path}/([\\w-]{32})`).exec(textBody)?.[1]);
    return letters.findLast(Boolean) ?? null;
  };
  const later = (ms: number, actor: Actor = { kind: 'anonymous' }): Context =>
    api.container.context(actor, 'r', undefined, () => new Date(Date.now() + ms));
  const letters = async (email: string) => (await on.emailsTo(email)).map(({ subject }) => subject);

  describe('a forgotten password', () => {
    const ask = (email: string, from = `203.0.113.${++serial % 250}`) =>
      rest.post('/auth/password/reset', { email }, { headers: { 'x-forwarded-for': from } });
    /** The newest link, once the tasks have run. */
    async function linkTo(email: string, from?: string) {
      expect((await ask(email, from)).status).toBe(204);
      await runTasks(api.container, 'password-reset.send');
      return tokenIn(email, 'reset');
    }
    const reset = (token: string | null, password = NEXT) => rest.post('/auth/password/reset/confirm', { token, password });

    it('is set anew by a link, once, and every session ends', async () => {
      const ada = await register();
      const token = await linkTo(ada.email);
      expect((await reset(token)).status).toBe(204);
      expect((await login(ada.email, PASSWORD)).status).toBe(401);
      expect((await login(ada.email, NEXT)).body.user.id).toBe(ada.id);
      const sessions = await db.database.prisma.session.findMany({ where: { userId: ada.id, revokedAt: null } });
      expect(sessions).toHaveLength(1); // the one of this moment
      expect(await reset(token, 'a third passphrase')).toMatchObject({ status: 422, body: { code: 'RESET_LINK_INVALID' } });
      expect((await on.audit('password.reset'))[0]).toMatchObject({ entityId: String(ada.id) });
    });

    it('of twenty uses of a link at once, one counts', async () => {
      const ada = await register();
      const token = await linkTo(ada.email);
      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => reset(token, `${NEXT} ${i}`)));
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    });

    it('the database has the hash of a link, never the link; after 30 minutes it is expired', async () => {
      const ada = await register();
      const token = (await linkTo(ada.email))!;
      const [row] = await db.database.prisma.passwordReset.findMany({ where: { userId: ada.id } });
      expect(row!.tokenHash).toMatch(/^[0-9a-f]{64}$/);
      expect(JSON.stringify(row)).not.toContain(token);
      await expect(resetPassword(later(30 * 60_000), { token, password: NEXT })).rejects.toMatchObject({ code: 'RESET_LINK_INVALID' });
      expect((await reset('x'.repeat(32))).body.code).toBe('RESET_LINK_INVALID');
      expect((await reset(token)).status).toBe(204);
    });

    it('an address without an account gets the same answer, rows and task, and no e-mail', async () => {
      const ada = await register();
      const unknown = newEmail();
      const written = async (email: string) => {
        const [resets, tasks] = [await db.database.prisma.passwordReset.count(), await db.database.prisma.task.count()];
        const { status, body } = await ask(email);
        return [status, body, (await db.database.prisma.passwordReset.count()) - resets, (await db.database.prisma.task.count()) - tasks];
      };
      expect(await written(unknown)).toEqual(await written(ada.email));
      await runTasks(api.container, 'password-reset.send');
      expect(await letters(unknown)).toEqual([]);
      expect(await letters(ada.email)).toContain('Set a new password');
    });

    it('a link ends the others of the account', async () => {
      const ada = await register();
      const [first, second] = [await linkTo(ada.email), await linkTo(ada.email)];
      expect(second).not.toBe(first);
      expect((await reset(second)).status).toBe(204);
      expect((await reset(first)).status).toBe(422);
    });

    it('beyond the limits the answer is the same and nothing is sent; another client still gets a link', async () => {
      const ada = await register();
      const sent = async () => (await letters(ada.email)).filter((subject) => subject === 'Set a new password').length;
      for (let i = 0; i < 8; i++) await linkTo(ada.email, '198.51.100.7');
      expect(await sent()).toBe(1); // one a minute
      expect(await linkTo(ada.email, '198.51.100.8')).not.toBeNull();
      expect(await sent()).toBe(2);
      for (let i = 0; i < 30; i++) await ask(ada.email, `192.0.2.${i}`);
      await runTasks(api.container, 'password-reset.send');
      expect(await sent()).toBe(20); // a day
    });

    it('a weak password is refused with a sentence for its field, and the link stays good', async () => {
      const ada = await register();
      const token = await linkTo(ada.email);
      expect(await reset(token, 'qwertyuiop')).toMatchObject({ status: 400, body: { errors: [{ field: 'password' }] } });
      expect((await reset(token)).status).toBe(204);
    });

    it('proves the address: what another person left in an unconfirmed account pays out nothing', async () => {
      const eve = await register({ confirmed: false });
      await db.database.prisma.sellerPayoutDetails.createMany({
        data: [
          {
            userId: eve.id,
            method: 'bank',
            sealed: 's',
            keyId: 'k',
            masked: 'm',
            currency: 'EUR',
            version: 1,
            createdAt: new Date(),
            updatedAt: new Date(),
          },
        ],
      });
      const at = new Date();
      const account = { provider: 'stripe', providerKey: `payout-account:${eve.id}`, state: 'ready', country: 'DE', currency: 'EUR' };
      const times = { keyedAt: at, confirmedAt: at, createdAt: at, updatedAt: at };
      await db.database.prisma.payoutAccount.createMany({ data: [{ sellerId: eve.id, reference: 'acct_eve', ...account, ...times }] });
      expect((await reset(await linkTo(eve.email))).status).toBe(204);
      expect(await db.database.prisma.sellerPayoutDetails.count({ where: { userId: eve.id } })).toBe(0);
      expect(await db.database.prisma.payoutAccount.count({ where: { sellerId: eve.id } })).toBe(0);
      expect((await db.database.prisma.user.findUniqueOrThrow({ where: { id: eve.id } })).emailVerifiedAt).not.toBeNull();
      expect((await login(eve.email, PASSWORD)).status).toBe(401);
    });

    it('takes no account over to which a wallet was linked since the link was sent', async () => {
      const eve = await register({ confirmed: false });
      const token = await linkTo(eve.email);
      await db.database.prisma.wallet.createMany({
        data: [{ address: `0x${String(eve.id).padStart(40, 'b')}`, userId: eve.id, chainId: 1, linkedAt: new Date() }],
      });
      expect((await reset(token)).body.code).toBe('RESET_LINK_INVALID');
    });

    it('gives no wallet account away by an address that its owner mistyped', async () => {
      const eve = await register({ confirmed: false });
      await db.database.prisma.wallet.createMany({
        data: [{ address: `0x${String(eve.id).padStart(40, 'a')}`, userId: eve.id, chainId: 1, linkedAt: new Date() }],
      });
      expect(await linkTo(eve.email)).toBeNull();
      // The owner of the mailbox registers, and proves the address.
      await db.database.prisma.emailVerification.updateMany({
        where: { email: eve.email },
        data: { createdAt: new Date(Date.now() - 120_000) },
      });
      await rest.post('/auth/register', { email: eve.email, password: NEXT, fullName: 'The owner' });
      expect((await confirm(await on.linkTo(eve.email))).status).toBe(204);
      expect((await login(eve.email, NEXT)).status).toBe(200);
      expect((await login(eve.email, PASSWORD)).status).toBe(401);
    });
  });

  describe('another address', () => {
    const change = (who: { token: string }, email: string, current = PASSWORD) => rest.post('/auth/email', { email, current }, who);
    const confirmChange = (token: string | null) => rest.post('/auth/email/confirm', { token });
    const refuse = (token: string | null) => rest.post('/auth/email/refuse', { token });
    const link = (email: string) => tokenIn(email, 'email-change');
    const emailOf = async (who: { token: string }) => (await rest.get('/auth/me', who)).body.email as string;

    it.each(['old', 'new'] as const)('is the account’s once both mailboxes confirm, the %s one first', async (first) => {
      const ada = await register();
      const to = newEmail();
      expect((await change(ada, to)).status).toBe(204);
      expect((await rest.get('/auth/email', ada)).body).toEqual({ newEmail: to });
      const tokens = { old: await link(ada.email), new: await link(to) };
      const second = first === 'old' ? 'new' : 'old';
      expect((await confirmChange(tokens[first])).body).toEqual({ changed: false });
      expect((await confirmChange(tokens[first])).body).toEqual({ changed: false });
      expect(await emailOf(ada)).toBe(ada.email);
      expect((await confirmChange(tokens[second])).body).toEqual({ changed: true });
      expect(await emailOf(ada)).toBe(to);
      expect((await rest.get('/verification', ada)).body.email).toMatchObject({ address: to, state: 'verified' });
      expect((await login(to, PASSWORD)).body.user.id).toBe(ada.id);
      expect((await login(ada.email, PASSWORD)).status).toBe(401);
      expect((await confirmChange(tokens[second])).status).toBe(422);
    });

    it('both at once: it is changed once', async () => {
      const ada = await register();
      const to = newEmail();
      await change(ada, to);
      const answers = await Promise.all([confirmChange(await link(ada.email)), confirmChange(await link(to))]);
      expect(answers.map(({ body }) => Number(body.changed)).toSorted((a, b) => a - b)).toEqual([0, 1]);
      expect(await emailOf(ada)).toBe(to);
    });

    it('is refused by the old mailbox, and then for good', async () => {
      const ada = await register();
      const to = newEmail();
      await change(ada, to);
      expect((await refuse(await link(to))).status).toBe(422); // the new one cannot
      expect((await refuse(await link(ada.email))).status).toBe(204);
      for (const email of [ada.email, to]) expect((await confirmChange(await link(email))).status).toBe(422);
      expect(await emailOf(ada)).toBe(ada.email);
    });

    it('asks for the password, and refuses the same address and a missing one', async () => {
      const ada = await register();
      expect((await change(ada, newEmail(), 'a wrong one')).body.code).toBe('WRONG_PASSWORD');
      expect((await change(ada, ada.email)).body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'email' }] });
    });

    it('that was proved by another account is answered alike, and never given', async () => {
      const [ada, bob] = [await register(), await register()];
      expect((await change(ada, bob.email)).status).toBe(204);
      expect((await letters(bob.email)).at(-1)).toBe('You already have an account');
      expect(await link(bob.email)).toBeNull();
      expect((await confirmChange(await link(ada.email))).body).toEqual({ changed: false });
      expect(await emailOf(ada)).toBe(ada.email);
    });

    it('where the old one was never proved, the new one alone confirms', async () => {
      const ada = await register({ confirmed: false });
      const to = newEmail();
      await change(ada, to);
      expect(await link(ada.email)).toBeNull();
      expect((await confirmChange(await link(to))).body).toEqual({ changed: true });
    });

    it('one a minute and five a day; a newer change replaces the one before; after a day it is expired', async () => {
      const ada = await register();
      const [one, two] = [newEmail(), newEmail()];
      await change(ada, one);
      expect((await change(ada, two)).body.code).toBe('EMAIL_LINK_LIMIT');
      const actor: Actor = { kind: 'user', id: ada.id, roles: ['buyer'], sessionId: 'later' };
      await requestEmailChange(later(61_000, actor), { email: two, current: PASSWORD });
      expect((await confirmChange(await link(one))).status).toBe(422);
      expect((await confirmChange(await link(two))).status).toBe(200);
      await db.database.prisma.emailChange.updateMany({ where: { userId: ada.id }, data: { expiresAt: new Date(Date.now() - 1) } });
      expect((await confirmChange(await link(ada.email))).status).toBe(422);
    });

    it('a new password by e-mail ends an open change', async () => {
      const ada = await register();
      const to = newEmail();
      await change(ada, to);
      await rest.post('/auth/password/reset', { email: ada.email });
      await runTasks(api.container, 'password-reset.send');
      expect((await rest.post('/auth/password/reset/confirm', { token: await tokenIn(ada.email, 'reset'), password: NEXT })).status).toBe(
        204,
      );
      expect((await confirmChange(await link(to))).status).toBe(422);
    });

    it('a new password by its owner ends an open change, and links to set another one', async () => {
      const ada = await register({ confirmed: false }); // then the new address alone confirms
      const to = newEmail();
      await change(ada, to);
      await rest.post('/auth/password/reset', { email: ada.email });
      await runTasks(api.container, 'password-reset.send');
      const set = await rest.post('/auth/password', { password: NEXT, current: PASSWORD }, { token: ada.token });
      expect(set.status).toBe(204);
      expect((await confirmChange(await link(to))).status).toBe(422);
      const token = await tokenIn(ada.email, 'reset');
      expect((await rest.post('/auth/password/reset/confirm', { token, password: PASSWORD })).status).toBe(422);
    });
  });
});

import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { VerificationQueue, VerificationView } from '@assay/contract';
import { cleanDocuments, confirmEmail, type Actor, type Context } from '@assay/core';
import { createPerson, onEachEngine, picture, sessionIdOf, type Person } from '@assay/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { useOnboarding, PASSWORD, type Newcomer } from './lib-onboarding.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');
const PAPERS = { legalName: 'Ada Byron', country: 'PT' };

onEachEngine('verification', (engine) => {
  const on = useOnboarding(engine);
  const { db, as } = on;
  let admin: Person;
  let second: Person;

  beforeAll(async () => {
    [admin, second] = [await createPerson(db.database, ['admin'], 'Admin'), await createPerson(db.database, ['admin'], 'Second')];
  });

  const mine = async (who: Newcomer) => (await on.rest.get('/verification', who)).body as VerificationView;
  const marks = async (who: Newcomer) => (await on.facade('GET', who.id, null)).body.verificationStatus;
  const confirm = (token: string) => on.rest.post('/verification/email/confirm', { token });
  /** A person some time from now. */
  const later = (ms: number, actor: Actor = { kind: 'anonymous' }): Context =>
    on.api.container.context(actor, 'r', undefined, () => new Date(Date.now() + ms));

  describe('by e-mail', () => {
    it('a link that is opened and confirmed proves the address, once; looking at it uses nothing up', async () => {
      const ada = await on.newSeller();
      expect(await mine(ada)).toMatchObject({ email: { address: ada.email, state: 'pending' }, wallet: { state: 'none' } });
      const token = await on.linkTo(ada.email);
      const look = async () =>
        (await fetch(`${on.api.url}/trpc/verification.link?input=${encodeURIComponent(JSON.stringify({ token }))}`)).json();
      for (let i = 0; i < 3; i++) expect(await look()).toMatchObject({ result: { data: { state: 'good', email: ada.email } } });
      expect(await marks(ada)).toEqual({ email: 'none', wallet: 'none', documents: 'none' });
      expect((await confirm(token)).status).toBe(204); // signed out, as on another device
      expect((await mine(ada)).email).toMatchObject({ state: 'verified', reason: null, since: expect.any(String) as string });
      expect(await marks(ada)).toMatchObject({ email: 'verified' });
      expect(await confirm(token)).toMatchObject({ status: 422, body: { code: 'EMAIL_LINK_INVALID' } });
      expect(await look()).toMatchObject({ result: { data: { state: 'used' } } });
      expect((await on.audit('email.verified'))[0]).toMatchObject({ entityId: String(ada.id), actorKind: 'anonymous' });
    });

    it('twenty confirmations at once: one is the one', async () => {
      const ada = await on.register();
      const token = await on.linkTo(ada.email);
      const statuses = (await Promise.all(Array.from({ length: 20 }, () => confirm(token)))).map(({ status }) => status);
      expect(statuses.filter((status) => status === 204)).toHaveLength(1);
      expect(statuses.filter((status) => status === 422)).toHaveLength(19);
    });

    it('the database has the hash of a link, never the link', async () => {
      const ada = await on.register();
      const token = await on.linkTo(ada.email);
      const [row] = await db.database.prisma.emailVerification.findMany({ where: { userId: ada.id } });
      expect(JSON.stringify(row)).not.toContain(token);
      expect(row!.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    });

    it('after a day it is expired', async () => {
      const ada = await on.register();
      const token = await on.linkTo(ada.email);
      await expect(confirmEmail(later(DAY_MS + 1000), { token })).rejects.toMatchObject({ code: 'EMAIL_LINK_INVALID' });
      expect((await mine(ada)).email.state).toBe('pending');
      await expect(confirmEmail(later(DAY_MS - 60_000), { token })).resolves.toBeUndefined();
    });

    it.each(['x', 'y'.repeat(32)])('a link that is none of ours is refused: %s', async (token) => {
      expect((await confirm(token)).status).toBe(token.length === 32 ? 422 : 400);
    });

    it('a link is bound to its address: taken off and given to another account, it proves nothing there', async () => {
      const ada = await on.register();
      const token = await on.linkTo(ada.email);
      await db.database.prisma.user.update({ where: { id: ada.id }, data: { email: `other-${ada.email}` } });
      expect((await confirm(token)).body.code).toBe('EMAIL_LINK_INVALID');
      expect((await mine(ada)).email.state).toBe('none');
    });

    it('another link can be asked for, not in quick succession, and not once it is confirmed', async () => {
      const ada = await on.register();
      const send = () => on.rest.post('/verification/email', undefined, ada);
      const refused = await send();
      expect(refused).toMatchObject({ status: 429, body: { code: 'EMAIL_LINK_LIMIT' } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30);
      await db.database.prisma.emailVerification.updateMany({
        where: { userId: ada.id },
        data: { createdAt: new Date(Date.now() - 2 * HOUR_MS), expiresAt: new Date(Date.now() - HOUR_MS) },
      });
      expect((await mine(ada)).email.state).toBe('expired');
      const statuses = (await Promise.all(Array.from({ length: 8 }, send))).map(({ status }) => status);
      expect(statuses.filter((status) => status === 204)).toHaveLength(1);
      await confirm(await on.linkTo(ada.email));
      expect((await send()).body.code).toBe('EMAIL_ALREADY_VERIFIED');
    });

    it('an account by wallet has no address to prove; one that is added is not proved, and gets a link', async () => {
      const person = await createPerson(db.database);
      expect(await on.rest.post('/verification/email', undefined, as(person))).toMatchObject({
        status: 409,
        body: { code: 'EMAIL_MISSING' },
      });
      const email = `added-${person.id}@example.test`;
      expect((await on.rest.post('/auth/password', { email, password: PASSWORD }, as(person))).status).toBe(204);
      await confirm(await on.linkTo(email));
      const state = async () => ((await on.rest.get('/verification', as(person))).body as VerificationView).email;
      expect((await state()).state).toBe('verified');
      // Changing the password alone leaves it proved.
      await on.rest.post('/auth/password', { password: `${PASSWORD} two`, current: PASSWORD }, as(person));
      expect((await state()).state).toBe('verified');
    });

    it('a signed-out visitor cannot ask for a link', async () => expect((await on.rest.post('/verification/email')).status).toBe(401));
  });

  describe('by documents', () => {
    const submit = (who: { token: string }, input: object = PAPERS) => on.rest.post('/verification/submit', input, who);
    const queue = async (who = admin) => (await on.rest.get('/verification/queue', as(who))).body as VerificationQueue;
    const decide = (id: number, input: object, who = admin) => on.rest.post('/verification/decisions', { id, ...input }, as(who));
    /** Papers of a new seller that wait for a decision. */
    async function handedIn(who?: Newcomer) {
      const seller = who ?? (await on.newSeller());
      const { body } = await on.upload(seller, PDF);
      expect((await submit(seller)).status).toBe(200);
      const { id } = (await queue()).waiting.find(({ userId }) => userId === seller.id)!;
      return { seller, id, documentId: (body as VerificationView).documents.files[0]!.id };
    }
    const stored = () => {
      const folder = path.join(on.api.container.config.images.directory, 'private');
      return readdirSync(folder);
    };

    it('from a draft through a rejection to approval, with an e-mail each time', async () => {
      const seller = await on.newSeller('Potter');
      expect((await submit(seller)).body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'files' }] });
      for (const content of [PDF, await picture(40, 40, 'png'), await picture(40, 40, 'jpeg'), await picture(40, 40, 'webp')])
        expect((await on.upload(seller, content)).status).toBe(201);
      expect((await mine(seller)).documents).toMatchObject({ state: 'none', open: true });
      expect((await mine(seller)).documents.files.map(({ type }) => type)).toEqual([
        'application/pdf',
        'image/png',
        'image/jpeg',
        'image/webp',
      ]);

      const before = await on.outbox('verification.changed', seller.id);
      expect((await submit(seller)).body.documents).toMatchObject({ state: 'pending', open: false });
      expect(await on.outbox('verification.changed', seller.id)).toBe(before + 1);
      expect((await on.upload(seller, PDF)).body.code).toBe('VERIFICATION_CLOSED');
      expect((await submit(seller)).body.code).toBe('VERIFICATION_CLOSED');

      const item = (await queue()).waiting.find(({ userId }) => userId === seller.id)!;
      expect(item).toMatchObject({ sellerName: 'Potter', ...PAPERS, rejectedBefore: 0, own: false });
      expect(item.files).toHaveLength(4);
      expect((await decide(item.id, { approve: false })).body).toMatchObject({ errors: [{ field: 'reason' }] });
      expect((await decide(item.id, { approve: false, reason: 'The <b>name</b> cannot be read.' })).status).toBe(204);
      expect((await mine(seller)).documents).toMatchObject({ state: 'rejected', reason: 'The <b>name</b> cannot be read.', open: true });
      expect(await marks(seller)).toMatchObject({ documents: 'none' });
      const notice = (await on.emailsTo(seller.email)).at(-1)!;
      expect(notice).toMatchObject({ kind: 'verification-rejected' });
      expect(notice.textBody).toContain('The <b>name</b> cannot be read.');
      expect(notice.htmlBody).toContain('The &lt;b&gt;name&lt;/b&gt; cannot be read.');

      const again = await handedIn(seller);
      expect((await queue()).waiting.find(({ id }) => id === again.id)).toMatchObject({ rejectedBefore: 1 });
      expect((await decide(again.id, { approve: true })).status).toBe(204);
      expect((await mine(seller)).documents).toMatchObject({ state: 'verified', reason: null, open: false });
      expect(await marks(seller)).toMatchObject({ documents: 'verified' });
      expect((await on.emailsTo(seller.email)).at(-1)).toMatchObject({ kind: 'verification-approved' });
      expect((await on.upload(seller, PDF)).body.code).toBe('VERIFICATION_CLOSED');
      expect((await queue()).decided[0]).toMatchObject({ id: again.id, approved: true, decidedBy: admin.fullName });
    });

    it('a file that is no document by its content is refused, under any name; nothing of it is kept', async () => {
      const seller = await on.newSeller();
      await on.upload(seller, PDF);
      const before = stored();
      for (const content of ['<html>', 'MZ', ' %PDF-', ''].map((text) => Buffer.from(text)))
        expect([400, 415]).toContain((await on.upload(seller, content)).status);
      expect((await on.upload(seller, Buffer.concat([PDF, Buffer.alloc(10_485_760)]))).status).toBe(413);
      expect(stored()).toEqual(before);
    });

    it('five at most, also when eight come at once; one taken out makes room, and its file goes', async () => {
      const seller = await on.newSeller();
      const before = stored().length;
      const statuses = (await Promise.all(Array.from({ length: 8 }, () => on.upload(seller, PDF)))).map(({ status }) => status);
      expect(statuses.filter((status) => status === 201)).toHaveLength(5);
      expect(statuses.filter((status) => status === 409)).toHaveLength(3);
      expect(stored()).toHaveLength(before + 5);
      const [first] = (await mine(seller)).documents.files;
      expect((await on.rest.delete(`/verification/documents/${first!.id}`, seller)).body.documents.files).toHaveLength(4);
      expect(stored()).toHaveLength(before + 4);
      expect((await on.upload(seller, PDF)).status).toBe(201);
    });

    it('only sellers with a store submit documents, and only known values are valid', async () => {
      expect((await on.upload(await on.register(), PDF)).body.code).toBe('SELLER_NOT_FOUND');
      const seller = await on.newSeller();
      await on.upload(seller, PDF);
      for (const input of [{ legalName: '', country: 'PT' }, { legalName: 'Ada', country: 'XX' }, { legalName: 'Ada' }])
        expect((await submit(seller, input)).status).toBe(400);
      expect((await submit({ token: 'x' })).status).toBe(401);
    });

    it('a file is for its owner and for admins alone, always a download; each look of an admin is noted', async () => {
      const { seller, documentId, id } = await handedIn();
      const stranger = await on.newSeller();
      const get = (who?: { token: string }, reason = '') =>
        fetch(
          `${on.api.url}/api/v1/verification/documents/${documentId}${reason ? `?reason=${reason}` : ''}`,
          who ? { headers: { authorization: `Bearer ${who.token}` } } : {},
        );
      expect((await get()).status).toBe(401);
      expect((await get(stranger)).status).toBe(404);
      expect((await get(as(await createPerson(db.database, ['ops'])))).status).toBe(404);
      const looked = (await on.audit('verification.file-viewed')).length;
      for (const reason of ['', 'because']) expect((await get(as(admin), reason)).status).toBe(400);
      for (const [who, reason] of [[seller], [as(admin), 'review']] as const) {
        const answer = await get(who, reason);
        expect(answer.status).toBe(200);
        expect(Buffer.from(await answer.arrayBuffer()).equals(PDF)).toBe(true);
        expect(Object.fromEntries(answer.headers)).toMatchObject({
          'content-type': 'application/pdf',
          'content-disposition': `attachment; filename="document-${documentId}.pdf"`,
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; sandbox",
        });
      }
      const views = await on.audit('verification.file-viewed');
      expect(views).toHaveLength(looked + 1);
      expect(views[0]).toMatchObject({ actorId: admin.id, entityId: String(id), detail: JSON.stringify({ documentId, reason: 'review' }) });
      await decide(id, { approve: true });
      expect((await get(as(admin), 'review')).status).toBe(400); // it is decided
      expect((await get(as(admin), 'authority')).status).toBe(200);
      // Never under a public address, even for a reader who knows its name.
      const [row] = await db.database.prisma.sellerVerificationFile.findMany({ where: { id: documentId } });
      expect(row!.storageKey).toMatch(/^private\/[0-9a-f-]{36}$/);
      for (const address of [`/media/${row!.storageKey}`, `/media/../${row!.storageKey}`, `/${row!.storageKey}`])
        expect((await fetch(on.api.url + address)).status).toBe(404);
    });

    it('a draft is its seller’s alone, and sellers remove only their own documents', async () => {
      const seller = await on.newSeller();
      const { id } = ((await on.upload(seller, PDF)).body as VerificationView).documents.files[0]!;
      expect((await on.rest.get(`/verification/documents/${id}`, as(admin))).status).toBe(404);
      expect((await on.rest.delete(`/verification/documents/${id}`, await on.newSeller())).status).toBe(404);
      const handed = await handedIn();
      expect((await on.rest.delete(`/verification/documents/${handed.documentId}`, handed.seller)).status).toBe(404);
    });

    it('two admins at once: one decides; one’s own documents are for another', async () => {
      const { id, seller } = await handedIn();
      const answers = await Promise.all([decide(id, { approve: true }), decide(id, { approve: false, reason: 'No.' }, second)]);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204, 409]));
      expect(answers.find(({ status }) => status === 409)!.body.code).toBe('VERIFICATION_DECIDED');
      expect((await mine(seller)).documents.state).toBe(answers[0].status === 204 ? 'verified' : 'rejected');

      const own = await handedIn();
      const selling = { id: own.seller.id, roles: ['admin' as const], fullName: '' };
      const { prisma } = db.database;
      await prisma.userRole.createMany({ data: [{ userId: selling.id, role: 'admin' }] });
      const session = {
        id: sessionIdOf(selling.id),
        userId: selling.id,
        tokenHash: 'no token has it',
        expiresAt: new Date(Date.now() + 3_600_000),
      };
      await prisma.session.createMany({ data: [session] });
      expect((await decide(own.id, { approve: true }, selling)).body.code).toBe('OWN_VERIFICATION');
      expect((await queue(selling)).waiting.find(({ id: found }) => found === own.id)).toMatchObject({ own: true });
      expect((await decide(987_654, { approve: true })).body.code).toBe('VERIFICATION_NOT_FOUND');
    });

    it.each(['buyer', 'seller', 'ops'] as const)('%s decides nothing and sees no queue', async (role) => {
      const { id } = await handedIn();
      const person = await createPerson(db.database, [role]);
      expect((await decide(id, { approve: true }, person)).status).toBe(403);
      expect((await on.rest.get('/verification/queue', as(person))).status).toBe(403);
    });

    it('five times a month, then not for a while', async () => {
      const seller = await on.newSeller();
      for (let i = 0; i < 5; i++) {
        const { id } = await handedIn(seller);
        await decide(id, { approve: false, reason: 'Again.' });
      }
      await on.upload(seller, PDF);
      expect(await submit(seller)).toMatchObject({ status: 429, body: { code: 'VERIFICATION_LIMIT' } });
    });

    it('files go 30 days after the decision, and what never arrived; rows stay', async () => {
      const { id, seller, documentId } = await handedIn();
      await decide(id, { approve: true });
      await cleanDocuments(on.system(29 * DAY_MS));
      expect((await on.rest.get(`/verification/documents/${documentId}`, seller)).status).toBe(200);
      const waiting = await handedIn();
      const files = stored().length;
      expect(await cleanDocuments(on.system(31 * DAY_MS))).toBeGreaterThan(0);
      expect(stored().length).toBeLessThan(files);
      expect((await on.rest.get(`/verification/documents/${documentId}`, seller)).status).toBe(404);
      // What waits for a decision is kept, however long.
      expect((await on.rest.get(`/verification/documents/${waiting.documentId}`, waiting.seller)).status).toBe(200);
      const row = await db.database.prisma.sellerVerificationFile.findUnique({ where: { id: documentId } });
      expect(row).toMatchObject({ removedAt: expect.any(Date) as Date });
      expect((await mine(seller)).documents.state).toBe('verified');
      expect(await cleanDocuments(on.system(31 * DAY_MS))).toBe(0);
      const person = on.api.container.context({ kind: 'user', id: seller.id, roles: ['admin'], sessionId: '' }, 'r');
      await expect(cleanDocuments(person)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });
  });
});

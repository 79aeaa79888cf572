import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { FORMER_MEMBER } from '@assay/contract';
import { deleteAccount, expireMoneyRecords, type Context } from '@assay/core';
import {
  createMarket,
  createPeople,
  createPerson,
  createSeller,
  onEachEngine,
  recount,
  runNextTask,
  runTasks,
  storedAggregates,
  useProduct,
} from '@assay/testing';
import { describe, expect, it } from 'vitest';
import { onboardingOn, PASSWORD } from './lib-onboarding.ts';
import { plantPerson, type Planted } from './lib-privacy.ts';

const YEAR_MS = 366 * 24 * 3_600_000;
const AGAIN_MS = 61 * 60_000;

/** Tables whose rows name a former member until the retention period of money records is over. */
const MONEY_RECORDS = ['invoice', 'invoiceLine'];

onEachEngine('the deletion of an account', (engine) => {
  const product = useProduct(engine);
  const { api, db, rest, as } = product;
  const on = onboardingOn(product);
  const database = () => db.database.prisma;
  const prisma = new Proxy({} as ReturnType<typeof database>, { get: (_target, name) => Reflect.get(database(), name) as unknown });

  const remove = (me: { token: string }, proof: object = { current: PASSWORD }) => rest.post('/auth/account/delete', proof, me);
  const erase = () => runTasks(api.container, 'account.erase');

  /** Every text of the database, by its table, that contains a mark. */
  async function rowsWith(mark: string): Promise<string[]> {
    const tables = Object.entries(database() as unknown as Record<string, { findMany?: (options?: object) => Promise<object[]> }>);
    const found: string[] = [];
    for (const [name, model] of tables) {
      if (name.startsWith('$') || name.startsWith('_') || !model?.findMany) continue;
      for (const row of await model.findMany())
        if (
          JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
            .toLowerCase()
            .includes(mark)
        )
          found.push(name);
    }
    return [...new Set(found)];
  }
  async function filesWith(directory: string, mark: string): Promise<string[]> {
    const names = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = names.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    const contents = await Promise.all(
      files.map(async (file) => [file, (await readFile(file).catch(() => Buffer.alloc(0))).toString('latin1')] as const),
    );
    return contents.filter(([, text]) => text.includes(mark)).map(([file]) => path.basename(file));
  }
  const imagesOf = async (userId: number) =>
    (await database().imageVariant.findMany({ where: { image: { ownerId: userId } }, select: { storageKey: true } })).map(
      ({ storageKey }) => storageKey,
    );

  it(
    'leaves the name and the address nowhere: not in the database, the image store or the mail that was written down',
    { timeout: 60_000 },
    async () => {
      const me = await plantPerson(product);
      const { images, mail } = api.container.config;
      const pictures = await imagesOf(me.id);
      expect((await rowsWith(me.mark)).length).toBeGreaterThan(15);
      expect(await filesWith(mail.directory, me.mark)).not.toEqual([]);
      const documents = await prisma.sellerVerificationFile.findMany({ where: { verification: { userId: me.id } } });
      expect(documents).toHaveLength(1);
      expect(pictures.length).toBeGreaterThan(1);
      expect((await remove(me)).status).toBe(204);
      await runTasks(api.container, 'email.send');
      await erase();
      await erase();
      expect(await rowsWith(me.mark)).toEqual(MONEY_RECORDS);
      expect(await filesWith(images.directory, me.mark)).toEqual([]);
      for (const key of [...pictures, ...documents.map(({ storageKey }) => storageKey)])
        expect(await api.container.images.files.read(key)).toBeNull();
      const letters = await filesWith(mail.directory, me.mark);
      expect(letters).toHaveLength(1);
      const last = await readFile(path.join(mail.directory, letters[0]!), 'utf8');
      expect(last).toContain('Subject: Your account is deleted');
      expect(last).not.toContain(me.fullName);
      expect(await prisma.user.findUnique({ where: { id: me.id } })).toMatchObject({
        fullName: FORMER_MEMBER,
        email: null,
        passwordHash: null,
        deletedAt: expect.any(Date) as Date,
        erasedAt: expect.any(Date) as Date,
      });
    },
  );

  it('ends sessions and sign-ins at once', async () => {
    const me = await plantPerson(product);
    expect((await rest.get('/auth/me', me)).status).toBe(200);
    await remove(me);
    expect((await rest.get('/auth/me', me)).status).toBe(401);
    const signIn = await rest.post('/auth/login', { email: me.email, password: PASSWORD });
    expect(signIn.body.code).toBe('INVALID_CREDENTIALS');
    expect(await prisma.wallet.count({ where: { userId: me.id } })).toBe(0);
    expect(await prisma.session.count({ where: { userId: me.id, revokedAt: null } })).toBe(0);
  });

  it('keeps ratings that were given, by “Former member”, and the numbers of their sellers', async () => {
    const me = await plantPerson(product);
    const before = await storedAggregates(db.database, me.otherId);
    const visitor = await createPerson(db.database);
    const shown = async () => (await rest.get(`/ratings/seller/${me.otherId}`, as(visitor))).body;
    expect((await shown()).items[0].raterName).toBe(`Quill${me.mark} V.`);
    const { summary } = await shown();
    await remove(me);
    expect((await shown()).items[0]).toMatchObject({ raterName: FORMER_MEMBER, rating: 5, comment: 'It is a very fine bowl.' });
    await erase();
    expect((await shown()).items[0]).toMatchObject({ raterName: FORMER_MEMBER, rating: 5, comment: 'It is a very fine bowl.' });
    expect((await shown()).summary).toEqual(summary);
    expect(await storedAggregates(db.database, me.otherId)).toEqual(before);
    expect(await recount(db.database, me.otherId)).toEqual(before);
    const history = await prisma.sellerRatingVersion.findMany({ where: { raterId: me.id }, orderBy: { id: 'asc' } });
    expect(history.map(({ rating, comment }) => [rating, comment])).toEqual([
      [4, null],
      [5, 'It is a very fine bowl.'],
    ]);
  });

  it('takes helpful votes back, and each count is the number of its votes', async () => {
    const me = await plantPerson(product);
    const others = await createPeople(db.database, 2);
    const wallets = others.map(({ id }) => ({ address: `0x${String(id).padStart(40, 'b')}`, userId: id, chainId: 1 }));
    await prisma.wallet.createMany({ data: wallets }); // votes need a proved account
    for (const other of others) await rest.post(`/ratings/${me.votedId}/helpful`, undefined, as(other));
    const countOf = async () => (await prisma.sellerRating.findUniqueOrThrow({ where: { id: me.votedId } })).helpfulCount;
    expect(await countOf()).toBe(3);
    await remove(me);
    await erase();
    expect(await countOf()).toBe(2);
    expect(await prisma.ratingHelpfulVote.count({ where: { ratingId: me.votedId } })).toBe(2);
  });

  it('closes the store: its page says so, nothing of it is found, and no order can be placed', async () => {
    const me = await plantPerson(product);
    const buyer = await createPerson(db.database);
    const found = async () => (await rest.get(`/listings?q=${me.mark}`, as(buyer))).body.items.length as number;
    await expect.poll(found).toBe(1);
    expect((await rest.get(`/sellers/${me.id}`)).status).toBe(200);
    await remove(me);
    expect((await rest.get(`/sellers/${me.id}`)).body.code).toBe('STORE_GONE');
    expect((await rest.post('/orders', { listingId: me.listingId }, as(buyer))).body.code).toBe('STORE_GONE');
    expect((await rest.get(`/sellers?q=${me.mark}`)).body.items).toEqual([]);
    await erase();
    expect(await found()).toBe(0);
    expect((await rest.get(`/listings/${me.listingId}`, as(buyer))).status).toBe(404);
    expect(await prisma.sellerListing.findMany({ where: { sellerId: me.id } })).toMatchObject([
      { id: me.listingId, status: 'archived', title: 'Listing of a former member', description: null, metadata: '[]' },
    ]);
    const share = await fetch(`${api.url}/sellers/${me.id}/share.png`);
    expect(share.status).not.toBe(200);
  });

  it('keeps orders and payments of both parties', async () => {
    const me = await plantPerson(product);
    await remove(me);
    await erase();
    for (const id of [me.purchaseId, me.saleId])
      expect(await prisma.order.findUnique({ where: { id }, include: { payment: true, events: true } })).toMatchObject({
        status: 'completed',
        payment: { reference: `ref-${id}` },
        events: [{ toStatus: 'placed' }],
      });
    const sale = await prisma.order.findUniqueOrThrow({ where: { id: me.saleId } });
    const view = (await rest.get(`/orders/${me.saleId}`, as({ id: sale.buyerId }))).body;
    expect(view.sellerName ?? view.order?.sellerName).toBe(FORMER_MEMBER);
  });

  it('removes what is left of money records after the years that the law asks for, not before', async () => {
    const me = await plantPerson(product);
    await remove(me);
    await erase();
    const expire = (years: number) => expireMoneyRecords(on.system(years * YEAR_MS));
    const references = async () =>
      (await prisma.payment.findMany({ where: { orderId: { in: [me.saleId, me.purchaseId] } } })).map(({ reference }) => reference);
    const charged = async () => (await prisma.charge.findFirstOrThrow({ where: { buyerId: me.id } })).reference;
    const delivery = async () => {
      const group = await prisma.orderGroup.findFirstOrThrow({ where: { buyerId: me.id } });
      return [group.recipientName, group.line1, group.city, group.country];
    };
    const returnedTo = async () => {
      const { recipientName, line1, city, country } = await prisma.return.findFirstOrThrow({ where: { orderId: me.saleId } });
      return [recipientName, line1, city, country];
    };
    await expire(9);
    expect(await delivery()).toEqual(['A buyer', 'Street 1', 'Porto', 'PT']);
    expect(await returnedTo()).toEqual(['A seller', 'Street 1', 'Porto', 'PT']);
    expect((await references()).toSorted()).toEqual([`ref-${me.saleId}`, `ref-${me.purchaseId}`].toSorted());
    expect(await charged()).toBe(`ref-${me.purchaseId}`);
    await expire(11);
    expect(await references()).toEqual(['', '']);
    expect(await charged()).toBe('');
    expect(await delivery()).toEqual([null, null, null, null]);
    expect(await returnedTo()).toEqual([null, null, null, null]);
    expect(await expire(11)).toBe(0);
  });

  it('lets the address be used anew by an account that inherits nothing', async () => {
    const me = await plantPerson(product);
    await remove(me);
    const fresh = await rest.post('/auth/register', { email: me.email, password: PASSWORD, fullName: 'Fresh Start' });
    expect(fresh.status).toBe(201);
    expect(fresh.body.user.id).not.toBe(me.id);
    await erase();
    const token = { token: fresh.body.token as string };
    expect((await rest.get('/auth/me', token)).body).toMatchObject({ email: me.email, fullName: 'Fresh Start', roles: ['buyer'] });
    for (const list of ['/ratings/mine', '/orders', '/auth/wallets', '/following'])
      expect((await rest.get(list, token)).body.items ?? []).toEqual([]);
    const address = `0x${String(me.id).padStart(40, 'a')}`;
    await expect(prisma.wallet.createMany({ data: [{ address, userId: fresh.body.user.id, chainId: 1 }] })).resolves.toMatchObject({
      count: 1,
    });
  });

  describe('is refused', () => {
    const refused = async (me: { token: string }) => {
      const { status, body } = await remove(me);
      expect([status, body.code]).toEqual([409, 'DELETION_REFUSED']);
      const listed = (await rest.get('/auth/account/deletion', me)).body.obstacles.map(({ obstacle }: { obstacle: string }) => obstacle);
      expect(listed).toEqual(body.errors.map(({ field }: { field: string }) => field));
      return listed as string[];
    };

    it('while there is a balance, or a debt', async () => {
      for (const [account, balanceMinor] of [
        ['seller_balance', -500n],
        ['seller_debt', 500n],
        ['payouts_in_transit', -500n],
      ] as const) {
        const me = await plantPerson(product);
        await prisma.ledgerBalance.createMany({ data: [{ sellerId: me.id, currency: 'EUR', account, balanceMinor }] });
        expect(await refused(me)).toEqual(['balance']);
      }
    });

    it('while orders, payments or appeals are open, with each of them named', async () => {
      const me = await plantPerson(product);
      await prisma.order.updateMany({ where: { id: me.saleId }, data: { status: 'paid' } });
      expect(await refused(me)).toEqual(['open-sales']);
      await prisma.order.updateMany({ where: { id: me.purchaseId }, data: { status: 'shipped' } });
      await prisma.payment.updateMany({ where: { orderId: me.purchaseId }, data: { status: 'refunding' } });
      await prisma.ratingAppeal.updateMany({ where: { appellantId: me.id }, data: { status: 'open' } });
      expect(await refused(me)).toEqual(['open-purchases', 'open-sales', 'pending-payments', 'open-appeals']);
      expect(await prisma.user.findUnique({ where: { id: me.id } })).toMatchObject({ fullName: me.fullName, deletedAt: null });
      expect(await filesWith(api.container.config.mail.directory, me.mark)).not.toEqual([]);
    });

    it('for the last admin, until another account is one', async () => {
      const me = await plantPerson(product);
      await prisma.userRole.deleteMany({ where: { role: 'admin' } });
      await prisma.userRole.createMany({ data: [{ userId: me.id, role: 'admin' }] });
      expect(await refused(me)).toEqual(['last-admin']);
      const other = await createPerson(db.database, ['admin']);
      await prisma.user.updateMany({ where: { id: other.id }, data: { disabledAt: new Date() } });
      expect(await refused(me)).toEqual(['last-admin']);
      await prisma.user.updateMany({ where: { id: other.id }, data: { disabledAt: null } });
      expect((await remove(me)).status).toBe(204);
    });

    it('without the proof of the owner', async () => {
      const me = await plantPerson(product);
      expect((await remove({ token: '' }, {})).status).toBe(401);
      expect((await remove(me, {})).body.code).toBe('CONFIRMATION_NEEDED');
      expect((await remove(me, { current: 'another one' })).body.code).toBe('WRONG_PASSWORD');
      expect((await rest.get('/auth/me', me)).status).toBe(200);
    });
  });

  it('is recorded, and the last e-mail goes to the address that was confirmed', async () => {
    const me = await plantPerson(product);
    await remove(me);
    expect(await prisma.auditEntry.findFirst({ where: { action: 'account.deleted', entityId: String(me.id) } })).toMatchObject({
      actorId: me.id,
    });
    expect(await on.emailsTo(me.email)).toMatchObject([{ kind: 'account-deleted', userId: null, subject: 'Your account is deleted' }]);
    await runTasks(api.container, 'email.send');
    expect(await on.emailsTo(me.email)).toEqual([]); // the row of the last e-mail goes when it is sent
  });

  it('by a command follows the same rules', async () => {
    const system: Context = on.system();
    const me = await plantPerson(product);
    await prisma.order.updateMany({ where: { id: me.saleId }, data: { status: 'paid' } });
    await expect(deleteAccount(system, { email: me.email })).rejects.toMatchObject({ code: 'DELETION_REFUSED' });
    await prisma.order.updateMany({ where: { id: me.saleId }, data: { status: 'completed' } });
    expect(await deleteAccount(system, { email: me.email })).toEqual({ id: me.id });
    await expect(deleteAccount(system, { id: me.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(deleteAccount(api.container.context({ kind: 'anonymous' }, 'test'), { id: me.id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('of 20,000 rows goes on in batches after its process was killed, and erases each once', { timeout: 120_000 }, async () => {
    const { seller } = await createMarket(db.database);
    const target = await createSeller(db.database);
    const rows = Array.from({ length: 20_000 }, (_, i) => ({
      ratingId: 70_000_000 + i,
      sellerId: target.id,
      raterId: seller.id,
      version: 1,
      action: 'withdrawn',
      rating: 3,
      comment: 'Words.',
    }));
    for (let i = 0; i < rows.length; i += 200) await prisma.sellerRatingVersion.createMany({ data: rows.slice(i, i + 200) });
    const left = () => prisma.sellerRatingVersion.count({ where: { raterId: seller.id, comment: { not: null } } });
    await prisma.order.updateMany({ where: { sellerId: seller.id }, data: { status: 'completed' } });
    await erase(); // what other tests have left
    expect((await remove(as(seller), {})).status).toBe(204);
    const killed = new AbortController();
    let changes = 0;
    const dyingAfter = (ctx: Context, most: number): Context => ({
      ...ctx,
      change(work) {
        if (++changes > most) killed.abort();
        return ctx.change(work);
      },
    });
    const first = runNextTask(api.container, 'account.erase', { killed: killed.signal, context: (ctx) => dyingAfter(ctx, 40) });
    await expect(first).rejects.toThrow('killed');
    const afterKill = await left();
    expect(afterKill).toBeGreaterThan(0);
    expect(afterKill).toBeLessThan(20_000);
    let longestMs = 0;
    const write = async () => {
      const began = performance.now();
      await prisma.user.updateMany({ where: { id: target.id }, data: { updatedAt: new Date() } });
      longestMs = Math.max(longestMs, performance.now() - began);
    };
    const going = runNextTask(api.container, 'account.erase', { laterMs: 2 * 60_000 });
    for (let i = 0; i < 40; i++) {
      await write();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await going).toMatchObject({ result: 'done' });
    expect(await left()).toBe(0);
    expect(longestMs).toBeLessThan(1000); // others wait for one batch at most
    expect(await prisma.sellerRatingVersion.count({ where: { raterId: seller.id } })).toBe(20_000); // the stars explain scores
  });

  it('runs again an hour later: what a request wrote meanwhile goes, too', async () => {
    const me: Planted = await plantPerson(product);
    await remove(me);
    await erase();
    await prisma.user.updateMany({ where: { id: me.id }, data: { fullName: me.fullName } });
    await prisma.storeFollow.createMany({ data: [{ sellerId: me.otherId, userId: me.id, createdAt: new Date() }] });
    expect(await runTasks(api.container, 'account.erase', { laterMs: AGAIN_MS })).not.toEqual([]);
    await runTasks(api.container, 'email.send');
    expect(await rowsWith(me.mark)).toEqual(MONEY_RECORDS);
    expect(await prisma.storeFollow.count({ where: { userId: me.id } })).toBe(0);
  });
});

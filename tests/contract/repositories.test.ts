import { AppError, type Repositories } from '@assay/core';
import { createRepositories, idempotencyStore, isUniqueViolation, Prisma, type IdempotencyStore } from '@assay/database';
import {
  completeOrders,
  counted,
  createPeople,
  createPerson,
  createSeller,
  onEachEngine,
  recount,
  storedAggregates,
  useDatabase,
} from '@assay/testing';
import { beforeAll, describe, expect, it } from 'vitest';

const AT = new Date('2026-05-01T12:00:00.123Z');
const later = (seconds: number) => new Date(AT.getTime() + seconds * 1000);
const times = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );

onEachEngine('repositories', (engine) => {
  const db = useDatabase(engine);
  let repos: Repositories;
  beforeAll(async () => {
    repos = createRepositories(db.database);
  });

  /** A seller, and people who may rate them. */
  async function market(count: number) {
    const seller = await createSeller(db.database);
    const raters = (await createPeople(db.database, count)).map(({ id }) => id);
    const orders = await completeOrders(db.database, seller, raters);
    const newRating = (i: number, rating: 1 | 2 | 3 | 4 | 5 = 4) => ({
      sellerId: seller.id,
      raterId: raters[i]!,
      rating,
      comment: null,
      orderId: orders.get(raters[i]!)!,
    });
    return { seller, raters, newRating };
  }

  describe('counts', () => {
    it('forty moves at once, each in a transaction of its own: none is lost', async () => {
      const { seller, newRating } = await market(40);
      await Promise.all(
        times(40, (i) =>
          db.database.transaction(async (tx) => {
            const { ratings } = createRepositories(tx);
            await ratings.insert(newRating(i, 3), AT);
            await ratings.shiftCounts(seller.id, null, counted(3));
          }),
        ),
      );
      expect(await storedAggregates(db.database, seller.id)).toEqual(await recount(db.database, seller.id));
      await Promise.all(times(40, (i) => repos.ratings.shiftCounts(seller.id, counted(3), counted(i % 2 ? 5 : 2))));
      expect(await repos.ratings.histogram(seller.id)).toEqual({ 1: 0, 2: 20, 3: 0, 4: 0, 5: 20 });
    });

    it('a move gives back the counts as they are then', async () => {
      const { id } = await createSeller(db.database);
      expect(await repos.ratings.shiftCounts(id, null, counted(5))).toEqual({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 1 });
      expect(await repos.ratings.shiftCounts(id, counted(5), counted(1))).toEqual({ 1: 1, 2: 0, 3: 0, 4: 0, 5: 0 });
      expect(await repos.ratings.shiftCounts(id, counted(1), null)).toEqual({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 });
      await expect(repos.ratings.shiftCounts(id, counted(1), null)).rejects.toThrow(/Stars1 >= 0|CK_Users_Stars/i);
      expect(await repos.ratings.histogram(id)).toEqual({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 });
    });

    it('counts of an unknown seller cannot be moved, and are null when asked for', async () => {
      await expect(repos.ratings.shiftCounts(987_654, null, counted(5))).rejects.toThrow('There is no user 987654');
      expect(await repos.ratings.histogram(987_654)).toBeNull();
    });

    it('histograms asked for together come back to their callers', async () => {
      const people = (await createPeople(db.database, 300)).map(({ id }) => id);
      await db.database.write(Prisma.sql`UPDATE Users SET Stars1 = Id WHERE Id IN (${Prisma.join(people)})`);
      const batched = createRepositories(db.database, { batched: true }).ratings;
      const asked = [...people, 987_654, people[0]!];
      const answers = await Promise.all(asked.map((id) => batched.histogram(id)));
      expect(answers.map((answer) => answer?.[1])).toEqual(asked.map((id) => (id === 987_654 ? undefined : id)));
    });
  });

  describe('guarded changes', () => {
    it('an edit counts when the rating is at that version, and only then', async () => {
      const { newRating } = await market(1);
      const id = await repos.ratings.insert(newRating(0), AT);
      expect(await repos.ratings.update(id, 1, { rating: 2, comment: 'Changed' }, later(1))).toBe(true);
      expect(await repos.ratings.update(id, 1, { rating: 5, comment: 'Lost' }, later(2))).toBe(false);
      expect(await repos.ratings.delete(id, 1)).toBe(false);
      const stored = { rating: 2, comment: 'Changed', version: 2, createdAt: AT, updatedAt: later(1) };
      expect(await repos.ratings.findById(id, null)).toMatchObject(stored);
      expect(await repos.ratings.update(987_654, 1, { rating: 5, comment: null }, AT)).toBe(false);
    });

    it('of twenty edits of one version at once, one is made', async () => {
      const { newRating } = await market(1);
      const id = await repos.ratings.insert(newRating(0), AT);
      const made = await Promise.all(times(20, (i) => repos.ratings.update(id, 1, { rating: 5, comment: String(i) }, later(i))));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await repos.ratings.findById(id, null)).toMatchObject({ version: 2, comment: String(made.indexOf(true)) });
    });

    it('a withdrawn rating goes with its votes, once, and leaves the others alone', async () => {
      const { raters, newRating } = await market(3);
      const [id, other] = [await repos.ratings.insert(newRating(0), AT), await repos.ratings.insert(newRating(1), AT)];
      for (const rating of [id, other]) await repos.ratings.addHelpfulVote(rating, raters[2]!, AT);
      expect(await repos.ratings.delete(id, 1)).toBe(true);
      expect(await repos.ratings.delete(id, 1)).toBe(false);
      expect(await repos.ratings.findById(id, null)).toBeNull();
      expect(await repos.ratings.findById(other, raters[2]!)).toMatchObject({ helpfulCount: 1, foundHelpful: true });
    });

    it('votes: one for each person, taken back once, counted exactly', async () => {
      const { raters, newRating } = await market(25);
      const id = await repos.ratings.insert(newRating(0), AT);
      const voters = raters.slice(1);
      const votes = await Promise.all([...voters, ...voters].map((voter) => repos.ratings.addHelpfulVote(id, voter, AT)));
      expect(votes.filter(Boolean)).toHaveLength(voters.length);
      expect(await repos.ratings.findById(id, voters[0]!)).toMatchObject({ helpfulCount: voters.length, foundHelpful: true });
      const taken = await Promise.all(
        [voters[0]!, voters[0]!, voters[1]!, raters[0]!].map((voter) => repos.ratings.removeHelpfulVote(id, voter)),
      );
      expect(taken.filter(Boolean)).toHaveLength(2);
      expect(await repos.ratings.findById(id, voters[0]!)).toMatchObject({ helpfulCount: voters.length - 2, foundHelpful: false });
    });

    it('an order moves from the state that is expected, once, and says so in its events', async () => {
      const { seller, raters } = await market(1);
      const priceE8 = 999_999_999_999_999_999n; // no double holds it
      const item = {
        listingId: seller.listingId,
        title: 'T',
        category: 'other',
        unitPriceE8: priceE8,
        quantity: 1,
        stock: 'reserved' as const,
      };
      const order = {
        groupId: null,
        sellerId: seller.id,
        buyerId: raters[0]!,
        currency: 'BTC',
        note: 'N',
        delivery: null,
        escrowEnabled: true,
      };
      const by = (actorId: number) => ({ actorId, reason: null, dueAt: later(60) });
      const id = await repos.orders.create({ ...order, priceE8, shippingE8: 0n, items: [item], dueAt: later(1) }, AT);
      expect((await repos.orders.items([id])).get(id)).toMatchObject([{ ...item, orderId: id }]);
      expect(await repos.orders.transition(id, 'paid', 'shipped', by(seller.id), later(1))).toBe(false);
      const moves = await Promise.all(times(10, () => repos.orders.transition(id, 'placed', 'paid', by(raters[0]!), later(1))));
      expect(moves.filter(Boolean)).toHaveLength(1);
      const due = { dueAt: later(60), dueStatus: 'paid' };
      expect(await repos.orders.findById(id)).toMatchObject({ status: 'paid', priceE8, createdAt: AT, updatedAt: later(1), ...due });
      expect((await repos.orders.events(id)).map(({ from, to }) => [from, to])).toEqual([
        [null, 'placed'],
        ['placed', 'paid'],
      ]);
    });

    it('a session rotates from the token that is current, while it lives', async () => {
      const { id: userId } = await createPerson(db.database);
      const session = { id: `s-${userId}`, userId, tokenHash: 'a', device: null, secondFactor: null, expiresAt: later(60) };
      await repos.accounts.createSession(session, AT);
      const to = (tokenHash: string) => ({ tokenHash, previousUntil: later(10), expiresAt: later(120) });
      const rotated = await Promise.all(times(10, (i) => repos.accounts.rotateSession(session.id, 'a', to(`b${i}`), later(1))));
      expect(rotated.filter(Boolean)).toHaveLength(1);
      const current = `b${rotated.indexOf(true)}`;
      expect(await repos.accounts.findSession(session.id)).toMatchObject({ tokenHash: current, previousHash: 'a', expiresAt: later(120) });
      expect(await repos.accounts.rotateSession(session.id, current, to('c'), later(120))).toBe(false);
      expect(await repos.accounts.revokeSession(session.id, userId + 1, later(2))).toBe(false);
      expect(await repos.accounts.revokeSession(session.id, userId, later(2))).toBe(true);
      expect(await repos.accounts.rotateSession(session.id, current, to('c'), later(3))).toBe(false);
    });

    it('an import goes on from the line where it stands, and not after its end', async () => {
      const file = { source: 'otc', fileName: 'f.csv', fingerprint: `f-${engine}` };
      const run = await repos.imports.openRun(file, AT);
      expect(await repos.imports.openRun(file, later(1))).toEqual(run);
      const next = { linesDone: 10, imported: 9, rejected: 1 };
      const advanced = await Promise.all(times(5, () => repos.imports.advance(run, next)));
      expect(advanced.filter(Boolean)).toHaveLength(1);
      const now = await repos.imports.openRun(file, later(2));
      expect(now).toEqual({ ...run, ...next });
      await repos.imports.finish(run.id, later(3));
      expect(await repos.imports.advance(now, { ...next, linesDone: 20 })).toBe(false);
      expect((await repos.imports.openRun(file, later(4))).finished).toBe(true);
    });
  });

  describe('what may be there once only', () => {
    it('a second rating is ALREADY_RATED, inside a transaction too', async () => {
      const { newRating } = await market(1);
      await repos.ratings.insert(newRating(0), AT);
      expect(await codeOf(repos.ratings.insert(newRating(0), AT))).toBe('ALREADY_RATED');
      expect(await codeOf(db.database.transaction((tx) => createRepositories(tx).ratings.insert(newRating(0), AT)))).toBe('ALREADY_RATED');
    });

    it('an address is proved by one account, inside a transaction too', async () => {
      const email = 'once@assay.example';
      const account = { email, fullName: 'P', searchName: 'p', passwordHash: 'h', roles: ['buyer' as const], at: AT };
      const [one, two, three] = [
        await repos.accounts.create(account),
        await repos.accounts.create(account),
        await repos.accounts.create(account),
      ];
      expect(await repos.verifications.verifyEmail(two.id, email, AT)).toEqual([one.id, three.id]);
      expect((await repos.accounts.findById(one.id))!.email).toBeNull();
      const late = await repos.accounts.create(account);
      expect(await repos.verifications.verifyEmail(late.id, email, AT)).toBeNull();
      expect(await db.database.transaction((tx) => createRepositories(tx).verifications.verifyEmail(late.id, email, AT))).toBeNull();
      const proveDirectly = db.database.prisma.user.updateMany({ where: { id: late.id }, data: { emailVerifiedAt: AT } });
      expect(await proveDirectly.then(() => 'no error', isUniqueViolation)).toBe(true);
    });

    it('an attempt is counted with others that are the first at the same moment, as many as the limit allows', async () => {
      const { attempts } = repos;
      const limit = { max: 8, windowMs: 1000 };
      for (let round = 0; round < 20; round++) {
        const first = `first-${round}`;
        const outcomes = await Promise.all(Array.from({ length: 8 }, () => attempts.count(first, limit, AT)));
        expect(outcomes).toEqual(Array(8).fill(null));
        expect(await attempts.count(first, limit, AT)).toEqual(new Date(AT.getTime() + 1000));
        await attempts.forget(first);
      }
    });

    it('an attempt counts up to its limit, of many at once too, and anew once the time is over', async () => {
      const { attempts } = repos;
      const limit = { max: 3, windowMs: 1000 };
      const after = (ms: number) => new Date(AT.getTime() + ms);
      const outcomes = await Promise.all(Array.from({ length: 12 }, () => attempts.count('key', limit, AT)));
      expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(3);
      expect(outcomes.filter((outcome) => outcome !== null)).toEqual(Array(9).fill(after(1000)));
      await attempts.giveBack('key');
      expect(await attempts.count('key', limit, after(500))).toBeNull();
      expect(await attempts.count('key', limit, after(999))).toEqual(after(1000));
      expect(await attempts.count('key', limit, after(1000))).toBeNull();
      expect(await attempts.count('key', { ...limit, sliding: true }, after(1500))).toBeNull();
      expect(await attempts.count('key', limit, after(2000))).toBeNull();
      expect(await attempts.count('key', limit, after(2400))).toEqual(after(2500));
      await attempts.forget('key');
      expect(await attempts.count('key', limit, after(2400))).toBeNull();
      expect(await attempts.purge(after(3401))).toBe(1);
    });

    it('unique violations are distinguished from all others, by Prisma and in SQL, inside a transaction and outside', async () => {
      const { id: userId } = await createPerson(db.database, ['buyer']);
      const caught = (work: Promise<unknown>) => work.then(() => 'no error', isUniqueViolation);
      const withPrisma = (to: number, role: string) => db.database.prisma.userRole.createMany({ data: [{ userId: to, role }] });
      const inSql = (to: number, role: string) => Prisma.sql`INSERT INTO UserRoles (UserId, Role) VALUES (${to}, ${role})`;
      expect(await caught(withPrisma(userId, 'buyer'))).toBe(true);
      expect(await caught(db.database.write(inSql(userId, 'buyer')))).toBe(true);
      expect(await caught(db.database.transaction((tx) => tx.write(inSql(userId, 'buyer'))))).toBe(true);
      expect(await caught(withPrisma(987_654, 'buyer'))).toBe(false); // no such user
      expect(await caught(db.database.write(inSql(987_654, 'buyer')))).toBe(false);
      expect(await caught(db.database.write(inSql(userId, 'root')))).toBe(false); // no such role
    });

    it('a role that is granted again, by many at once, is there once', async () => {
      const { id } = await createPerson(db.database, []);
      await Promise.all(times(8, () => repos.accounts.grantRole(id, 'admin', AT)));
      expect((await repos.accounts.findById(id))!.roles).toEqual(['admin']);
    });
  });

  describe('idempotency keys', () => {
    let keys: IdempotencyStore;
    let userId: number;
    beforeAll(async () => {
      keys = idempotencyStore(db.database);
      userId = (await createPerson(db.database)).id;
    });
    const stored = { requestHash: 'r', status: 'in-flight', responseStatus: null, responseBody: null, lockedUntil: later(60) };

    it('a new key belongs to one request, however many ask; the others see what is stored', async () => {
      const claims = await Promise.all(times(10, () => keys.claim(userId, 'k1', 'r', later(60), AT)));
      expect(claims.filter((claim) => claim === null)).toHaveLength(1);
      for (const claim of claims) if (claim !== null) expect(claim).toMatchObject(stored);
      expect(await keys.claim(userId + 1, 'k1', 'r', later(60), AT)).toBeNull(); // another user's key is another key
    });

    it('a request whose lock has run out is taken over by one, and not before', async () => {
      await keys.claim(userId, 'k2', 'r', later(60), AT);
      expect(await keys.takeOver(userId, 'k2', later(119), later(59))).toBe(false);
      const takers = await Promise.all(times(10, () => keys.takeOver(userId, 'k2', later(120), later(60))));
      expect(takers.filter(Boolean)).toHaveLength(1);
    });

    it('a completed request is replayed, is not taken over and not given back', async () => {
      await keys.claim(userId, 'k3', 'r', later(60), AT);
      await keys.complete(userId, 'k3', 201, '{"id":1,"comment":"★"}');
      expect(await keys.takeOver(userId, 'k3', later(180), later(120))).toBe(false);
      await keys.release(userId, 'k3');
      const done = { ...stored, status: 'done', responseStatus: 201, responseBody: '{"id":1,"comment":"★"}' };
      expect(await keys.claim(userId, 'k3', 'r', later(60), AT)).toMatchObject(done);
    });

    it('a failed request gives its key back', async () => {
      await keys.claim(userId, 'k4', 'r', later(60), AT);
      await keys.release(userId, 'k4');
      expect(await keys.claim(userId, 'k4', 'another', later(60), AT)).toBeNull();
    });

    it('old keys are forgotten, new ones kept', async () => {
      await keys.claim(userId, 'k5', 'r', later(60), later(3600));
      expect(await keys.purgeBefore(later(3600))).toBeGreaterThanOrEqual(5);
      expect(await keys.claim(userId, 'k5', 'r', later(60), AT)).not.toBeNull();
      expect(await keys.claim(userId, 'k3', 'r', later(60), AT)).toBeNull();
    });
  });
});

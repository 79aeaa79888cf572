import { AppError, type Repositories } from '@assay/core';
import { createRepositories, Prisma } from '@assay/database';
import { completeOrders, counted, createPerson, createSeller, onEachEngine, recount, storedAggregates, useDatabase } from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';

const AT = new Date('2026-05-01T12:00:00.000Z');

onEachEngine('transactions', (engine) => {
  const db = useDatabase(engine);
  let repos: Repositories;
  beforeAll(async () => {
    repos = createRepositories(db.database);
  });

  async function pair() {
    const seller = await createSeller(db.database);
    const rater = await createPerson(db.database);
    const orderId = (await completeOrders(db.database, seller, [rater.id])).get(rater.id)!;
    return { seller, rater, rating: { sellerId: seller.id, raterId: rater.id, rating: 5 as const, comment: 'Kept?', orderId } };
  }

  /** Everything that one submission writes. */
  async function submit(tx: Repositories, { rating, rater }: Awaited<ReturnType<typeof pair>>) {
    const id = await tx.ratings.insert(rating, AT);
    await tx.ratings.shiftCounts(rating.sellerId, null, counted(rating.rating));
    await tx.ratings.appendVersion({ ...rating, ratingId: id, version: 1, action: 'submitted', actorId: rater.id }, AT);
    await tx.ratings.addHelpfulVote(id, rater.id, AT);
    await tx.outbox.append('rating.submitted', { ratingId: id, sellerId: rating.sellerId, raterId: rater.id, rating: rating.rating }, AT);
    await tx.audit.append({
      at: AT,
      actorId: rater.id,
      actorKind: 'user',
      action: 'test',
      entity: 'rating',
      entityId: `${rater.id}`,
      detail: null,
      requestId: 'r',
    });
    return id;
  }
  /** How many rows of each kind are there of it. */
  async function left({ seller, rater }: Awaited<ReturnType<typeof pair>>) {
    const { prisma } = db.database;
    return {
      ratings: await prisma.sellerRating.count({ where: { sellerId: seller.id } }),
      stars: (await storedAggregates(db.database, seller.id)).totalRatings,
      versions: await prisma.sellerRatingVersion.count({ where: { sellerId: seller.id } }),
      votes: await prisma.ratingHelpfulVote.count({ where: { userId: rater.id } }),
      events: await prisma.outboxEvent.count({ where: { subjectId: seller.id } }),
      audit: await prisma.auditEntry.count({ where: { actorId: rater.id } }),
    };
  }
  const all = (count: number) => ({ ratings: count, stars: count, versions: count, votes: count, events: count, audit: count });

  it('what is committed is all there', async () => {
    const two = await pair();
    await db.database.transaction((tx) => submit(createRepositories(tx), two));
    expect(await left(two)).toEqual(all(1));
  });

  it('a rollback leaves nothing, and the error comes out as it was thrown', async () => {
    const two = await pair();
    const refusal = new AppError('FORBIDDEN');
    const work = db.database.transaction(async (tx) => {
      await submit(createRepositories(tx), two);
      throw refusal;
    });
    await expect(work).rejects.toBe(refusal);
    expect(await left(two)).toEqual(all(0));
  });

  it('a statement that the database refuses takes everything before it along', async () => {
    const two = await pair();
    const work = db.database.transaction(async (tx) => {
      await submit(createRepositories(tx), two);
      await tx.write(Prisma.sql`UPDATE Users SET Stars1 = -1 WHERE Id = ${two.seller.id}`);
    });
    await expect(work).rejects.toThrow(/Stars1 >= 0|CK_Users_Stars/i);
    expect(await left(two)).toEqual(all(0));
  });

  it('no other connection sees what is not committed', async () => {
    const two = await pair();
    const batched = createRepositories(db.database, { batched: true });
    let seen: Promise<unknown[]> | undefined;
    const work = db.database.transaction(async (tx) => {
      const mine = createRepositories(tx);
      const id = await submit(mine, two);
      seen = Promise.all([
        db.database.prisma.sellerRating.count({ where: { sellerId: two.seller.id } }),
        db.database.read(Prisma.sql`SELECT Id FROM SellerRatings WHERE SellerId = ${two.seller.id}`),
        repos.ratings.findById(id, null),
        repos.ratings.ratingEligibility(two.seller.id, two.rater.id).then((standing) => standing!.ratingId),
        repos.ratings.histogram(two.seller.id).then((histogram) => histogram![5]),
        batched.ratings.histogram(two.seller.id).then((histogram) => histogram![5]),
      ]);
      // Without READ_COMMITTED_SNAPSHOT a reader of SQL Server waits for the end of the transaction; no reader does on SQLite.
      if (engine === 'sqlite') await seen;
      expect(await mine.ratings.findById(id, null)).not.toBeNull();
      expect((await mine.ratings.histogram(two.seller.id))![5]).toBe(1);
      throw new Error('rolled back');
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await seen).toEqual([0, [], null, null, 0, 0]);
  });

  it('a write of another caller does not join the open transaction: it stays when that is rolled back', async () => {
    const [two, others] = [await pair(), await pair()];
    const writes: Promise<unknown>[] = [];
    const work = db.database.transaction(async (tx) => {
      await submit(createRepositories(tx), two);
      writes.push(
        repos.ratings.insert(others.rating, AT), // in SQL that gives something back
        repos.outbox.append('seller.updated', { sellerId: others.seller.id }, AT), // in SQL
        db.database.prisma.user.updateMany({ where: { id: others.rater.id }, data: { passwordHash: 'by Prisma' } }), // by Prisma
        db.database.transaction((other) => createRepositories(other).ratings.shiftCounts(others.seller.id, null, counted(5))),
      );
      await createRepositories(tx).ratings.histogram(two.seller.id);
      throw new Error('rolled back');
    });
    await expect(work).rejects.toThrow('rolled back');
    await Promise.all(writes);
    expect(await left(two)).toEqual(all(0));
    expect(await storedAggregates(db.database, others.seller.id)).toEqual(await recount(db.database, others.seller.id));
    expect(await left(others)).toMatchObject({ ratings: 1, events: 1 });
    expect((await repos.accounts.findById(others.rater.id))!.passwordHash).toBe('by Prisma');
  });

  it('thirty transactions and as many reads at once, every other one rolled back: exactly the others are there', async () => {
    const pairs = [];
    for (let i = 0; i < 30; i++) pairs.push(await pair());
    const results = await Promise.allSettled(
      pairs.flatMap((two, i) => [
        db.database.transaction(async (tx) => {
          await submit(createRepositories(tx), two);
          if (i % 2) throw new Error('rolled back');
        }),
        repos.ratings.histogram(two.seller.id),
      ]),
    );
    const failed = results.filter((result) => result.status === 'rejected');
    expect(failed.map(({ reason }) => (reason as Error).message)).toEqual(Array(15).fill('rolled back'));
    for (const [i, two] of pairs.entries()) expect(await left(two), `pair ${i}`).toEqual(all(i % 2 ? 0 : 1));
  });

  it('a transaction that has ended takes no more statements, not even while another one is open', async () => {
    const two = await pair();
    const { ratings: ended } = await db.database.transaction(async (tx) => createRepositories(tx));
    const late = () => ended.shiftCounts(two.seller.id, null, counted(1));
    await expect(late()).rejects.toThrow(/transaction/i);
    await db.database.transaction(async (tx) => {
      await createRepositories(tx).ratings.shiftCounts(two.seller.id, null, counted(5));
      await expect(late()).rejects.toThrow(/transaction/i);
    });
    expect(await repos.ratings.histogram(two.seller.id)).toEqual({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 1 });
  });
});

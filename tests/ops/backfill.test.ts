import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ROOT } from '@assay/api';
import { getSeller } from '@assay/core';
import {
  completeOrders,
  createMarket,
  createPerson,
  createSeller,
  createUncountedRatings,
  onSqlServer,
  recount,
  recountDays,
  restClient,
  runSqlFile,
  storedAggregates,
  storedDays,
  useProduct,
} from '@assay/testing';
import { expect, it } from 'vitest';

const FILE = path.join(ROOT, 'prisma', 'migrations', 'sqlserver', 'backfill-rating-aggregates.sql');

onSqlServer('backfill-rating-aggregates.sql', () => {
  const { db, api } = useProduct('sqlserver');

  /** Returns how many sellers it says it corrected. */
  const backfill = async () => Object.values((await runSqlFile(db.target, FILE))[0]!)[0];

  const ratedSeller = (stars: number[]) => createUncountedRatings(db.database, stars);

  it('counts what was never counted, corrects what is wrong, and leaves the rest alone', async () => {
    const uncounted = await ratedSeller([5, 5, 4, 1]);
    const inflated = await ratedSeller([3]);
    await db.database.prisma.user.updateMany({ where: { id: inflated.id }, data: { stars3: 1, stars5: 7 } });
    const phantom = await createSeller(db.database);
    await db.database.prisma.user.updateMany({ where: { id: phantom.id }, data: { stars2: 3 } });

    const ctx = api.container.context({ kind: 'anonymous' }, 'test');
    expect(await getSeller(ctx, uncounted.id)).toMatchObject({ summary: { totalRatings: 0 } }); // is kept now

    expect(await backfill()).toBe(3);
    await api.container.feed.catchUp();
    expect(await getSeller(ctx, uncounted.id)).toMatchObject({ summary: { totalRatings: 4 } });
    expect(await db.database.prisma.sellerCacheInvalidation.count({ where: { invalidationType: 'all' } })).toBeGreaterThan(0);
    expect(await storedDays(db.database, uncounted.id)).toEqual(await recountDays(db.database, uncounted.id));
    expect(await storedDays(db.database, uncounted.id)).toHaveLength(1);
    for (const { id } of [uncounted, inflated, phantom])
      expect(await storedAggregates(db.database, id)).toEqual(await recount(db.database, id));
    expect(await storedAggregates(db.database, uncounted.id)).toMatchObject({ totalRatings: 4, positiveRatings: 3, sellerRating: 3.75 });
    expect(await backfill()).toBe(0);
  });

  it('waits for a rating that is under way, and counts it', async () => {
    const seller = await ratedSeller([5, 4]);
    const buyer = await createPerson(db.database);
    const order = (await completeOrders(db.database, seller, [buyer.id])).get(buyer.id)!;
    await db.database.prisma.user.updateMany({ where: { id: seller.id }, data: { stars1: 9 } });

    let corrected: Promise<unknown> | undefined;
    await db.database.transaction(async (tx) => {
      await tx.prisma.sellerRating.createMany({ data: [{ sellerId: seller.id, raterId: buyer.id, rating: 5, orderId: order }] });
      await tx.prisma.user.updateMany({ where: { id: seller.id }, data: { stars5: { increment: 1 } } });
      corrected = backfill();
      // No event says that a statement waits for a lock. Too short a time would make this test weaker, never red.
      await setTimeout(3000);
    });
    expect(await corrected).toBe(1);
    expect(await storedAggregates(db.database, seller.id)).toEqual(await recount(db.database, seller.id));
  });

  it('loses nothing of what comes in meanwhile', async () => {
    const { seller, buyers } = await createMarket(db.database, 60);
    const writing = new AbortController();
    const runs = (async () => {
      while (!writing.signal.aborted) await backfill();
    })();
    const answers = await Promise.all(
      buyers.map((buyer, i) =>
        restClient(api.url).post('/ratings', { sellerId: seller.id, rating: 1 + (i % 5) }, { token: api.tokenFor(buyer) }),
      ),
    );
    writing.abort();
    await runs;
    expect(answers.map(({ status }) => status)).toEqual(buyers.map(() => 201));
    expect(await storedAggregates(db.database, seller.id)).toEqual(await recount(db.database, seller.id));
    expect(await backfill()).toBe(0);
  });
});

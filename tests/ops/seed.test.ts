import { onEachEngine, recount, recountDays, restClient, storedAggregates, storedDays, useProduct } from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../../prisma/seed/demo-data.ts';
import { isEmpty, seedDemo } from '../../prisma/seed/demo.ts';

onEachEngine('demo data', (engine) => {
  const { db, api } = useProduct(engine);
  beforeAll(async () => {
    expect(await isEmpty(db.database)).toBe(true);
    await seedDemo(db.database, api.container.services.passwords);
  });

  it('is rated as everything else is: every aggregate equals a recount', async () => {
    const sellers = await db.database.prisma.sellerProfile.findMany({ select: { userId: true } });
    expect(sellers.length).toBeGreaterThan(5);
    for (const { userId } of sellers) {
      expect(await storedAggregates(db.database, userId)).toEqual(await recount(db.database, userId));
      expect(await storedDays(db.database, userId)).toEqual(await recountDays(db.database, userId));
    }
    const ratings = await db.database.prisma.sellerRating.count();
    expect(ratings).toBeGreaterThan(100);
    expect(await db.database.prisma.sellerRatingVersion.count()).toBeGreaterThanOrEqual(ratings);
    expect(await isEmpty(db.database)).toBe(false);
  });

  it('has something to answer, to decide and to read for sellers and moderators', async () => {
    const { ratingReply, ratingReport, struckRating } = db.database.prisma;
    expect(await ratingReply.count()).toBeGreaterThan(0);
    expect(await ratingReport.count({ where: { decisionId: null } })).toBe(1);
    expect(await struckRating.count()).toBe(1);
  });

  it.each(DEMO_ACCOUNTS.map(({ role, email }) => [role, email]))('the %s signs in', async (role, email) => {
    const { status, body } = await restClient(api.url).post('/auth/login', { email, password: DEMO_PASSWORD });
    expect([status, body.user.roles]).toEqual([200, expect.arrayContaining([role])]);
  });
});

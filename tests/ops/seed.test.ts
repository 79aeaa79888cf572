import { verifyLedger } from '@assay/core';
import { onEachEngine, recount, recountDays, restClient, storedAggregates, storedDays, useProduct } from '@assay/testing';
import { beforeAll, expect, it } from 'vitest';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../../prisma/seed/demo-data.ts';
import { seedMonth } from '../../prisma/seed/demo-month.ts';
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

  it('has a month of orders, refunds, disputes and payouts, whose money is right', async () => {
    const { orders, payouts } = await seedMonth(api.container);
    expect([orders, payouts]).toEqual([24, expect.toBeOneOf([4, 5])]);
    const { prisma } = db.database;
    const seller = await prisma.user.findFirstOrThrow({ where: { email: DEMO_ACCOUNTS[1].email } });
    const rows = await prisma.order.findMany({ where: { sellerId: seller.id, groupId: { not: null } }, include: { payment: true } });
    const count = (status: string) => rows.filter((row) => row.status === status).length;
    expect(
      Object.fromEntries(
        ['completed', 'delivered', 'shipped', 'paid', 'cancelled', 'declined', 'resolved', 'disputed'].map((status) => [
          status,
          count(status),
        ]),
      ),
    ).toEqual({
      completed: 14,
      delivered: 2,
      shipped: 2,
      paid: 2,
      cancelled: 1,
      declined: 1,
      resolved: 1,
      disputed: 1,
    });
    const refunds = await prisma.refund.findMany({ orderBy: { id: 'asc' }, select: { amountE8: true, status: true } });
    expect(refunds.map(({ amountE8, status }) => [Number(amountE8) / 1e8, status])).toEqual([
      [92.5, 'done'],
      [10, 'done'],
      [118.5, 'done'],
      [40, 'done'],
    ]);
    const { differences } = await verifyLedger(api.container.context({ kind: 'system', name: 'test' }, 'test'), { postMissing: true });
    expect(differences).toEqual([]);
    const listings = await prisma.sellerListing.findMany({
      where: { sellerId: seller.id },
      select: { title: true, status: true, quantity: true, reserved: true },
    });
    // What was cancelled and declined is for sale again.
    expect(
      listings.map(({ title, status, quantity, reserved }) => `${title.split(/[ ,]/)[0]!} ${status} ${quantity - reserved}`).sort(),
    ).toEqual(['Ash-glazed active 1', 'Bottle active 1', 'Serving active 2', 'Teapot active 2']);
  }, 120_000);

  it.each(DEMO_ACCOUNTS.map(({ role, email }) => [role, email]))('the %s signs in', async (role, email) => {
    const { status, body } = await restClient(api.url).post('/auth/login', { email, password: DEMO_PASSWORD });
    expect([status, body.user.roles]).toEqual([200, expect.arrayContaining([role])]);
  });
});

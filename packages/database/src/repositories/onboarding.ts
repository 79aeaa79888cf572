import { ONBOARDING_STEPS, type OnboardingStepName } from '@assay/contract';
import type { OnboardingRepository } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { updateOrInsert } from '../engine/errors.ts';

export function onboardingRepository(db: Queryable): OnboardingRepository {
  const { prisma } = db;
  return {
    async find(userId) {
      const row = await prisma.sellerOnboarding.findUnique({ where: { userId } });
      if (!row) return null;
      const skipped = row.skipped.split(',');
      return {
        currentStep: row.currentStep as OnboardingStepName,
        skipped: ONBOARDING_STEPS.filter((step) => skipped.includes(step)),
        completedAt: row.completedAt,
      };
    },

    async save(userId, { currentStep, skipped, completedAt }, at) {
      const data = { currentStep, skipped: skipped.join(','), completedAt, updatedAt: at };
      await updateOrInsert(
        async () => (await prisma.sellerOnboarding.updateMany({ where: { userId }, data })).count,
        () => prisma.sellerOnboarding.createMany({ data: [{ userId, ...data }] }),
      );
    },

    async done(userId) {
      const exists = (rows: Prisma.Sql) => Prisma.sql`CASE WHEN EXISTS (SELECT 1 FROM ${rows}) THEN 1 ELSE 0 END`;
      const [row] = await db.read<Record<OnboardingStepName, number>>(Prisma.sql`
        SELECT ${exists(Prisma.sql`Wallets w WHERE w.UserId = u.Id`)} AS wallet,
          ${exists(Prisma.sql`SellerProfiles p WHERE p.UserId = u.Id`)} AS profile,
          ${exists(Prisma.sql`ImageUses i JOIN Images m ON m.Id = i.ImageId
            WHERE i.Purpose = 'profile' AND i.SubjectId = u.Id AND m.Status <> 'failed' AND m.DeletedAt IS NULL`)} AS image,
          CASE WHEN u.EmailVerifiedAt IS NOT NULL
            OR EXISTS (SELECT 1 FROM SellerVerifications v WHERE v.UserId = u.Id AND v.Status IN ('submitted', 'approved'))
            THEN 1 ELSE 0 END AS verification,
          ${exists(Prisma.sql`SellerPayoutDetails d WHERE d.UserId = u.Id`)} AS payout,
          ${exists(Prisma.sql`SellerListings l WHERE l.SellerId = u.Id`)} AS listing
        FROM Users u WHERE u.Id = ${userId}`);
      return Object.fromEntries(ONBOARDING_STEPS.map((step) => [step, row?.[step] === 1])) as Record<OnboardingStepName, boolean>;
    },
  };
}

import { ONBOARDING_STEPS, type OnboardingStepName } from '@assay/contract';
import type { OnboardingRepository, OnboardingRow } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { updateOrInsert } from '../engine/errors.ts';
import { bool, columns } from '../engine/rows.ts';

const ONBOARDING = columns(
  { o: 'SellerOnboarding' },
  { currentStep: 'o.CurrentStep', skipped: 'o.Skipped', completedAt: 'o.CompletedAt' },
  ({ skipped, ...row }): OnboardingRow => {
    const names = skipped.split(',');
    return { ...row, skipped: ONBOARDING_STEPS.filter((step) => names.includes(step)) };
  },
);

const exists = (rows: Prisma.Sql) => bool(Prisma.sql`EXISTS (SELECT 1 FROM ${rows})`);
const DONE = columns({ u: 'Users' }, {
  wallet: exists(Prisma.sql`Wallets w WHERE w.UserId = u.Id`),
  profile: exists(Prisma.sql`SellerProfiles p WHERE p.UserId = u.Id`),
  image: exists(Prisma.sql`ImageUses i JOIN Images m ON m.Id = i.ImageId
      WHERE i.Purpose = 'profile' AND i.SubjectId = u.Id AND m.Status <> 'failed' AND m.DeletedAt IS NULL`),
  verification: bool(Prisma.sql`u.EmailVerifiedAt IS NOT NULL
      OR EXISTS (SELECT 1 FROM SellerVerifications v WHERE v.UserId = u.Id AND v.Status IN ('submitted', 'approved'))`),
  payout: exists(Prisma.sql`SellerPayoutDetails d WHERE d.UserId = u.Id`),
  listing: exists(Prisma.sql`SellerListings l WHERE l.SellerId = u.Id`),
} satisfies Record<OnboardingStepName, unknown>);

export function onboardingRepository(db: Queryable): OnboardingRepository {
  const { prisma } = db;
  return {
    find: (userId) => ONBOARDING.first(db, Prisma.sql`FROM SellerOnboarding o WHERE o.UserId = ${userId}`),

    async save(userId, { currentStep, skipped, completedAt }, at) {
      const data = { currentStep, skipped: skipped.join(','), completedAt, updatedAt: at };
      await updateOrInsert(
        async () => (await prisma.sellerOnboarding.updateMany({ where: { userId }, data })).count,
        () => prisma.sellerOnboarding.createMany({ data: [{ userId, ...data }] }),
      );
    },

    async done(userId) {
      const done = await DONE.first(db, Prisma.sql`FROM Users u WHERE u.Id = ${userId}`);
      return done ?? { wallet: false, profile: false, image: false, verification: false, payout: false, listing: false };
    },
  };
}

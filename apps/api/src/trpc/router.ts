import { categoriesRouter } from './categories.ts';
import { flagsRouter } from './flags.ts';
import { imagesRouter } from './images.ts';
import { insightsRouter } from './insights.ts';
import { listingsRouter } from './listings.ts';
import { moderationRouter } from './moderation.ts';
import { onboardingRouter, payoutRouter, profileRouter, verificationRouter } from './onboarding.ts';
import { operationsRouter } from './operations.ts';
import { tasksRouter } from './tasks.ts';
import { ratingsRouter } from './ratings.ts';
import { rolloutsRouter } from './rollouts.ts';
import { accountsRouter, ordersRouter, sellersRouter } from './shop.ts';
import { storesRouter } from './stores.ts';
import { router } from './trpc.ts';
import { walletsRouter } from './wallets.ts';

export type { ErrorData } from './trpc.ts';

export const appRouter = router({
  accounts: accountsRouter,
  sellers: sellersRouter,
  categories: categoriesRouter,
  listings: listingsRouter,
  stores: storesRouter,
  orders: ordersRouter,
  ratings: ratingsRouter,
  images: imagesRouter,
  insights: insightsRouter,
  moderation: moderationRouter,
  operations: operationsRouter,
  tasks: tasksRouter,
  flags: flagsRouter,
  wallets: walletsRouter,
  rollouts: rolloutsRouter,
  onboarding: onboardingRouter,
  profile: profileRouter,
  verification: verificationRouter,
  payout: payoutRouter,
});
export type AppRouter = typeof appRouter;

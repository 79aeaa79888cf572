import { categoriesRouter } from './categories.ts';
import { flagsRouter } from './flags.ts';
import { imagesRouter } from './images.ts';
import { insightsRouter } from './insights.ts';
import { listingsRouter } from './listings.ts';
import { moderationRouter } from './moderation.ts';
import { operationsRouter } from './operations.ts';
import { ratingsRouter } from './ratings.ts';
import { rolloutsRouter } from './rollouts.ts';
import { accountsRouter, ordersRouter, sellersRouter } from './shop.ts';
import { router } from './trpc.ts';
import { walletsRouter } from './wallets.ts';

export type { ErrorData } from './trpc.ts';

export const appRouter = router({
  accounts: accountsRouter,
  sellers: sellersRouter,
  categories: categoriesRouter,
  listings: listingsRouter,
  orders: ordersRouter,
  ratings: ratingsRouter,
  images: imagesRouter,
  insights: insightsRouter,
  moderation: moderationRouter,
  operations: operationsRouter,
  flags: flagsRouter,
  wallets: walletsRouter,
  rollouts: rolloutsRouter,
});
export type AppRouter = typeof appRouter;

import * as operations from '../operations/index.ts';
import { procedures } from './procedures.ts';
import { router } from './trpc.ts';

export type { ErrorData } from './trpc.ts';

export const appRouter = router({
  accounts: procedures('accounts', operations.accounts),
  sellers: procedures('sellers', operations.sellers),
  categories: procedures('categories', operations.categories),
  listings: procedures('listings', operations.listings),
  stores: procedures('stores', operations.stores),
  orders: procedures('orders', operations.orders),
  ratings: procedures('ratings', operations.ratings),
  images: procedures('images', operations.images),
  insights: procedures('insights', operations.insights),
  moderation: procedures('moderation', operations.moderation),
  operations: procedures('operations', operations.operations),
  tasks: procedures('tasks', operations.tasks),
  flags: procedures('flags', operations.flags),
  wallets: procedures('wallets', operations.wallets),
  rollouts: procedures('rollouts', operations.rollouts),
  onboarding: procedures('onboarding', operations.onboarding),
  profile: procedures('profile', operations.profile),
  signInChanges: procedures('signInChanges', operations.signInChanges),
  verification: procedures('verification', operations.verification),
  payout: procedures('payout', operations.payout),
});
export type AppRouter = typeof appRouter;

import * as operations from '../operations/index.ts';
import type { Operations } from '../operations/operation.ts';
import { procedures } from './procedures.ts';
import { router } from './trpc.ts';

export type { ErrorData } from './trpc.ts';

export const appRouter = router({
  accounts: procedures('accounts', operations.accounts),
  sellers: procedures('sellers', operations.sellers),
  categories: procedures('categories', operations.categories),
  listings: procedures('listings', operations.listings),
  stores: procedures('stores', operations.stores),
  basket: procedures('basket', operations.basket),
  addresses: procedures('addresses', operations.addresses),
  checkout: procedures('checkout', operations.checkout),
  fees: procedures('fees', operations.fees),
  orders: procedures('orders', operations.orders),
  invoices: procedures('invoices', operations.invoices),
  ratings: procedures('ratings', operations.ratings),
  images: procedures('images', operations.images),
  insights: procedures('insights', operations.insights),
  messages: procedures('messages', operations.messages),
  moderation: procedures('moderation', operations.moderation),
  operations: procedures('operations', operations.operations),
  tasks: procedures('tasks', operations.tasks),
  flags: procedures('flags', operations.flags),
  wallets: procedures('wallets', operations.wallets),
  rollouts: procedures('rollouts', operations.rollouts),
  onboarding: procedures('onboarding', operations.onboarding),
  privacy: procedures('privacy', operations.privacy),
  profile: procedures('profile', operations.profile),
  signInChanges: procedures('signInChanges', operations.signInChanges),
  verification: procedures('verification', operations.verification),
  balance: procedures('balance', operations.balance),
  ledger: procedures('ledger', operations.ledger),
  payout: procedures('payout', operations.payout),
  adminOrders: procedures('adminOrders', operations.adminOrders),
  payoutAccount: procedures('payoutAccount', operations.payoutAccount),
  disputes: procedures('disputes', operations.disputes),
  returns: procedures('returns', operations.returns),
  payments: procedures('payments', operations.payments),
  payouts: procedures('payouts', operations.payouts),
  people: procedures('people', operations.people),
  passkeys: procedures('passkeys', operations.passkeys),
  secondFactor: procedures('secondFactor', operations.secondFactor),
});
export type AppRouter = typeof appRouter;

/** Procedures whose requests count for their address besides: see `Address.countedBy`. */
export const COUNTED_BY_ADDRESS: ReadonlySet<string> = new Set(
  Object.entries(operations as Record<string, Operations>).flatMap(([group, declared]) =>
    Object.entries(declared).flatMap(([name, { rest }]) =>
      rest.some(({ countedBy }) => countedBy === 'address') ? `${group}.${name}` : [],
    ),
  ),
);

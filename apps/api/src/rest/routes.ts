import type { Container } from '../container.ts';
import * as operations from '../operations/index.ts';
import { accountFileRoutes } from './account-files.ts';
import { documentRoutes } from './documents.ts';
import { evidenceRoutes } from './evidence.ts';
import { imageRoutes } from './images.ts';
import { invoiceFileRoutes } from './invoice-files.ts';
import { ledgerFileRoutes } from './ledger-files.ts';
import { listingFileRoutes } from './listing-files.ts';
import { orderFileRoutes } from './order-files.ts';
import { payoutFileRoutes } from './payout-files.ts';
import { passkeyRoutes } from './passkeys.ts';
import { ratingFileRoutes } from './rating-files.ts';
import { routesOf, type Route } from './route.ts';
import { sessionRoutes } from './sessions.ts';
import { walletRoutes } from './wallets.ts';

/** Every REST route, in the order of the OpenAPI document: operations, and what works on the request itself. */
export const restRoutes = ({ tokens, devices, images }: Pick<Container, 'tokens' | 'devices' | 'images'>): Route[] => [
  ...sessionRoutes(tokens, devices),
  ...routesOf('Accounts', operations.accounts),
  ...routesOf('Accounts', operations.people),
  ...walletRoutes(tokens, devices),
  ...routesOf('Accounts', operations.wallets),
  ...passkeyRoutes(tokens, devices),
  ...routesOf('Accounts', operations.passkeys),
  ...routesOf('Accounts', operations.signInChanges),
  ...routesOf('Accounts', operations.secondFactor),
  ...accountFileRoutes,
  ...routesOf('Accounts', operations.privacy),
  ...routesOf('Sellers', operations.sellers),
  ...routesOf('Categories', operations.categories),
  ...routesOf('Listings', operations.listings),
  ...listingFileRoutes,
  ...routesOf('Stores', operations.stores),
  ...routesOf('Basket', operations.basket),
  ...routesOf('Addresses', operations.addresses),
  ...routesOf('Checkout', operations.checkout),
  ...routesOf('Orders', operations.orders),
  ...orderFileRoutes,
  ...routesOf('Orders', operations.adminOrders),
  ...routesOf('Disputes', operations.disputes),
  ...routesOf('Returns', operations.returns),
  ...evidenceRoutes(tokens, images),
  ...routesOf('Messages', operations.messages),
  ...routesOf('Fees', operations.fees),
  ...routesOf('Invoices', operations.invoices),
  ...invoiceFileRoutes,
  ...routesOf('Payments', operations.payments),
  ...routesOf('Ratings', operations.ratings),
  ...routesOf('Insights', operations.insights),
  ...ratingFileRoutes,
  ...routesOf('Moderation', operations.moderation),
  ...routesOf('Operations', operations.operations),
  ...routesOf('Operations', operations.tasks),
  ...routesOf('Feature flags', operations.flags),
  ...routesOf('Feature flags', operations.rollouts),
  ...imageRoutes(tokens, images),
  ...routesOf('Images', operations.images),
  ...routesOf('Verification', operations.verification),
  ...documentRoutes(tokens, images),
  ...routesOf('Onboarding', operations.onboarding),
  ...routesOf('Onboarding', operations.profile),
  ...routesOf('Balance', operations.balance),
  ...routesOf('Ledger', operations.ledger),
  ...ledgerFileRoutes,
  ...routesOf('Payout details', operations.payout),
  ...routesOf('Payout details', operations.payoutAccount),
  ...routesOf('Payouts', operations.payouts),
  ...payoutFileRoutes,
  ...routesOf('Operations', operations.cache),
  ...routesOf('Marketplace', operations.marketplace),
];

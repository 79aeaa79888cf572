import type { Store } from '@assay/core';
import type { Queryable } from './engine/database.ts';
import { accountsRepository } from './repositories/accounts.ts';
import { aggregatesRepository } from './repositories/aggregates.ts';
import { importsRepository } from './repositories/imports.ts';
import { listingsRepository } from './repositories/listings.ts';
import { ordersRepository } from './repositories/orders.ts';
import { ratingsRepository } from './repositories/ratings.ts';
import { auditLog, outbox } from './repositories/records.ts';
import { sellersRepository } from './repositories/sellers.ts';

/**
 * All repositories over the database, or over one open transaction.
 * @param options.batched for reads outside transactions: see `ratingsRepository`
 */
export function createStore(db: Queryable, options: { batched?: boolean } = {}): Store {
  return {
    accounts: accountsRepository(db),
    sellers: sellersRepository(db),
    listings: listingsRepository(db),
    orders: ordersRepository(db),
    ratings: ratingsRepository(db, options),
    aggregates: aggregatesRepository(db),
    imports: importsRepository(db),
    audit: auditLog(db),
    outbox: outbox(db),
  };
}

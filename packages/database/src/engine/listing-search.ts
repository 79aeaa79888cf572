import type { ListingSearch } from '@assay/core';
import type { Queryable } from './database.ts';
import { sqliteListingSearch } from './listing-search-sqlite.ts';
import { sqlServerListingSearch } from './listing-search-sqlserver.ts';

/** Full-text search is what the engines have least in common: each has its own statements. */
export const listingSearch = (db: Queryable): ListingSearch =>
  db.engine === 'sqlite' ? sqliteListingSearch(db) : sqlServerListingSearch(db);

import type { ListingSearch } from '@assay/core';
import type { Queryable } from '../engine/database.ts';
import { sqliteListingSearch } from '../engine/listing-search-sqlite.ts';
import { sqlServerListingSearch } from '../engine/listing-search-sqlserver.ts';

/** How words are found is what the engines have least in common: each has its own way. */
export const listingSearch = (db: Queryable): ListingSearch =>
  db.engine === 'sqlite' ? sqliteListingSearch(db) : sqlServerListingSearch(db);

import type { BoundedCount, LISTING_SEARCH_SORTS } from '@assay/contract';
import type { SearchableText, SearchTerm } from './words.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly listingSearch: ListingSearch;
  }
}

export type ListingSearchSort = (typeof LISTING_SEARCH_SORTS)[number];

/** What a listing that is for sale must have. Amounts are in 1/100,000,000 of the currency. */
export interface ListingFilter {
  /** All of them; the last one may be the beginning of a word. */
  terms: readonly SearchTerm[];
  /** A category with all that is below it. */
  category?: string;
  currency?: string;
  priceMinE8?: bigint;
  priceMaxE8?: bigint;
  escrow?: boolean;
  sellerId?: number;
}

/** By which a list goes on after a row. */
export interface ListingKeys {
  /**
   * What the list is sorted by: the score of a match (higher is better, and another number when listings come and go), when it was
   * first for sale, or the price in 1/100,000,000.
   */
  by: number | Date | bigint;
  id: number;
}

export interface ListingMatches {
  rows: ListingKeys[];
  /** Null where all matches were looked at; otherwise only that many, the newest ones. */
  considered: number | null;
}

/** The text of a listing whose tokens are to be written beside it. */
export interface TextToFold extends SearchableText {
  id: number;
}

export interface ListingCounts {
  total: BoundedCount;
  categories: ReadonlyMap<string, BoundedCount>;
}

export interface ListingSearch {
  /** @param query.after the keys of the last row of the page before */
  find(query: ListingFilter & { sort: ListingSearchSort; limit: number; after?: ListingKeys }): Promise<ListingMatches>;
  /** Counts up to `max`. */
  count(filter: ListingFilter, max: number): Promise<BoundedCount>;
  /** The same, and for each of some categories with what is below them. */
  countIn(filter: ListingFilter, categories: readonly string[], max: number): Promise<ListingCounts>;
  /** How texts are searched here: by the full-text index of SQLite, that of SQL Server, or the folded text alone. */
  engine(): Promise<'fts5' | 'full-text' | 'folded'>;
  /** Listings whose folded text is missing: on SQLite those for sale, which are all that is searched. */
  unfolded(limit: number): Promise<TextToFold[]>;
  /** Writes the folded text of listings. */
  fold(texts: readonly TextToFold[]): Promise<void>;
}

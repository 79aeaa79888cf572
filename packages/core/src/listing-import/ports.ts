import type { NewListing } from '../listings/ports.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly listingImports: ListingImports;
  }
}

export interface ListingImports {
  /** How many of the listings that a seller created at that moment are still there and not archived. */
  countCreatedAt(sellerId: number, at: Date): Promise<number>;
  /** Many new listings with the first events of their histories, in no order. `at`: when each was listed, and offered where it is. */
  insertMany(listings: readonly (NewListing & { at: Date })[]): Promise<void>;
}

import type { ListingRow } from '../listings/ports.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly stores: StoresRepository;
  }
}

/** What a seller has said of their store. */
export interface StoreSettingsValues {
  about: string | null;
  accent: string | null;
  shippingPolicy: string | null;
  returnsPolicy: string | null;
  contactPolicy: string | null;
}
export type StoreSettingsRow = StoreSettingsValues & { version: number };

export interface FollowRow {
  sellerId: number;
  followedAt: Date;
}

export interface StoresRepository {
  /** Null while nothing was said. */
  settings(sellerId: number): Promise<StoreSettingsRow | null>;
  /** @param version what they were read with, 0 where there were none @returns false where that is not theirs any more */
  saveSettings(sellerId: number, values: StoreSettingsValues, version: number, at: Date): Promise<boolean>;
  /** Keeps a seller's store for this transaction. False where there is none. */
  lock(sellerId: number, at: Date): Promise<boolean>;
  /** Closes a seller's store until a moment, or opens it. False where there is none. */
  close(sellerId: number, until: Date | null, at: Date): Promise<boolean>;
  /** Those that come first and are for sale now, in their order. */
  featured(sellerId: number): Promise<ListingRow[]>;
  /** In a transaction that holds the store. */
  replaceFeatured(sellerId: number, listingIds: readonly number[]): Promise<void>;

  /** Returns whether they did not follow before. */
  follow(sellerId: number, userId: number, at: Date): Promise<boolean>;
  /** Returns whether they followed before. */
  unfollow(sellerId: number, userId: number): Promise<boolean>;
  isFollowing(sellerId: number, userId: number): Promise<boolean>;
  countFollowers(sellerId: number): Promise<number>;

  /** The stores that a user follows, latest first. @param after moment and seller of the last one of the page before */
  following(userId: number, limit: number, after?: readonly [Date, number]): Promise<FollowRow[]>;
  countFollowing(userId: number): Promise<number>;
  /** How many listings that are for sale these sellers have published since then. Who has none is missing. */
  countListingsSince(sellerIds: readonly number[], since: Date): Promise<Map<number, number>>;
  /** When a user visited the page of followed stores before this visit. */
  previousVisit(userId: number): Promise<Date | null>;
  /** Notes a look; looks that are closer than `apartMs` are one. */
  recordVisit(userId: number, at: Date, apartMs: number): Promise<void>;
}

import type { FindSellersQuery, Histogram, SocialLinks } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly sellers: SellersRepository;
  }
}

export interface SellerRow {
  id: number;
  name: string;
  bio: string | null;
  location: string | null;
  sellingSince: Date;
  listingCount: number;
  /** On vacation until then; null, or in the past, when the store is open. */
  closedUntil: Date | null;
  histogram: Histogram;
}

/** The tier of a seller who has none yet. */
export const DEFAULT_TIER = 'bronze';

/** What a seller's profile says besides. */
export interface ProfileRow {
  tierId: string;
  contactEmail: string | null;
  showContactEmail: boolean;
  website: string | null;
  socialLinks: SocialLinks;
  updatedAt: Date;
}

/** A row of a sorted list, with the keys by which the list goes on after it. */
export type SortedSellerRow = SellerRow & { sortKeys: number[] };

export interface SellerQuery {
  search?: string;
  /** With everything below it. */
  category?: string;
  /** Only those with a score. */
  scored?: boolean;
  sort: FindSellersQuery['sort'];
  limit: number;
  /** Sort keys of the last row of the page before. */
  after?: number[];
}

export type SellerFilter = Pick<SellerQuery, 'search' | 'category' | 'scored'>;

/** How many sort keys each order has. */
export const SELLER_SORT_KEYS: Record<FindSellersQuery['sort'], number> = { rating: 4, ratings: 2, newest: 1 };

export interface SellersRepository {
  find(query: SellerQuery): Promise<SortedSellerRow[]>;
  count(query: SellerFilter): Promise<number>;
  findById(id: number): Promise<SellerRow | null>;
  /** Those of these who are sellers, in no order. */
  findMany(ids: readonly number[]): Promise<SellerRow[]>;
  /** Fewer than three ratings, newest first. */
  listNew(limit: number): Promise<SellerRow[]>;
  /** Sellers with something for sale, by the widest categories, in the categories' order. */
  countByCategory(): Promise<{ path: string; name: string; sellers: number }[]>;
  /** Full names, by id. Who does not exist is missing. */
  names(sellerIds: number[]): Promise<Map<number, string>>;
  histograms(sellerIds: number[]): Promise<Map<number, Histogram>>;
  /** Makes a user a seller; does nothing for one who is. Returns whether they were none before. */
  open(userId: number, at: Date): Promise<boolean>;
  /** What is left out stays as it is. */
  updateStore(
    userId: number,
    profile: { fullName?: string; searchName?: string; bio?: string | null; location?: string | null } & Partial<
      Omit<ProfileRow, 'tierId' | 'updatedAt'>
    >,
    at: Date,
  ): Promise<void>;
  /** Null for who has no store. */
  profileOf(userId: number): Promise<ProfileRow | null>;
  /** Orders that came to a good end. */
  completedSales(userId: number): Promise<number>;
  /** The account of a wallet; null when it is not linked. The address is in lower case. */
  idByWallet(address: string): Promise<number | null>;
  /** The first wallet that the user linked, in lower case. */
  walletOf(userId: number): Promise<string | null>;
}

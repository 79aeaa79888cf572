import type { ListingMetadata, ListingStatus, OwnListingsQuery, ShippingInfo } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly listings: ListingsRepository;
  }
}

export interface ListingRow {
  id: number;
  sellerId: number;
  sellerName: string;
  title: string;
  description: string | null;
  /** Zero where it has none yet. */
  priceE8: bigint;
  currency: string;
  /** Its path. */
  category: string;
  categoryName: string;
  status: ListingStatus;
  escrowEnabled: boolean;
  shippingInfo: ShippingInfo | null;
  metadata: ListingMetadata;
  /** Units that are not sold yet. */
  quantity: number;
  /** Those of them that orders hold until they are paid. */
  reserved: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  publishedAt: Date | null;
}

/** What its seller may change. */
export type ListingContent = Pick<
  ListingRow,
  'title' | 'description' | 'priceE8' | 'currency' | 'category' | 'escrowEnabled' | 'shippingInfo' | 'metadata' | 'quantity'
>;

/** One unit, where no quantity is named. */
export type NewListing = Pick<ListingRow, 'sellerId' | 'status'> &
  Omit<ListingContent, 'quantity'> &
  Partial<Pick<ListingContent, 'quantity'>>;

export interface ListingEventRow {
  from: ListingStatus | null;
  to: ListingStatus;
  at: Date;
}

export interface OwnListingsFilter {
  sellerId: number;
  /** A part of the title. */
  search?: string;
  status?: ListingStatus;
}

export interface OwnListingsPageQuery extends OwnListingsFilter {
  sort: OwnListingsQuery['sort'];
  limit: number;
  /** Sort keys of the last row of the page before. */
  after?: (number | Date)[];
}

/** Who changes which listing, and which one they saw. */
export interface ListingEdit {
  id: number;
  sellerId: number;
  version: number;
}

declare module '../kernel/context.ts' {
  interface Settings {
    /** Listings of one seller, archived ones aside. */
    readonly listingsMax: number;
  }
}

export interface ListingsRepository {
  findById(id: number): Promise<ListingRow | null>;
  /** Those of these that are for sale, in no order. */
  findActive(ids: readonly number[]): Promise<ListingRow[]>;
  /** Those of these that there are, in no order. */
  findMany(ids: readonly number[]): Promise<ListingRow[]>;
  /** Those of these that are the seller's, in no order. */
  findOwn(sellerId: number, ids: readonly number[]): Promise<ListingRow[]>;
  /** Active ones, newest first. @param after creation and id of the last one of the page before */
  listBySeller(sellerId: number, limit: number, after?: readonly [Date, number]): Promise<ListingRow[]>;
  /** Active ones of all sellers, newest first. */
  listRecent(limit: number): Promise<ListingRow[]>;
  listOwn(query: OwnListingsPageQuery): Promise<ListingRow[]>;
  /** How many there are in each state; states without any are missing. */
  countOwn(filter: OwnListingsFilter): Promise<Map<ListingStatus, number>>;
  events(id: number): Promise<ListingEventRow[]>;
  /** A new listing and the first event of its history. */
  create(listing: NewListing, at: Date): Promise<number>;
  /** False when it is not the version that was seen, not this seller's, or has more units reserved than its new quantity. */
  edit(edit: ListingEdit, changes: Partial<ListingContent>, at: Date): Promise<boolean>;
  /** With its event; a sold-out listing that is offered again has one unit. False when it is not in `from` any more, not this seller's, or not the version that was looked at where one is named. */
  transition(id: number, move: { sellerId: number; from: ListingStatus; to: ListingStatus; version?: number }, at: Date): Promise<boolean>;
  /** Locks a listing until the transaction ends: of orders that compete for it, one goes on. Does nothing when there is none. */
  lock(id: number): Promise<void>;
  /** Deletes a draft that was never published, with its history. False when it is none, or not this seller's. */
  deleteDraft(id: number, sellerId: number): Promise<boolean>;
}

import type { Category } from '@assay/contract';

export interface ListingRow {
  id: number;
  sellerId: number;
  sellerName: string;
  title: string;
  description: string | null;
  priceE8: bigint;
  currency: string;
  category: Category;
  status: string;
  createdAt: Date;
}

export type NewListing = Pick<ListingRow, 'sellerId' | 'title' | 'description' | 'priceE8' | 'currency' | 'category'>;

export interface ListingsRepository {
  findById(id: number): Promise<ListingRow | null>;
  /** Active ones, newest first. */
  listBySeller(sellerId: number, limit: number): Promise<ListingRow[]>;
  /** Active ones of all sellers, newest first. */
  listRecent(limit: number): Promise<ListingRow[]>;
  create(listing: NewListing, at: Date): Promise<number>;
}

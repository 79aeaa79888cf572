declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly basket: BasketRepository;
  }
}

export interface BasketRow {
  listingId: number;
  quantity: number;
  /** The price that the buyer saw last. */
  priceE8: bigint;
  currency: string;
  addedAt: Date;
}

export interface BasketRepository {
  /** Oldest first. */
  list(userId: number): Promise<BasketRow[]>;
  /** Puts a listing into the basket, or changes what is there of it. The caller has locked the account. */
  put(userId: number, item: Omit<BasketRow, 'addedAt'>, at: Date): Promise<void>;
  remove(userId: number, listingIds: readonly number[]): Promise<void>;
  /** Units of all listings. */
  count(userId: number): Promise<number>;
}

/** What of the product changed. */
export type CacheComponent =
  'ratings' | 'replies' | 'votes' | 'profile' | 'followers' | 'listings' | 'categories' | 'images' | 'aggregates' | 'everything';

/** What an entry of the cache is about: a change of it invalidates the entry. */
export type CacheTag = 'all' | 'storefront' | `seller:${number}`;

/** One invalidation, as SellerCacheInvalidations has it. */
export interface Invalidation {
  /** Null: every seller. */
  sellerId: number | null;
  component: CacheComponent;
}

/** What the front page does not show. */
const OFF_THE_FRONT_PAGE = new Set<CacheComponent>(['replies', 'votes', 'followers']);

/** The tags whose entries are invalid now. */
export function tagsOf({ sellerId, component }: Invalidation): CacheTag[] {
  if (sellerId === null) return ['all'];
  return OFF_THE_FRONT_PAGE.has(component) ? [`seller:${sellerId}`] : [`seller:${sellerId}`, 'storefront'];
}

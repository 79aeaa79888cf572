import { CategoryTree, dayNumber, ScoreExplanation, SellerPageData, SellerView, Storefront } from '@assay/contract';
import type { CacheTag } from './invalidations.ts';

/** What each part is made of. A level that others can write checks what it gives by these. */
export const CACHED_PARTS = {
  seller: SellerView,
  page: SellerPageData,
  explanation: ScoreExplanation,
  storefront: Storefront,
  categories: CategoryTree,
} as const;
export type CachedPart = keyof typeof CACHED_PARTS;

/** One thing that is kept: which part, of what, and what it is about. */
export interface CacheEntry {
  part: CachedPart;
  /** Below the part: unique with it. */
  id: string;
  tags: readonly CacheTag[];
}

const ofSeller = (part: CachedPart, sellerId: number, id = `${sellerId}`): CacheEntry => ({
  part,
  id,
  tags: ['all', `seller:${sellerId}`],
});

/** Readers without the rating feature see no score. */
const plain = (ratings: boolean) => (ratings ? '' : ':plain');

export const sellerEntry = (sellerId: number, ratings: boolean) => ofSeller('seller', sellerId, `${sellerId}${plain(ratings)}`);
/** For those who have ratings. */
export const pageEntry = (sellerId: number) => ofSeller('page', sellerId);
/** Windows roll on at midnight: each day has its own. */
export const explanationEntry = (sellerId: number, now: Date) => ofSeller('explanation', sellerId, `${sellerId}:${dayNumber(now)}`);
export const storefrontEntry = (ratings: boolean): CacheEntry => ({
  part: 'storefront',
  id: `front${plain(ratings)}`,
  tags: ['all', 'storefront'],
});

export const categoriesEntry = (): CacheEntry => ({ part: 'categories', id: 'tree', tags: ['all'] });

/** Everything that is kept of a seller. */
export const entriesOf = (sellerId: number, now: Date): CacheEntry[] => [
  sellerEntry(sellerId, true),
  sellerEntry(sellerId, false),
  pageEntry(sellerId),
  explanationEntry(sellerId, now),
];

import type { OutboxEvent } from '../context/records.ts';

/** What of the product changed. */
export type CacheComponent =
  'ratings' | 'replies' | 'votes' | 'profile' | 'followers' | 'listings' | 'categories' | 'images' | 'aggregates' | 'everything';

/** What an entry of the cache is about: whoever changes that invalidates it. */
export type CacheTag = 'all' | 'storefront' | `seller:${number}`;

/** One invalidation, as SellerCacheInvalidations has it. */
export interface Invalidation {
  /** Null: everything. */
  sellerId: number | null;
  component: CacheComponent;
}

/**
 * The one place that says which events change what caches hold. A new topic has to be decided here: null changes nothing
 * that is the same for everybody.
 */
const COMPONENTS: Record<OutboxEvent['topic'], CacheComponent | null> = {
  'rating.submitted': 'ratings',
  'rating.replaced': 'ratings',
  'rating.edited': 'ratings',
  'rating.withdrawn': 'ratings',
  'rating.struck': 'ratings',
  'rating.restored': 'ratings',
  'rating.replied': 'replies',
  'vote.changed': 'votes',
  'rater.renamed': 'ratings',
  'seller.updated': 'profile',
  'account.renamed': 'profile',
  'store.followed': 'followers',
  'listing.changed': 'listings',
  'category.changed': 'categories', // its name is in everybody's listings
  'image.changed': 'images',
  'aggregates.corrected': 'aggregates',
  'cache.cleared': 'everything',
  'order.moved': null,
  'maintenance.progress': null,
  'alert.changed': null,
  'moderation.changed': null,
  'rollout.changed': null,
  'verification.changed': 'profile', // the marks on a store
  'payout-details.changed': null,
  'onboarding.changed': null,
  'email.queued': null,
  'flag.changed': null, // what depends on a flag is kept apart
};

/** What the first page does not show. */
const OF_THE_SELLER_ALONE = new Set<CacheComponent>(['replies', 'votes', 'followers']);

/**
 * What an event invalidates; null when nothing. A topic of another version of the product may mean anything: it invalidates
 * what it is about.
 */
export function invalidationOf(topic: string, subjectId: number): Invalidation | null {
  const component = Object.hasOwn(COMPONENTS, topic) ? COMPONENTS[topic as OutboxEvent['topic']] : 'everything';
  return component && { sellerId: subjectId || null, component };
}

/** The tags whose entries do not count any more. */
export function tagsOf({ sellerId, component }: Invalidation): CacheTag[] {
  if (sellerId === null) return ['all'];
  return OF_THE_SELLER_ALONE.has(component) ? [`seller:${sellerId}`] : [`seller:${sellerId}`, 'storefront'];
}

import { FACT_NAMES, FACTS, isFactName, type FactName, type FactPayload, type OrderStatus } from '@assay/contract';
import type { CacheComponent, Invalidation } from './cache/invalidations.ts';
import { freezeFees } from './fees/freeze-fees.ts';
import type { LiveChannelName, Reaction, Reactions } from './kernel/event.ts';
import type { OutboxFilter, PublishedFact } from './kernel/records.ts';
import { PAYMENT_OUTCOMES } from './orders/rules.ts';
import { publishRenamedRater } from './ratings/rater-renamed.ts';

const seller = (id: number): LiveChannelName => `seller:${id}`;
const account = (id: number): LiveChannelName => `account:${id}`;
const OPERATIONS = ['operations'] as const;

const ofSeller =
  (component: CacheComponent) =>
  ({ sellerId }: { sellerId: number | null }): Invalidation => ({ sellerId, component });
const ofUser =
  (component: CacheComponent) =>
  ({ userId }: { userId: number }): Invalidation => ({ sellerId: userId, component });

const wasUnpaid = (status: OrderStatus) => (PAYMENT_OUTCOMES.captured.from as readonly OrderStatus[]).includes(status);
const toParties = ({ sellerId, buyerId }: { sellerId: number; buyerId: number }) => [account(sellerId), account(buyerId)];
const bySeller = ({ sellerId }: { sellerId: number }) => sellerId;
const byUser = ({ userId }: { userId: number }) => userId;
const toUser = ({ userId }: { userId: number }) => [account(userId)];

/** What every change of a rating does. */
const rating = (action: string, component: CacheComponent = 'ratings') => ({
  cache: ofSeller(component),
  live: ({ sellerId }: { sellerId: number }) => [seller(sellerId), ...OPERATIONS],
  count: () => ({ metric: 'seller_rating_changes_total' as const, action }),
});

/**
 * The one place that declares what follows from each fact: which parts of the cache are wrong now, which live channels hear of it,
 * what is counted, and what else changes in the same transaction.
 */
export const REACTIONS: Reactions<CacheComponent> = {
  'rating.submitted': rating('submitted'),
  'rating.replaced': rating('replaced'),
  'rating.edited': rating('edited'),
  'rating.withdrawn': rating('withdrawn'),
  'rating.struck': rating('struck'),
  'rating.restored': rating('restored'),
  'rating.replied': rating('replied', 'replies'),
  'vote.changed': { cache: ofSeller('votes') },
  'rater.renamed': { cache: ofSeller('ratings') },
  'aggregates.corrected': { cache: ofSeller('aggregates') },
  'moderation.changed': { live: () => OPERATIONS },

  'session.ended': { sessions: byUser, live: toUser },
  'account.changed': { sessions: byUser, live: toUser },

  // It comes with the role of a seller.
  'profile.created': { cache: ofSeller('profile'), sessions: bySeller, count: () => ({ metric: 'seller_profile_creations_total' }) },
  'seller.updated': { cache: ofSeller('profile'), live: ({ sellerId }) => [account(sellerId)] },
  'store.followed': { cache: ofSeller('followers'), live: ({ sellerId }) => [seller(sellerId)] },
  'account.renamed': { cache: ofUser('profile'), within: [(tx, fact) => publishRenamedRater(tx, fact)] },
  // The verification marks stand on the store.
  'verification.changed': { cache: ofUser('profile'), live: ({ userId }) => [account(userId), 'admins'] },
  'email.attempted': { count: ({ kind, outcome }) => ({ metric: 'marketplace_emails_total', kind, outcome }) },
  'payout-details.changed': { live: toUser },
  'payout.changed': { live: ({ sellerId }) => [account(sellerId), 'admins'] },
  'payout-settings.changed': { live: ({ sellerId }) => [account(sellerId), 'admins'] },
  'tax-details.changed': { live: toUser },
  'onboarding.changed': { live: toUser },
  'image.changed': {
    cache: ({ ownerId }) => ({ sellerId: ownerId, component: 'images' }),
    live: ({ ownerId }) => [account(ownerId)],
  },

  'listing.changed': {
    cache: ofSeller('listings'),
    count: ({ created }) => (created ? { metric: 'seller_listing_creations_total' } : null),
  },
  // The name of a category stands in the listings of every seller.
  'category.changed': { cache: () => ({ sellerId: null, component: 'categories' }) },

  'order.placed': { live: toParties, within: [freezeFees] },
  'order.moved': {
    live: toParties,
    newOrder: ({ orderId, from, to }) => (to === PAYMENT_OUTCOMES.captured.to && wasUnpaid(from) ? orderId : null),
  },
  'order.released': { live: ({ sellerId }) => [account(sellerId)] },
  'return.changed': { live: toParties },
  'dispute.changed': { live: (fact) => [...toParties(fact), 'admins'] },
  'payment.failed': { live: toParties },
  'invoice.stored': { live: toParties },
  'commission-rule.changed': { live: () => ['admins'] },
  'payment.unresolved': { live: toParties },
  'payment.waiting': { live: toParties },
  'chargeback.changed': { cache: ofSeller('ratings'), live: (fact) => [...toParties(fact), 'admins'] },
  // Ratings say whether their order was refunded.
  'refund.changed': { cache: ofSeller('ratings'), live: toParties },

  'message.sent': { live: toParties },
  'message.held': { live: toUser },
  'message.moderated': { live: (fact) => [...toParties(fact), 'admins'] },
  'thread.blocked': { live: toUser },
  'thread.read': { live: toParties },
  'thread.archived': { live: toUser },

  'cache.cleared': { cache: ofSeller('everything'), live: () => OPERATIONS },
  'maintenance.progress': { live: () => OPERATIONS },
  'alert.changed': { live: () => OPERATIONS },
  // What depends on a flag has its own entries in the cache.
  'flag.changed': { live: () => ['flags', ...OPERATIONS] },
  'rollout.changed': { live: () => OPERATIONS },
};

export const reactionOf = <N extends FactName>(name: N): Reaction<FactPayload<N>, CacheComponent> => REACTIONS[name];

/** What a published fact means to caches and live channels of this process. */
export interface FactConsequences {
  invalidation: Invalidation | null;
  /** The account whose sessions and roles have to be looked up again. */
  sessionsOf: number | null;
  channels: readonly LiveChannelName[];
  newOrderId: number | null;
}

/**
 * Reads a row of the outbox. A fact of another version of the product, whose topic or payload is unknown here, may mean anything: it
 * invalidates everything of its subject, and no live channel hears of it.
 */
export function consequencesOf({ topic, subjectId, payload }: Pick<PublishedFact, 'topic' | 'subjectId' | 'payload'>): FactConsequences {
  const parsed = isFactName(topic) ? FACTS[topic].payload.safeParse(parseJson(payload)) : null;
  if (!parsed?.success)
    return {
      invalidation: { sellerId: subjectId || null, component: 'everything' },
      sessionsOf: subjectId || null,
      channels: [],
      newOrderId: null,
    };
  const { cache, sessions, live, newOrder } = REACTIONS[topic as FactName] as Reaction<unknown, CacheComponent>;
  return {
    invalidation: cache?.(parsed.data) ?? null,
    sessionsOf: sessions?.(parsed.data) ?? null,
    channels: live?.(parsed.data) ?? [],
    newOrderId: newOrder?.(parsed.data) ?? null,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A channel without the number of whose it is: "seller". */
const kindOf = (channel: string) => channel.split(':', 1)[0]!;

/** A payload's ids, for asking a reaction which kinds of channels it names. */
const NO_ONE = { sellerId: 0, buyerId: 0, userId: 0, ownerId: 0 } as never;

/** The rows of the outbox that may be for these channels; {@link consequencesOf} says whether they are. */
export function outboxFilterOf(channels: readonly LiveChannelName[]): OutboxFilter {
  const kinds = new Set(channels.map(kindOf));
  const [partyId] = channels.flatMap((channel) => Number(channel.split(':')[1] ?? 0) || []);
  const topics = FACT_NAMES.filter((name) => {
    const { live } = REACTIONS[name] as Reaction<never, CacheComponent>;
    return live?.(NO_ONE).some((channel) => kinds.has(kindOf(channel)));
  });
  return { topics, partyId: partyId ?? null };
}

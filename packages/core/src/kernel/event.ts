import type { FactName, FactPayload } from '@assay/contract';
import type { Tx } from './context.ts';

/** Who hears of a fact live: followers of a seller's page, the open pages of one account, operators, admins, readers of flags. */
export type LiveChannelName = `seller:${number}` | `account:${number}` | 'operations' | 'admins' | 'flags';

/** Counters that count facts, with their labels. */
export type FactCount =
  | { metric: 'seller_profile_creations_total' | 'seller_listing_creations_total' }
  | { metric: 'seller_rating_changes_total'; action: string }
  | { metric: 'marketplace_emails_total'; kind: string; outcome: string };

/** What of the cached parts a fact makes wrong; features say what their parts are called. */
export interface CacheReaction<Component extends string> {
  /** Null: of every seller. */
  sellerId: number | null;
  component: Component;
}

/** What follows from a fact. `within` happens in the transaction of the change, all else after its commit. */
export interface Reaction<Payload, Component extends string> {
  cache?: (payload: Payload) => CacheReaction<Component>;
  /** The account whose sessions and roles have to be looked up again. */
  sessions?: (payload: Payload) => number;
  live?: (payload: Payload) => readonly LiveChannelName[];
  /** The order that the fact makes new to its seller, who is its subject. */
  newOrder?: (payload: Payload) => number | null;
  count?: (payload: Payload) => FactCount | null;
  within?: readonly ((tx: Tx, payload: Payload) => Promise<void>)[];
}

/** One reaction for each fact: a fact without one does not compile. */
export type Reactions<Component extends string> = { readonly [N in FactName]: Reaction<FactPayload<N>, Component> };

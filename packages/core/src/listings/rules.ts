import {
  formatPriceE8,
  LISTING_MOVE_NAMES,
  misfits,
  type Currency,
  type FieldError,
  type ListingMove,
  type ListingStatus,
} from '@assay/contract';
import type { Actor } from '../kernel/actor.ts';
import type { ListingContent, ListingRow } from './ports.ts';

interface MoveRule {
  from: readonly ListingStatus[];
  to: ListingStatus;
}

/** Every legal move of a listing. */
export const LISTING_MOVES: Record<ListingMove, MoveRule> = {
  publish: { from: ['draft'], to: 'active' },
  pause: { from: ['active'], to: 'paused' },
  resume: { from: ['paused'], to: 'active' },
  markSold: { from: ['active', 'paused'], to: 'sold' },
  relist: { from: ['sold'], to: 'active' },
  archive: { from: ['draft', 'active', 'paused', 'sold'], to: 'archived' },
  restore: { from: ['archived'], to: 'draft' },
};

/** Drafts and archived listings, and all that belongs to them, exist for their seller only. */
export const mayRead = ({ sellerId, status }: Pick<ListingRow, 'sellerId' | 'status'>, actor: Actor): boolean =>
  (status !== 'draft' && status !== 'archived') || (actor.kind === 'user' && actor.id === sellerId);

/** What may be done with a listing in that state. */
export const listingMovesFrom = (status: ListingStatus): ListingMove[] =>
  LISTING_MOVE_NAMES.filter((move) => LISTING_MOVES[move].from.includes(status));

const WORDS: Record<ListingMove | 'edit', string> = {
  edit: 'edited',
  publish: 'published',
  pause: 'paused',
  resume: 'put on sale again',
  markSold: 'marked as sold',
  relist: 'offered again',
  archive: 'archived',
  restore: 'taken out of the archive',
};

/** Why a move is refused, with what is possible instead. */
export function illegalMove(status: ListingStatus, move: ListingMove | 'edit'): string {
  const possible = new Intl.ListFormat('en', { type: 'disjunction' }).format(listingMovesFrom(status).map((one) => WORDS[one]));
  return `A listing that is ${status} cannot be ${WORDS[move]}. It can be ${possible}.`;
}

/**
 * What is missing before a listing can be for sale, each at its field.
 * @param listing.priceE8 zero where it has none
 * @param categoryFault why nothing new goes into its category; null where something does
 */
export function missingToPublish(listing: { title: string; priceE8: bigint }, categoryFault: string | null): FieldError[] {
  return [
    ...(listing.title.trim() ? [] : [{ field: 'title', message: 'It needs a title.' }]),
    ...(listing.priceE8 > 0n ? [] : [{ field: 'price', message: 'It needs a price.' }]),
    ...(categoryFault ? [{ field: 'category', message: categoryFault }] : []),
  ];
}

/** Amounts that the currency cannot have, by the path of their field. */
export const amountMisfits = ({ priceE8, currency, shippingInfo }: Pick<ListingContent, 'priceE8' | 'currency' | 'shippingInfo'>) =>
  misfits({ price: priceE8 === 0n ? undefined : formatPriceE8(priceE8, currency), shippingInfo }, currency as Currency);

/** What was for sale once keeps a price. Null where it does. */
export const missingPrice = (listing: { priceE8: bigint; publishedAt: Date | null }): FieldError | null =>
  listing.priceE8 === 0n && listing.publishedAt ? { field: 'price', message: 'It was for sale already: it keeps a price.' } : null;

import type { ListingMove, OwnListing } from '@assay/contract';
import { categoryProblem } from '../categories/category-tree.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import { transition, type StateMachine } from '../kernel/transition.ts';
import { ownListing, requireOwnListing } from './own-listing.ts';
import type { ListingRow } from './ports.ts';
import { requireRoom } from './require-room.ts';
import { illegalMove, LISTING_MOVES, missingToPublish } from './rules.ts';

/** May it be moved so, as it is now? @throws AppError ILLEGAL_LISTING_MOVE, LISTING_INCOMPLETE (what is missing to publish it) */
export async function requireMove(repos: Repositories, row: ListingRow, move: ListingMove): Promise<void> {
  if (!LISTING_MOVES[move].from.includes(row.status))
    throw new AppError('ILLEGAL_LISTING_MOVE', { message: illegalMove(row.status, move) });
  if (move !== 'publish') return;
  const missing = missingToPublish(row, await categoryProblem(repos, row.category));
  if (missing.length) throw new AppError('LISTING_INCOMPLETE', { fields: missing });
}

/** How a listing changes its state: one that is published is the version that was found complete. */
export const LISTING: StateMachine<ListingRow, { move: ListingMove }> = {
  update: (tx, { id, sellerId, status: from, version }, to, { move }) =>
    tx.repos.listings.transition(id, { sellerId, from, to, ...(move === 'publish' ? { version } : {}) }, tx.at),
  async record(tx, { id, sellerId, status: from }, to, { move }) {
    await tx.audit('listing.moved', 'listing', id, { move, from, to });
    await tx.publish('listing.changed', { sellerId, listingId: id });
  },
};

/** Changes the state of a listing that was read in the same change. @throws AppError as {@link requireMove}, LISTING_LIMIT; Raced */
export async function transitionIn(tx: Tx, row: ListingRow, move: ListingMove): Promise<void> {
  await requireMove(tx.repos, row, move);
  if (move === 'restore') await requireRoom(tx, row.sellerId, 1);
  await transition(tx, LISTING, row, LISTING_MOVES[move].to, { move });
}

/**
 * Takes a listing of mine from one state to another. Two that try at once: one moves it.
 * @throws AppError UNAUTHENTICATED, LISTING_NOT_FOUND (also another user's), ILLEGAL_LISTING_MOVE, LISTING_INCOMPLETE,
 * LISTING_LIMIT (one out of the archive)
 */
export async function transitionListing(ctx: Context, input: { id: number; move: ListingMove }): Promise<OwnListing> {
  const actor = requireUser(ctx.actor);
  return ctx.change(async (tx) => {
    await transitionIn(tx, await requireOwnListing(tx.repos, input.id, actor.id), input.move);
    return ownListing(tx, input.id, actor.id);
  });
}

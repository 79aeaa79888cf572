import type { ListingMove, OwnListing } from '@assay/contract';
import { whyNotInto } from '../categories/category-tree.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import { ownListing, requireOwnListing } from './own-listing.ts';
import type { ListingRow } from './ports.ts';
import { illegalMove, LISTING_MOVES, missingToPublish } from './rules.ts';

/** May it be moved so, as it is now? @throws AppError ILLEGAL_LISTING_MOVE, LISTING_INCOMPLETE (what is missing to publish it) */
export async function requireMove(repos: Repositories, row: ListingRow, move: ListingMove): Promise<void> {
  if (!LISTING_MOVES[move].from.includes(row.status))
    throw new AppError('ILLEGAL_LISTING_MOVE', { message: illegalMove(row.status, move) });
  if (move !== 'publish') return;
  const missing = missingToPublish(row, await whyNotInto(repos, row.category));
  if (missing.length) throw new AppError('LISTING_INCOMPLETE', { fields: missing });
}

/** Moves a listing that was just read, in its transaction. @throws AppError as {@link requireMove}; ILLEGAL_LISTING_MOVE also when another was faster */
export async function moveIn(tx: Tx, row: ListingRow, move: ListingMove): Promise<void> {
  await requireMove(tx.repos, row, move);
  const { id, sellerId, status: from, version } = row;
  const { to } = LISTING_MOVES[move];
  // What is published is what was found complete.
  if (!(await tx.repos.listings.move(id, { sellerId, from, to, ...(move === 'publish' ? { version } : {}) }, tx.at))) {
    const now = await requireOwnListing(tx.repos, id, sellerId);
    if (now.status === from) throw new AppError('EDIT_CONFLICT');
    throw new AppError('ILLEGAL_LISTING_MOVE', { message: illegalMove(now.status, move) });
  }
  await tx.audit('listing.moved', 'listing', id, { move, from, to });
  await tx.publish('listing.changed', { sellerId, listingId: id });
}

/**
 * Takes a listing of mine from one state to another. Two that try at once: one moves it.
 * @throws AppError UNAUTHENTICATED, LISTING_NOT_FOUND (also for somebody else's), ILLEGAL_LISTING_MOVE, LISTING_INCOMPLETE
 */
export async function moveListing(ctx: Context, input: { id: number; move: ListingMove }): Promise<OwnListing> {
  const actor = requireUser(ctx.actor);
  return ctx.change(async (tx) => {
    await moveIn(tx, await requireOwnListing(tx.repos, input.id, actor.id), input.move);
    return ownListing(tx, input.id, actor.id);
  });
}

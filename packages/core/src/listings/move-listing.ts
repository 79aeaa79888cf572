import type { ListingMove, OwnListing } from '@assay/contract';
import { whyNotInto } from '../categories/category-tree.ts';
import { requireUser } from '../context/actor.ts';
import type { Context, Store } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import { ownListing, requireOwnListing } from './own-listing.ts';
import type { ListingRow } from './ports.ts';
import { illegalMove, LISTING_MOVES, missingToPublish } from './rules.ts';

/** May it be moved so, as it is now? @throws AppError ILLEGAL_LISTING_MOVE, LISTING_INCOMPLETE (what is missing to publish it) */
export async function requireMove(store: Store, row: ListingRow, move: ListingMove): Promise<void> {
  if (!LISTING_MOVES[move].from.includes(row.status))
    throw new AppError('ILLEGAL_LISTING_MOVE', { message: illegalMove(row.status, move) });
  if (move !== 'publish') return;
  const missing = missingToPublish(row, await whyNotInto(store, row.category));
  if (missing.length) throw new AppError('LISTING_INCOMPLETE', { fields: missing });
}

/** Moves a listing that was just read, in its transaction. @throws AppError as {@link requireMove}; ILLEGAL_LISTING_MOVE also when another was faster */
export async function moveIn(ctx: Context, store: Store, row: ListingRow, move: ListingMove): Promise<void> {
  await requireMove(store, row, move);
  const { id, sellerId, status: from, version } = row;
  const { to } = LISTING_MOVES[move];
  // What is published is what was found complete.
  if (!(await store.listings.move(id, { sellerId, from, to, ...(move === 'publish' ? { version } : {}) }, ctx.now()))) {
    const now = await requireOwnListing(store, id, sellerId);
    if (now.status === from) throw new AppError('EDIT_CONFLICT');
    throw new AppError('ILLEGAL_LISTING_MOVE', { message: illegalMove(now.status, move) });
  }
  await store.audit.append(auditRecord(ctx, 'listing.moved', 'listing', id, { move, from, to }));
  await store.outbox.append({ topic: 'listing.changed', subjectId: sellerId, payload: { listingId: id, status: to } }, ctx.now());
}

/**
 * Takes a listing of mine from one state to another. Two that try at once: one moves it.
 * @throws AppError UNAUTHENTICATED, LISTING_NOT_FOUND (also for somebody else's), ILLEGAL_LISTING_MOVE, LISTING_INCOMPLETE
 */
export async function moveListing(ctx: Context, input: { id: number; move: ListingMove }): Promise<OwnListing> {
  const actor = requireUser(ctx.actor);
  return ctx.transaction(async (store) => {
    await moveIn(ctx, store, await requireOwnListing(store, input.id, actor.id), input.move);
    return ownListing(ctx, store, input.id, actor.id);
  });
}

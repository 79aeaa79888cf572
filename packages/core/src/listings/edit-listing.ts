import { parsePriceE8, type EditListingInput, type OwnListing } from '@assay/contract';
import { requireOpenCategory } from '../categories/category-tree.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import { ownListing, requireOwnListing } from './own-listing.ts';
import type { ListingContent, ListingRow } from './ports.ts';
import { amountMisfits, illegalMove, missingPrice } from './rules.ts';

type Changes = Omit<EditListingInput, 'version'>;

/** What was sent, as it is kept. What was left out stays away. */
function toContent({ price, description, ...rest }: Changes): Partial<ListingContent> {
  const content = {
    ...rest,
    ...(description === undefined ? {} : { description: description || null }),
    ...(price === undefined ? {} : { priceE8: price === null ? 0n : parsePriceE8(price) }),
  };
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
}

/**
 * May the listing become that?
 * @throws AppError ILLEGAL_LISTING_MOVE (archived), VALIDATION_FAILED (amounts that the currency cannot have; fewer units than are reserved; a category that takes
 * nothing new, unless it is in it), LISTING_INCOMPLETE (without a price, though it was published)
 */
export async function requireSoundEdit(repos: Repositories, row: ListingRow, content: Partial<ListingContent>): Promise<void> {
  if (row.status === 'archived') throw new AppError('ILLEGAL_LISTING_MOVE', { message: illegalMove('archived', 'edit') });
  const next = { ...row, ...content };
  const wrong = amountMisfits(next);
  if (wrong.length)
    throw new AppError('VALIDATION_FAILED', { fields: wrong.map(({ path, message }) => ({ field: path.join('.'), message })) });
  if (next.quantity < row.reserved) {
    const message = `Buyers have reserved ${row.reserved}: the quantity cannot be lower.`;
    throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'quantity', message }] });
  }
  const missing = missingPrice(next);
  if (missing) throw new AppError('LISTING_INCOMPLETE', { fields: [missing] });
  if (next.category !== row.category) await requireOpenCategory(repos, next.category);
}

/** Writes an edit of a listing that was just read, in its transaction. @throws AppError as {@link requireSoundEdit}, EDIT_CONFLICT */
export async function editIn(tx: Tx, row: ListingRow, content: Partial<ListingContent>): Promise<void> {
  await requireSoundEdit(tx.repos, row, content);
  const { id, sellerId, version } = row;
  if (!(await tx.repos.listings.edit({ id, sellerId, version }, content, tx.at))) throw new AppError('EDIT_CONFLICT');
  await tx.audit('listing.edited', 'listing', id, { fields: Object.keys(content), version });
  await tx.publish('listing.changed', { sellerId, listingId: id });
}

/**
 * Changes a listing of mine. Orders that were placed keep what was agreed.
 * @throws AppError UNAUTHENTICATED, LISTING_NOT_FOUND (also another user's), EDIT_CONFLICT (another version than `version` is
 * there now), and as {@link requireSoundEdit}
 */
export async function editListing(ctx: Context, input: EditListingInput & { id: number }): Promise<OwnListing> {
  const actor = requireUser(ctx.actor);
  const { id, version, ...changes } = input;
  return ctx.change(async (tx) => {
    const row = await requireOwnListing(tx.repos, id, actor.id);
    if (row.version !== version) throw new AppError('EDIT_CONFLICT');
    await editIn(tx, row, toContent(changes));
    return ownListing(tx, id, actor.id);
  });
}

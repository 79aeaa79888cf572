import { accentShades, nearestAccent, type FeaturedInput, type StoreSettings, type StoreSettingsInput } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { toListingViews } from '../listings/views.ts';
import { requireSeller } from '../sellers/require-seller.ts';
import type { StoreSettingsValues } from './ports.ts';

const NOTHING_SAID = { about: null, accent: null, shippingPolicy: null, returnsPolicy: null, contactPolicy: null, version: 0 };

/** The actor's own store, as they have set it up. @throws AppError UNAUTHENTICATED, SELLER_NOT_FOUND */
export async function getStoreSettings(ctx: Context): Promise<StoreSettings> {
  const { id } = requireUser(ctx.actor);
  await requireSeller(ctx.repos, id);
  return readSettings(ctx, id);
}

async function readSettings(ctx: Context, sellerId: number): Promise<StoreSettings> {
  const { stores } = ctx.repos;
  const said = (await stores.settings(sellerId)) ?? NOTHING_SAID;
  const featured = await toListingViews(ctx, await stores.featured(sellerId));
  return { sellerId, ...said, featured, followers: await stores.countFollowers(sellerId) };
}

/**
 * Says what the actor's own store is about, its colour and its policies.
 * @throws AppError UNAUTHENTICATED, SELLER_NOT_FOUND, ACCENT_UNREADABLE, EDIT_CONFLICT
 */
export async function saveStoreSettings(ctx: Context, { version, ...input }: StoreSettingsInput): Promise<StoreSettings> {
  const { id } = requireUser(ctx.actor);
  requireReadable(input.accent);
  const values: StoreSettingsValues = {
    about: input.about || null,
    accent: input.accent,
    shippingPolicy: input.shippingPolicy || null,
    returnsPolicy: input.returnsPolicy || null,
    contactPolicy: input.contactPolicy || null,
  };
  await ctx.change(async (tx) => {
    if (!(await tx.repos.stores.lock(id, tx.at))) throw new AppError('SELLER_NOT_FOUND');
    if (!(await tx.repos.stores.saveSettings(id, values, version, tx.at))) throw new AppError('EDIT_CONFLICT');
    await tx.publish('seller.updated', { sellerId: id });
  });
  return readSettings(ctx, id); // not within: views read on another connection
}

/** @throws AppError ACCENT_UNREADABLE, with the nearest colour that can be read */
function requireReadable(accent: string | null): void {
  if (accent === null || accentShades(accent)) return;
  const message = `${accent} cannot be read in both themes. The nearest colour that can is ${nearestAccent(accent)}.`;
  throw new AppError('ACCENT_UNREADABLE', { fields: [{ field: 'accent', message }] });
}

/**
 * Says which of the actor's own listings come first. One that is not for sale any more is not shown; it is in its place again when
 * it is for sale again. @throws AppError UNAUTHENTICATED, SELLER_NOT_FOUND, LISTING_NOT_FOUND, LISTING_NOT_FOR_SALE
 */
export async function setFeaturedListings(ctx: Context, { listingIds }: FeaturedInput): Promise<StoreSettings> {
  const { id } = requireUser(ctx.actor);
  await ctx.change(async (tx) => {
    if (!(await tx.repos.stores.lock(id, tx.at))) throw new AppError('SELLER_NOT_FOUND');
    for (const listingId of listingIds) {
      const listing = await tx.repos.listings.findById(listingId);
      if (listing?.sellerId !== id) throw new AppError('LISTING_NOT_FOUND');
      if (listing.status !== 'active') throw new AppError('LISTING_NOT_FOR_SALE');
    }
    await tx.repos.stores.replaceFeatured(id, listingIds);
    await tx.publish('seller.updated', { sellerId: id });
  });
  return readSettings(ctx, id); // not within: views read on another connection
}

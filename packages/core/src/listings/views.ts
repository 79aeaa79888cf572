import {
  EMPTY_HISTOGRAM,
  formatPriceE8,
  shownName,
  summaryOf,
  type FoundListing,
  type ImageView,
  type ListingView,
  type OwnListing,
} from '@assay/contract';
import type { Reads } from '../kernel/context.ts';
import { imagesOf } from '../images/views.ts';
import type { ListingRow } from './ports.ts';
import { listingMovesFrom } from './rules.ts';

/** The price as exact decimal text: see {@link formatPriceE8}. */
export const formatStoredPrice = ({ priceE8, currency }: Pick<ListingRow, 'priceE8' | 'currency'>): string =>
  formatPriceE8(priceE8, currency);

export function toListingView(row: ListingRow, image: ImageView | null): ListingView {
  const { priceE8: _exact, reserved, createdAt, updatedAt, publishedAt, ...rest } = row;
  return {
    ...rest,
    sellerName: shownName(row.sellerName),
    price: formatStoredPrice(row),
    available: row.quantity - reserved,
    image,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    publishedAt: publishedAt?.toISOString() ?? null,
  };
}

/** As its seller sees it. */
export const toOwnListing = (row: ListingRow, image: ImageView | null): OwnListing => ({
  ...toListingView(row, image),
  moves: listingMovesFrom(row.status),
  deletable: row.status === 'draft' && row.publishedAt === null,
});

/** The first image of each, where one is ready. */
export async function withImages<View>(
  ctx: Reads,
  rows: readonly ListingRow[],
  toView: (row: ListingRow, image: ImageView | null) => View,
): Promise<View[]> {
  const images = await imagesOf(
    ctx,
    'listing',
    rows.map(({ id }) => id),
  );
  return rows.map((row) => toView(row, images.get(row.id) ?? null));
}

/** Listings with the first of their images. */
export const toListingViews = (ctx: Reads, rows: readonly ListingRow[]): Promise<ListingView[]> => withImages(ctx, rows, toListingView);

/** The same with their sellers' scores. @param ratings whether the reader has ratings: without them there is no score */
export async function toListingsWithScores(ctx: Reads, rows: readonly ListingRow[], ratings: boolean): Promise<FoundListing[]> {
  const sellers = [...new Set(rows.map(({ sellerId }) => sellerId))];
  const [views, histograms] = await Promise.all([toListingViews(ctx, rows), ratings ? ctx.repos.sellers.histograms(sellers) : null]);
  return views.map((view) => ({
    ...view,
    summary: histograms && summaryOf(view.sellerId, histograms.get(view.sellerId) ?? EMPTY_HISTOGRAM),
  }));
}

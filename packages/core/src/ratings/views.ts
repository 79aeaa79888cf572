import { shownName, summaryOf, type Histogram, type RatingChange, type RatingView } from '@assay/contract';
import { publicName } from '../accounts/rules.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import type { RatingRow } from './ports.ts';
import { isRefunded } from './refunded.ts';

export function toRatingView(row: RatingRow, viewerId: number | null): RatingView {
  const mine = row.raterId === viewerId;
  return {
    id: row.id,
    sellerId: row.sellerId,
    sellerName: shownName(row.sellerName),
    raterName: publicName(row.raterName),
    rating: row.rating,
    comment: row.comment,
    source: row.source,
    verified: row.verified,
    refunded: isRefunded(row.payment),
    purchase: row.purchase,
    orderId: mine ? row.orderId : null,
    helpfulCount: row.helpfulCount,
    foundHelpful: row.foundHelpful,
    edited: row.updatedAt > row.createdAt,
    mine,
    reply: row.reply && {
      text: row.reply.text,
      at: row.reply.at.toISOString(),
      edited: row.reply.version > 1,
      toEarlierVersion: row.reply.at < row.updatedAt,
    },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export const viewerOf = (actor: Actor): number | null => (actor.kind === 'user' ? actor.id : null);

/** A seller's counts as they are now. @throws AppError SELLER_NOT_FOUND */
export async function readHistogram(repos: Repositories, sellerId: number): Promise<Histogram> {
  const histogram = await repos.ratings.histogram(sellerId);
  if (!histogram) throw new AppError('SELLER_NOT_FOUND');
  return histogram;
}

/** A rating as it is after a write, and the numbers that it moved, read in the transaction that moved them. */
export function toRatingChange(row: RatingRow, histogram: Histogram, viewerId: number): RatingChange {
  return { ...toRatingView(row, viewerId), summary: summaryOf(row.sellerId, histogram) };
}

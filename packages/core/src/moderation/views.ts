import { shownName, type DecisionView, type StrikeReason, type StruckRatingView } from '@assay/contract';
import { publicName } from '../accounts/rules.ts';
import type { DecisionRow, StruckRow } from './ports.ts';

/** An appeal comes within this time after the decision. */
const APPEAL_MS = 30 * 24 * 3_600_000;

/** For these reasons what was said must not be read any more, or the decision would be for nothing. */
const WITHHELD = new Set<StrikeReason>(['personal-data', 'unlawful']);

/** A struck rating for everybody: with its reason, and with what it said where that may be read. */
export function toStruckView(row: StruckRow): StruckRatingView {
  const { ratingId, sellerId, sellerName, raterName, rating, comment, purchase, source, createdAt, struckAt, reason, statement } = row;
  return {
    id: ratingId,
    sellerId,
    sellerName: shownName(sellerName),
    raterName: publicName(raterName),
    rating,
    comment: WITHHELD.has(reason) ? null : comment,
    purchase,
    source,
    createdAt: createdAt.toISOString(),
    struckAt: struckAt.toISOString(),
    reason,
    statement,
  };
}

/** Can that decision be appealed now, by that person? */
export function mayAppeal(row: DecisionRow, userId: number, now: Date): boolean {
  return isDisadvantaged(row, userId) && row.latest && row.appeal === null && now.getTime() - row.at.getTime() <= APPEAL_MS;
}

/** The rater of what was struck out, the seller of what stays. The decision about an appeal is final. */
function isDisadvantaged({ action, sellerId, raterId }: DecisionRow, userId: number): boolean {
  if (action === 'struck') return raterId === userId;
  return (action === 'restored' || action === 'dismissed') && sellerId === userId;
}

/** A decision as that person gets to read it; the text of an appeal is its author's and the moderators'. @param userId 0 for moderators */
export function toDecisionView(row: DecisionRow, userId: number, now: Date): DecisionView {
  const { id, ratingId, sellerId, sellerName, raterId, raterName, rating, comment, action, reason, statement, at, appeal } = row;
  const you = raterId === userId ? 'rater' : sellerId === userId ? 'seller' : 'moderator';
  return {
    id,
    ratingId,
    sellerId,
    sellerName,
    raterName: publicName(raterName),
    stars: rating,
    comment,
    action,
    reason,
    statement,
    at: at.toISOString(),
    you,
    mayAppeal: mayAppeal(row, userId, now),
    appeal: appeal && {
      id: appeal.id,
      text: userId === 0 || appeal.appellantId === userId ? appeal.text : null,
      at: appeal.at.toISOString(),
      status: appeal.status,
    },
  };
}

import {
  averageText,
  estimateOf,
  figuresOf,
  lowerBoundOf,
  shownName,
  summaryOf,
  withPrior,
  Z_ONE_SIDED,
  type Histogram,
  type ScoreExplanation,
} from '@assay/contract';
import { cached } from '../cache/cached.ts';
import { explanationEntry } from '../cache/parts.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireRatings } from '../ratings/ratings-on.ts';
import { windowsOf } from './windows.ts';

/** How a seller's score is made, with every number that it comes from. Public. @throws AppError RATINGS_OFF, SELLER_NOT_FOUND */
export async function explainScore(ctx: Context, input: { sellerId: number }): Promise<ScoreExplanation> {
  await requireRatings(ctx);
  const { sellerId } = input;
  const now = ctx.now();
  const [explanation, verification] = await Promise.all([
    cached(ctx, explanationEntry(sellerId, now), () => explain(ctx, sellerId, now)),
    ctx.repos.maintenance.lastVerification(),
  ]);
  return {
    ...explanation,
    at: now.toISOString(),
    verified: verification && { at: verification.at.toISOString(), sellers: verification.sellers, wrong: verification.wrong },
  };
}

/** All of it but the last verification, which is about everybody and not about this seller. */
async function explain(ctx: Context, sellerId: number, now: Date): Promise<ScoreExplanation> {
  const { insights, sellers } = ctx.repos;
  const seller = await sellers.findById(sellerId); // sellers only: the names of buyers are not for everybody
  if (!seller) throw new AppError('SELLER_NOT_FOUND');
  const { histogram } = seller;
  const [days, sources, struck] = await Promise.all([
    insights.days(sellerId),
    insights.sources(sellerId),
    insights.struckByReason(sellerId),
  ]);
  const { total, sum, badgeAverage, isNewSeller } = figuresOf(histogram);
  const lowerBound = lowerBoundOf(histogram);
  return {
    sellerId,
    sellerName: shownName(seller.name),
    at: now.toISOString(),
    summary: summaryOf(sellerId, histogram),
    words: wordsOf(histogram),
    sum,
    exact: total === 0 ? null : averageText(sum, total, 4),
    badgeAverage: isNewSeller ? null : badgeAverage,
    estimate: estimateOf(histogram),
    ordering: lowerBound === null ? null : { lowerBound: lowerBound / 10_000, ...withPrior(histogram), z: Z_ONE_SIDED },
    sources,
    struck,
    windows: windowsOf(days, histogram, now),
    verified: null,
  };
}

function wordsOf(histogram: Histogram): string[] {
  const { total, sum, isNewSeller } = figuresOf(histogram);
  const rule = [
    'Every rating that counts has the same weight: one for each buyer, given after a completed order, or imported and marked as such.',
    'The score is the sum of all stars divided by the number of ratings.',
    'The badge shows tenths, cut and never rounded up. Pages show hundredths, rounded half up, and 5.00 only where every rating has 5 stars.',
    'Under three ratings no score is shown.',
  ];
  if (total === 0) return [...rule, 'There are no ratings yet.'];
  return [
    ...rule,
    `Here: ${sum.toLocaleString('en')} stars ÷ ${total.toLocaleString('en')} ratings = ${averageText(sum, total, 4)}${isNewSeller ? ', not shown yet' : ''}.`,
  ];
}

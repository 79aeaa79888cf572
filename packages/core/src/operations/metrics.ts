import {
  figuresOf,
  dayNumber,
  dayStart,
  EMPTY_HISTOGRAM,
  addTo,
  summaryOf,
  type OperationsDashboard,
  type ResponseFigures,
} from '@assay/contract';
import { requireOperator } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { LATENCY_BUCKETS_MS, type RequestSample } from './ports.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How many ratings come in: this hour, today, yesterday, hour by hour, and what is usual. Times are UTC. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function getRatingCreationRate(ctx: Context) {
  requireOperator(ctx.actor);
  const now = ctx.now();
  const today = dayStart(dayNumber(now));
  const { metrics } = ctx.repos;
  const hours = await metrics.ratingsPerHour(new Date(today.getTime() - 7 * DAY_MS));
  const [ratingsLastHour, ratingsToday, ratingsYesterday] = await Promise.all([
    metrics.countRatings(new Date(now.getTime() - HOUR_MS), now),
    metrics.countRatings(today, now),
    metrics.countRatings(new Date(today.getTime() - DAY_MS), today),
  ]);
  const counts = new Map(hours.map(({ hour, ratings }) => [hour, ratings]));
  const thisHour = Math.floor(now.getTime() / HOUR_MS);
  const sameHours = Array.from({ length: 7 }, (_, i) => counts.get(thisHour - 24 * (i + 1)) ?? 0);
  return {
    ratingsLastHour,
    ratingsToday,
    ratingsYesterday,
    usualPerHour: sameHours.reduce((sum, ratings) => sum + ratings, 0) / 7,
    perHour: Array.from({ length: 24 }, (_, i) => {
      const hour = thisHour - 23 + i;
      return { from: new Date(hour * HOUR_MS).toISOString(), ratings: counts.get(hour) ?? 0 };
    }),
  };
}

/** The average of each of the last days, today included. @param days how many */
export async function getAverageRatingTrend(ctx: Context, days = 7) {
  requireOperator(ctx.actor);
  return (await perDay(ctx, days)).map(({ day, histogram }) => {
    const { total, average } = figuresOf(histogram);
    return { day: dayStart(day).toISOString(), ratings: total, average };
  });
}

async function perDay(ctx: Context, days: number) {
  const first = dayNumber(ctx.now()) - days + 1;
  const known = new Map((await ctx.repos.metrics.ratingsPerDay(first)).map(({ day, histogram }) => [day, histogram]));
  return Array.from({ length: days }, (_, i) => ({ day: first + i, histogram: known.get(first + i) ?? EMPTY_HISTOGRAM }));
}

/**
 * How often, and how late, an endpoint answered badly.
 * @param endpoint as "GET /api/v1/…"; null for all of them together
 * @param windowS seconds before now
 */
export async function getErrorRate(ctx: Context, endpoint: string | null = null, windowS = 3600): Promise<ResponseFigures> {
  requireOperator(ctx.actor);
  const samples = await ctx.repos.metrics.requests(new Date(ctx.now().getTime() - windowS * 1000));
  return figuresOfRequests(samples.filter((sample) => endpoint === null || sample.endpoint === endpoint));
}

/** Counts, error rate and p95 of samples taken together. */
export function figuresOfRequests(samples: readonly RequestSample[]): ResponseFigures {
  const requests = samples.reduce((sum, sample) => sum + sample.requests, 0);
  const errors = samples.reduce((sum, sample) => sum + sample.errors, 0);
  const buckets = [...LATENCY_BUCKETS_MS, Infinity].map((_, i) => samples.reduce((sum, sample) => sum + sample.buckets[i]!, 0));
  return { requests, errors, errorRate: requests === 0 ? null : errors / requests, p95Ms: quantileMs(buckets, 0.95) };
}

/** A quantile out of buckets, interpolated within its bucket as Prometheus does it; null without answers. */
export function quantileMs(buckets: readonly number[], quantile: number): number | null {
  const total = buckets.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const rank = quantile * total;
  let below = 0;
  for (const [i, count] of buckets.entries()) {
    if (below + count >= rank && count > 0) {
      const from = i === 0 ? 0 : LATENCY_BUCKETS_MS[i - 1]!;
      const to = LATENCY_BUCKETS_MS[i] ?? from; // beyond the last bound nothing is known but that bound
      return from + (to - from) * ((rank - below) / count);
    }
    below += count;
  }
  return LATENCY_BUCKETS_MS.at(-1)!;
}

const TREND_DAYS = 7;
const CHART_DAYS = 30;
const WEEKS = 12;

/** What happens now. */
export async function getRealTimeMetrics(ctx: Context): Promise<OperationsDashboard['realTime']> {
  requireOperator(ctx.actor);
  const now = ctx.now().getTime();
  const [creation, averageTrend, hourly, daily] = await Promise.all([
    getRatingCreationRate(ctx),
    getAverageRatingTrend(ctx, TREND_DAYS),
    ctx.repos.metrics.requests(new Date(now - HOUR_MS)),
    ctx.repos.metrics.requests(new Date(now - DAY_MS)),
  ]);
  return {
    ...creation,
    averageTrend,
    lastHour: figuresOfRequests(hourly),
    lastDay: figuresOfRequests(daily),
    endpoints: hourly.map((sample) => ({ endpoint: sample.endpoint, ...figuresOfRequests([sample]) })),
  };
}

/** The documents' engagement queries. */
export async function getDailyMetrics(ctx: Context): Promise<OperationsDashboard['daily'] & { sellers: number }> {
  requireOperator(ctx.actor);
  const { metrics } = ctx.repos;
  const [totals, activeRaters30Days, top, days] = await Promise.all([
    metrics.totals(),
    metrics.countRaters(new Date(ctx.now().getTime() - CHART_DAYS * DAY_MS)),
    metrics.topSellers(10),
    perDay(ctx, WEEKS * 7),
  ]);
  const { raters, users } = totals;
  return {
    sellers: totals.sellers,
    totalRatings: figuresOf(totals.histogram).total,
    activeRaters30Days,
    participation: { raters, users, rate: users === 0 ? null : raters / users },
    distribution: totals.histogram,
    topSellers: top.map(({ id, name, histogram, lowerBound }) => ({
      id,
      name,
      summary: summaryOf(id, histogram),
      lowerBound: lowerBound / 10_000,
    })),
    perDay: days
      .slice(-CHART_DAYS)
      .map(({ day, histogram }) => ({ day: dayStart(day).toISOString(), ratings: figuresOf(histogram).total })),
    perWeek: Array.from({ length: WEEKS }, (_, week) => {
      const histogram = days.slice(week * 7, week * 7 + 7).reduce((sum, day) => addTo(sum, day.histogram), EMPTY_HISTOGRAM);
      const { total, average } = figuresOf(histogram);
      return { week: dayStart(days[week * 7]!.day).toISOString(), ratings: total, average };
    }),
  };
}

import {
  averageText,
  figuresOf,
  summaryOf,
  type DashboardQuery,
  type Histogram,
  type RatingDashboard,
  type ReceivedRatingsPage,
  type ReceivedRatingsQuery,
  type ScoreEvent,
  type Stars,
} from '@assay/contract';
import { publicName } from '../accounts/rules.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../kernel/cursor.ts';
import { requireRatings } from '../ratings/ratings-on.ts';
import { RATING_SORT_KEYS } from '../ratings/ports.ts';
import { readHistogram, toRatingView } from '../ratings/views.ts';
import type { ScoreEventRow } from './ports.ts';
import { trendOf, windowsOf } from './windows.ts';

/** Looks at the dashboard that are closer than this are one visit. */
const VISIT_MS = 30 * 60_000;
const EVENTS_SHOWN = 12;
const EVENTS_READ = 500;

/** The actor's own ratings at a glance. @throws AppError UNAUTHENTICATED, RATINGS_OFF */
export async function getRatingDashboard(ctx: Context, query: DashboardQuery): Promise<RatingDashboard> {
  const { id } = requireUser(ctx.actor);
  await requireRatings(ctx);
  const { insights, maintenance } = ctx.repos;
  const [{ histogram, rows }, days, unanswered, lastVisit, verification] = await Promise.all([
    readEvents(ctx, id),
    insights.days(id),
    insights.countUnanswered(id),
    insights.previousVisit(id),
    maintenance.lastVerification(),
  ]);
  const events = unwind(histogram, rows);
  const now = ctx.now();
  return {
    sellerId: id,
    summary: summaryOf(id, histogram),
    windows: windowsOf(days, histogram, now),
    trend: { window: query.window, points: trendOf(days, query.window, now) },
    lastVisitAt: lastVisit?.toISOString() ?? null,
    sinceLastVisit: lastVisit && sinceOf(events, lastVisit),
    events: events.slice(0, EVENTS_SHOWN).map(({ histogramBefore: _before, ...event }) => event),
    unanswered,
    verifiedAt: verification?.at.toISOString() ?? null,
  };
}

/** Counts and history that belong together: read again where a rating came in between. */
async function readEvents(ctx: Context, sellerId: number): Promise<{ histogram: Histogram; rows: ScoreEventRow[] }> {
  for (let attempt = 1; ; attempt++) {
    const before = await readHistogram(ctx.repos, sellerId);
    const rows = await ctx.repos.insights.events(sellerId, EVENTS_READ);
    const histogram = await readHistogram(ctx.repos, sellerId);
    if (attempt === 3 || JSON.stringify(before) === JSON.stringify(histogram)) return { histogram, rows };
  }
}

type Unwound = ScoreEvent & { histogramBefore: Histogram };

/** Walks back from the counts of now: what each event, newest first, found and left. */
export function unwind(now: Histogram, rows: readonly ScoreEventRow[]): Unwound[] {
  let histogram = now;
  return rows.map(({ id, at, ratingId, action, rating, was, raterName }) => {
    const after = histogram;
    const removed = action === 'withdrawn' || action === 'struck';
    const moved = action === 'edited' || action === 'replaced';
    histogram = { ...histogram };
    const change = (stars: Stars, by: number) => (histogram[stars] += by);
    change(rating, removed ? 1 : -1);
    if (moved && was !== null) change(was, 1);
    return {
      id,
      at: at.toISOString(),
      ratingId,
      action,
      raterName: publicName(raterName),
      stars: rating,
      was: moved ? was : null,
      before: exactly(histogram),
      after: exactly(after),
      histogramBefore: histogram,
    };
  });
}

function exactly(histogram: Histogram): ScoreEvent['before'] {
  const { total, sum } = figuresOf(histogram);
  return { average: total === 0 ? null : averageText(sum, total, 4), total };
}

function sinceOf(events: readonly Unwound[], lastVisit: Date): NonNullable<RatingDashboard['sinceLastVisit']> {
  const since = events.filter(({ at }) => new Date(at) > lastVisit);
  const of = (...actions: ScoreEvent['action'][]) => since.filter(({ action }) => actions.includes(action)).length;
  const oldest = since.at(-1);
  const before = oldest ? figuresOf(oldest.histogramBefore) : null;
  return {
    submitted: of('submitted', 'imported', 'restored'),
    changed: of('edited', 'replaced'),
    removed: of('withdrawn', 'struck'),
    badgeBefore: before && !before.isNewSeller ? before.badgeAverage : null,
  };
}

/** Notes that the actor looked at the dashboard. @throws AppError UNAUTHENTICATED, RATINGS_OFF */
export async function visitDashboard(ctx: Context): Promise<void> {
  const { id } = requireUser(ctx.actor);
  await requireRatings(ctx);
  await ctx.change((tx) => tx.repos.insights.visit(id, tx.at, VISIT_MS));
}

/** The ratings that the actor received, newest first. @throws AppError UNAUTHENTICATED, RATINGS_OFF, INVALID_CURSOR */
export async function listReceivedRatings(ctx: Context, query: ReceivedRatingsQuery): Promise<ReceivedRatingsPage> {
  const { id } = requireUser(ctx.actor);
  await requireRatings(ctx);
  const { q, stars, withComment, unanswered, limit, cursor } = query;
  const after = cursor ? [...decodeCursor(cursor, 'received', RATING_SORT_KEYS.newest)] : undefined;
  const rows = await ctx.repos.ratings.list({
    sellerId: id,
    sort: 'newest',
    viewerId: id,
    limit: limit + 1,
    ...(q ? { search: q } : {}),
    stars,
    ...(withComment ? { withComment } : {}),
    unanswered,
    after,
  });
  return toPage(
    rows,
    limit,
    (row) => toRatingView(row, id),
    (row) => encodeCursor('received', [row.createdAt.toISOString(), row.id]),
  );
}

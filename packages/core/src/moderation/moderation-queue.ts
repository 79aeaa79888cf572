import type {
  AppealView,
  AuditEntryView,
  AuditPage,
  AuditQuery,
  Conflict,
  ModerationCounts,
  ModerationQueue,
  QueueItem,
} from '@assay/contract';
import { publicName } from '../accounts/rules.ts';
import { requireRole } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../kernel/cursor.ts';
import { requireAnyRatings } from '../ratings/ratings-on.ts';
import type { RatingRow } from '../ratings/ports.ts';
import { toRatingView } from '../ratings/views.ts';
import type { AppealRow, AuditEntryRow, DecisionRow, ReportRow } from './ports.ts';
import { conflictsOf } from './conflicts.ts';
import { toDecisionView, toStruckView } from './views.ts';

const SHOWN = 50;

/** What waits for a moderator, oldest first, and what was struck out lately. @throws AppError UNAUTHENTICATED, FORBIDDEN, RATINGS_OFF */
export async function getModerationQueue(ctx: Context): Promise<ModerationQueue> {
  const { id } = requireRole(ctx.actor, 'admin');
  await requireAnyRatings(ctx);
  const { moderation } = ctx.repos;
  const [reports, appeals, struck, counts] = await Promise.all([
    moderation.openReports(SHOWN),
    moderation.openAppeals(SHOWN),
    moderation.recentlyStruck(SHOWN),
    moderation.countOpen(),
  ]);
  const [reported, appealed] = await Promise.all([ratingsOf(ctx, reports), decisionsOf(ctx, appeals)]);
  const cases = [
    ...reported.map(({ rating }) => ({ ...rating, ratingId: rating.id })),
    ...appealed.map(({ decision }) => decision),
    ...struck,
  ];
  const conflicts = await conflictsOf(ctx.repos, id, cases);
  const conflictOf = (ratingId: number) => conflicts.get(ratingId) ?? null;
  return {
    items: await toItems(ctx, reported, conflictOf),
    appeals: appealed.map(({ row, decision }) => toAppealView(ctx, row, decision, conflictOf(decision.ratingId))),
    struck: struck.map((row) => ({ ...toStruckView(row), conflict: conflictOf(row.ratingId) })),
    counts,
  };
}

/** How much waits. @throws AppError UNAUTHENTICATED, FORBIDDEN, RATINGS_OFF */
export async function countModeration(ctx: Context): Promise<ModerationCounts> {
  requireRole(ctx.actor, 'admin');
  await requireAnyRatings(ctx);
  return ctx.repos.moderation.countOpen();
}

interface Reported {
  rating: RatingRow;
  group: ReportRow[];
}

/** Reports by their rating. One that was withdrawn meanwhile is left out: there is nothing to decide. */
async function ratingsOf(ctx: Context, reports: readonly ReportRow[]): Promise<Reported[]> {
  const byRating = [...Map.groupBy(reports, ({ ratingId }) => ratingId)];
  const found = await Promise.all(byRating.map(async ([id, group]) => ({ rating: await ctx.repos.ratings.findById(id, null), group })));
  return found.flatMap(({ rating, group }) => (rating ? [{ rating, group }] : []));
}

/** Appeals with the decisions that they are against. */
async function decisionsOf(ctx: Context, rows: readonly AppealRow[]): Promise<{ row: AppealRow; decision: DecisionRow }[]> {
  const found = await Promise.all(rows.map(async (row) => ({ row, decision: await ctx.repos.moderation.findDecision(row.decisionId) })));
  return found.flatMap(({ row, decision }) => (decision ? [{ row, decision }] : []));
}

async function toItems(
  ctx: Context,
  reported: readonly Reported[],
  conflictOf: (ratingId: number) => Conflict | null,
): Promise<QueueItem[]> {
  const records = await ctx.repos.moderation.records([...new Set(reported.map(({ rating }) => rating.raterId))]);
  return reported.map(({ rating, group }) => ({
    rating: toRatingView(rating, null),
    raterFullName: rating.raterName,
    reports: group.map(({ id, reason, detail, reporterId, reporterName, createdAt }) => ({
      id,
      reason,
      detail,
      reporterName,
      bySeller: reporterId === rating.sellerId,
      at: createdAt.toISOString(),
    })),
    raterRecord: records.get(rating.raterId) ?? { given: 0, struck: 0 },
    conflict: conflictOf(rating.id),
  }));
}

function toAppealView(
  ctx: Context,
  { id, text, createdAt, appellantId, appellantName }: AppealRow,
  decision: DecisionRow,
  conflict: Conflict | null,
): AppealView {
  const bySeller = appellantId === decision.sellerId;
  return {
    id,
    text,
    at: createdAt.toISOString(),
    appellantName: bySeller ? appellantName : publicName(appellantName),
    bySeller,
    decision: toDecisionView(decision, 0, ctx.now()),
    conflict,
  };
}

/** Who did what, newest first. @throws AppError UNAUTHENTICATED, FORBIDDEN, INVALID_CURSOR */
export async function readAuditLog(ctx: Context, query: AuditQuery): Promise<AuditPage> {
  requireRole(ctx.actor, 'admin', 'ops');
  const [before] = query.cursor ? decodeCursor(query.cursor, 'audit', ['number']) : [];
  const rows = await ctx.repos.moderation.audit({
    limit: query.limit + 1,
    ...(query.action ? { action: query.action } : {}),
    ...(query.entity ? { entity: query.entity } : {}),
    ...(query.entityId ? { entityId: query.entityId } : {}),
    before,
  });
  return toPage(rows, query.limit, toEntryView, (row) => encodeCursor('audit', [row.id]));
}

function toEntryView({ at, actorName, actorKind, ...entry }: AuditEntryRow): AuditEntryView {
  return { ...entry, at: at.toISOString(), actor: actorName ?? (actorKind === 'system' ? 'the system' : actorKind) };
}

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
import { toRatingView } from '../ratings/views.ts';
import type { AppealRow, AuditEntryRow, DecisionRow, ReportRow, StruckRow } from './ports.ts';
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
  return {
    items: await toItems(ctx, id, reports),
    appeals: await toAppealViews(ctx, id, appeals),
    struck: await toStruckViews(ctx, id, struck),
    counts,
  };
}

/** How much waits. @throws AppError UNAUTHENTICATED, FORBIDDEN, RATINGS_OFF */
export async function countModeration(ctx: Context): Promise<ModerationCounts> {
  requireRole(ctx.actor, 'admin');
  await requireAnyRatings(ctx);
  return ctx.repos.moderation.countOpen();
}

async function toItems(ctx: Context, moderatorId: number, reports: ReportRow[]): Promise<QueueItem[]> {
  const byRating = [...Map.groupBy(reports, ({ ratingId }) => ratingId)];
  const found = await Promise.all(
    byRating.map(([id, group]) => ctx.repos.ratings.findById(id, null).then((rating) => ({ rating, group }))),
  );
  const live = found.flatMap(({ rating, group }) => (rating ? [{ rating, group }] : [])); // withdrawn meanwhile: nothing to decide
  const [records, conflicts] = await Promise.all([
    ctx.repos.moderation.records([...new Set(live.map(({ rating }) => rating.raterId))]),
    conflictsOf(
      ctx.repos,
      moderatorId,
      live.map(({ rating }) => ({ ...rating, ratingId: rating.id })),
    ),
  ]);
  return live.map(({ rating, group }) => ({
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
    conflict: conflicts.get(rating.id) ?? null,
  }));
}

async function toStruckViews(ctx: Context, moderatorId: number, rows: readonly StruckRow[]): Promise<ModerationQueue['struck']> {
  const conflicts = await conflictsOf(ctx.repos, moderatorId, rows);
  return rows.map((row) => ({ ...toStruckView(row), conflict: conflicts.get(row.ratingId) ?? null }));
}

async function toAppealViews(ctx: Context, moderatorId: number, rows: readonly AppealRow[]): Promise<AppealView[]> {
  const found = await Promise.all(
    rows.map(async (row) => {
      const decision = await ctx.repos.moderation.findDecision(row.decisionId);
      return decision ? [{ row, decision }] : [];
    }),
  );
  const appeals = found.flat();
  const conflicts = await conflictsOf(
    ctx.repos,
    moderatorId,
    appeals.map(({ decision }) => decision),
  );
  return appeals.map(({ row, decision }) => toAppealView(ctx, row, decision, conflicts.get(decision.ratingId) ?? null));
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
    ...(query.entityId ? { entityId: query.entityId } : {}),
    before,
  });
  return toPage(rows, query.limit, toEntryView, (row) => encodeCursor('audit', [row.id]));
}

function toEntryView({ at, actorName, actorKind, ...entry }: AuditEntryRow): AuditEntryView {
  return { ...entry, at: at.toISOString(), actor: actorName ?? (actorKind === 'system' ? 'the system' : actorKind) };
}

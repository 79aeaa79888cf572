import {
  DISPUTE_FILES_MAX,
  formatPriceE8,
  type Conflict,
  type DisputeEventView,
  type DisputeFileView,
  type DisputePage,
  type DisputeSummary,
  type DisputeView,
  type ListDisputesQuery,
  type OrderActor,
} from '@assay/contract';
import { hasRole, requireRole, requireUser, type UserActor } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../kernel/cursor.ts';
import { AppError } from '../kernel/errors.ts';
import type { OrderRow } from '../orders/ports.ts';
import { partyOf, SYSTEM_ID } from '../orders/rules.ts';
import { totalE8Of } from '../orders/totals.ts';
import { refundableE8 } from '../payments/begin-refund.ts';
import type { DisputeEventRow, DisputeFileRow, DisputeOfOrder, DisputeRow } from './ports.ts';
import { DECISIONS, disputeMovesFor, takesEvidence, WAITING_FOR_ADMIN } from './rules.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const actorOf = (order: OrderRow, actorId: number): OrderActor =>
  actorId === SYSTEM_ID ? 'system' : (partyOf(order, actorId) ?? 'platform');

function summaryOf(row: DisputeOfOrder): DisputeSummary {
  const { id, orderId, title, buyerId, buyerName, sellerId, sellerName, currency, reason, status, outcome } = row;
  return {
    id,
    orderId,
    title,
    buyerId,
    buyerName,
    sellerId,
    sellerName,
    currency,
    reason,
    status,
    outcome,
    total: formatPriceE8(totalE8Of(row), currency),
    dueAt: status === 'closed' ? null : iso(row.dueAt),
    createdAt: row.createdAt.toISOString(),
    closedAt: iso(row.closedAt),
  };
}

const eventView = (order: OrderRow, { action, actorId, text, amountE8, outcome, at }: DisputeEventRow): DisputeEventView => ({
  action,
  by: actorOf(order, actorId),
  text,
  amount: amountE8 === null ? null : formatPriceE8(amountE8, order.currency),
  outcome,
  at: at.toISOString(),
});

const fileView = (order: OrderRow, { id, uploaderId, type, bytes, createdAt }: DisputeFileRow): DisputeFileView => ({
  id,
  by: actorOf(order, uploaderId),
  type,
  bytes,
  createdAt: createdAt.toISOString(),
});

/**
 * Why an admin may not decide: they are a side of it, or made the decision that is appealed while another admin could look at it.
 */
export async function conflictOf(reads: Reads, adminId: number, order: OrderRow, dispute: DisputeRow): Promise<Conflict | null> {
  if (partyOf(order, adminId)) return 'OWN_CASE';
  if (dispute.status !== 'appealed' || dispute.decidedBy !== adminId) return null;
  return (await reads.repos.disputes.hasAdminBesides([adminId, order.buyerId, order.sellerId])) ? 'OWN_DECISION' : null;
}

/** A dispute with what the actor may do. @throws AppError DISPUTE_NOT_FOUND (also where the actor is neither a side nor an admin) */
export async function viewOfDispute(reads: Reads, orderId: number, actor: UserActor): Promise<DisputeView> {
  const [order, dispute] = [await reads.repos.orders.findById(orderId), await reads.repos.disputes.ofOrder(orderId)];
  const party = order && partyOf(order, actor.id);
  const isAdmin = hasRole(actor, 'admin');
  if (!order || !dispute || (!party && !isAdmin)) throw new AppError('DISPUTE_NOT_FOUND');
  const payment = await reads.repos.payments.find(orderId);
  const [events, files] = [await reads.repos.disputes.events(dispute.id), await reads.repos.disputeFiles.listOf(dispute.id)];
  const paused = payment?.isDisputedAtBank ?? false;
  const decides = isAdmin && !paused && DECISIONS[dispute.status] !== undefined;
  const conflict = decides ? await conflictOf(reads, actor.id, order, dispute) : null;
  const priced = (amountE8: bigint | null) => (amountE8 === null ? null : formatPriceE8(amountE8, order.currency));
  return {
    ...summaryOf({ ...order, ...dispute }),
    offer: priced(dispute.offerE8),
    amount: priced(dispute.amountE8),
    refundable: formatPriceE8(payment ? refundableE8(payment) : 0n, order.currency),
    paused,
    moves: party && !paused ? disputeMovesFor(party, dispute) : [],
    mayDecide: decides && conflict === null,
    conflict,
    mayAddFiles:
      party !== null &&
      takesEvidence(dispute.status) &&
      files.filter(({ uploaderId }) => uploaderId === actor.id).length < DISPUTE_FILES_MAX,
    maxBytes: reads.settings.documentMaxBytes,
    events: events.map((event) => eventView(order, event)),
    files: files.map((file) => fileView(order, file)),
  };
}

/** The dispute about an order; null where there is none. */
export async function disputeSummaryOf({ repos }: Reads, order: OrderRow): Promise<DisputeSummary | null> {
  const dispute = await repos.disputes.ofOrder(order.id);
  return dispute && summaryOf({ ...order, ...dispute });
}

/** The dispute about an order, for its sides and for admins. @throws AppError UNAUTHENTICATED, DISPUTE_NOT_FOUND */
export const getDispute = (ctx: Context, { id }: { id: number }): Promise<DisputeView> => viewOfDispute(ctx, id, requireUser(ctx.actor));

/** Disputes in a state, or those that wait for an admin, oldest first. @throws AppError UNAUTHENTICATED, FORBIDDEN, INVALID_CURSOR */
export async function listDisputes(ctx: Context, { status, limit, cursor }: ListDisputesQuery): Promise<DisputePage> {
  requireRole(ctx.actor, 'admin');
  const after = cursor ? decodeCursor(cursor, 'disputes', ['number'])[0] : 0;
  const rows = await ctx.repos.disputes.list(status ? [status] : WAITING_FOR_ADMIN, after, limit + 1);
  return toPage(rows, limit, summaryOf, ({ id }) => encodeCursor('disputes', [id]));
}

/** How many disputes wait for an admin. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function countDisputes(ctx: Context): Promise<number> {
  requireRole(ctx.actor, 'admin');
  return ctx.repos.disputes.count(WAITING_FOR_ADMIN);
}

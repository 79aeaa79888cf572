import { shownName, type DecideMessageInput, type ReportedMessage, type ReportedMessages, type ReportMessageInput } from '@assay/contract';
import { requireRole, requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { isOwn, requireNotOwn } from '../kernel/own-case.ts';
import { requireThread } from './get-thread.ts';
import type { MessageReportRow, ThreadRow } from './ports.ts';
import { roleOf } from './rules.ts';
import { messageView } from './views.ts';

const SHOWN = 50;
/** Messages before the reported one that a moderator reads. */
const BEFORE = 5;

/**
 * Reports a message of the other side to the moderators: once for each person and message.
 * @throws AppError UNAUTHENTICATED, THREAD_NOT_FOUND, MESSAGE_NOT_FOUND, ALREADY_REPORTED
 */
export async function reportMessage(ctx: Context, { id, messageId, reason, detail }: ReportMessageInput & { id: number }): Promise<void> {
  const { id: userId } = requireUser(ctx.actor);
  await ctx.change(async (tx) => {
    const { buyerId, sellerId } = await requireThread(tx, id, userId);
    const message = await tx.repos.messages.message(id, messageId, userId);
    if (!message || message.senderId === userId || message.status !== 'sent') throw new AppError('MESSAGE_NOT_FOUND');
    await tx.repos.messages.report({ messageId, reporterId: userId, reason, detail: detail || null }, tx.at);
    await tx.publish('message.moderated', { threadId: id, messageId, buyerId, sellerId });
  });
}

async function reportedOf(
  ctx: Context,
  thread: ThreadRow,
  messageId: number,
  reports: MessageReportRow[],
): Promise<ReportedMessage | null> {
  const { messages } = ctx.repos;
  const row = await messages.message(thread.id, messageId, 0);
  if (!row) return null;
  const before = await messages.messages(thread.id, 0, row.position, BEFORE);
  const { kind, subjectId, title, buyerName, sellerName } = thread;
  const viewOf = (message: typeof row) => messageView(thread, 0, message);
  return {
    message: { ...viewOf(row), senderName: shownName(row.senderId === thread.buyerId ? buyerName : sellerName) },
    before: before.map(viewOf).toReversed(),
    kind,
    subjectId,
    title,
    buyerName: shownName(buyerName),
    sellerName: shownName(sellerName),
    reports: reports.map(({ id, reason, detail, reporterId, createdAt }) => ({
      id,
      reason,
      detail,
      by: roleOf(thread, reporterId) ?? 'buyer',
      at: createdAt.toISOString(),
    })),
    own: isOwn(ctx.actor, thread.buyerId, thread.sellerId),
  };
}

/** Reported messages that wait for a moderator, oldest report first. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function listReportedMessages(ctx: Context): Promise<ReportedMessages> {
  requireRole(ctx.actor, 'admin');
  const { messages } = ctx.repos;
  const items: ReportedMessage[] = [];
  for (const [messageId, reports] of Map.groupBy(await messages.openReports(SHOWN), (report) => report.messageId)) {
    const thread = await messages.threadOfMessage(messageId);
    const item = thread && (await reportedOf(ctx, thread, messageId, reports));
    if (item) items.push(item);
  }
  return { items, waiting: await messages.countReported() };
}

/** How many reported messages wait. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function countReportedMessages(ctx: Context): Promise<number> {
  requireRole(ctx.actor, 'admin');
  return ctx.repos.messages.countReported();
}

/**
 * A moderator removes a reported message, or dismisses the reports about it. Admins do not decide about their own conversations.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, MESSAGE_NOT_FOUND (no open report is about it), OWN_CASE
 */
export async function decideMessage(ctx: Context, { messageId, decision }: DecideMessageInput): Promise<void> {
  const actor = requireRole(ctx.actor, 'admin');
  await ctx.change(async (tx) => {
    const thread = await tx.repos.messages.threadOfMessage(messageId);
    if (!thread) throw new AppError('MESSAGE_NOT_FOUND');
    const { id: threadId, buyerId, sellerId } = thread;
    requireNotOwn(actor, buyerId, sellerId);
    if (!(await tx.repos.messages.decide(messageId, decision, actor.id, tx.at))) throw new AppError('MESSAGE_NOT_FOUND');
    await tx.audit(`message.${decision}`, 'message', messageId, { threadId });
    await tx.publish('message.moderated', { threadId, messageId, buyerId, sellerId });
  });
}

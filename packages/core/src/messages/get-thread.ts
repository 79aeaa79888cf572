import type { GetThreadQuery, ListThreadsQuery, ThreadPage, ThreadView, UnreadThreads } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPageOf } from '../kernel/cursor.ts';
import { AppError } from '../kernel/errors.ts';
import type { ThreadRow } from './ports.ts';
import { messageView, summaryOf } from './views.ts';

const FIRST_PAGE: GetThreadQuery = { limit: 50 };

/** A thread that the person is a side of. @throws AppError THREAD_NOT_FOUND */
export async function requireThread({ repos }: Pick<Reads, 'repos'>, id: number, userId: number): Promise<ThreadRow> {
  const thread = await repos.messages.find(id, userId);
  if (!thread) throw new AppError('THREAD_NOT_FOUND');
  return thread;
}

/** From which score on contact details are held; null where nothing is, because the buyer has bought from the seller. */
export const holdsFrom = async ({ repos, settings }: Pick<Reads, 'repos' | 'settings'>, buyerId: number, sellerId: number) =>
  (await repos.messages.hasPurchase(buyerId, sellerId)) ? null : settings.messages.holdsFrom;

/** A thread with its latest messages, or those before a cursor. @throws AppError THREAD_NOT_FOUND, INVALID_CURSOR */
export async function viewOfThread(
  reads: Reads,
  id: number,
  userId: number,
  { limit, cursor }: GetThreadQuery = FIRST_PAGE,
): Promise<ThreadView> {
  const before = cursor ? decodeCursor(cursor, 'messages', ['number'])[0] : null;
  const thread = await requireThread(reads, id, userId);
  const { messages } = reads.repos;
  const found = await messages.messages(id, userId, before, limit + 1);
  const rows = found.slice(0, limit);
  const last = before === null ? rows[0] : (await messages.lastOf([id], userId)).get(id);
  const { last: _last, ...summary } = summaryOf(thread, userId, undefined);
  return {
    ...summary,
    messages: rows.map((row) => messageView(thread, userId, row)).toReversed(),
    earlier: found.length > limit ? encodeCursor('messages', [rows.at(-1)!.position]) : null,
    lastPosition: last?.position ?? 0,
    readByOther: await messages.readByOthers(id, userId),
    blocked: await messages.isBlocked(userId, summary.other.id),
    closed: thread.closed,
    holdsFrom: await holdsFrom(reads, thread.buyerId, thread.sellerId),
  };
}

/** A thread, for its sides. @throws AppError UNAUTHENTICATED, THREAD_NOT_FOUND, INVALID_CURSOR */
export const getThread = (ctx: Context, { id, ...query }: GetThreadQuery & { id: number }): Promise<ThreadView> =>
  viewOfThread(ctx, id, requireUser(ctx.actor).id, query);

/** My threads, latest message first. @throws AppError UNAUTHENTICATED, INVALID_CURSOR */
export async function listThreads(ctx: Context, { archived, unread, q, limit, cursor }: ListThreadsQuery): Promise<ThreadPage> {
  const { id: userId } = requireUser(ctx.actor);
  const { messages } = ctx.repos;
  const rows = await messages.list({
    userId,
    archived: archived ?? false,
    unread: unread ?? false,
    search: q || null,
    limit: limit + 1,
    after: cursor ? decodeCursor(cursor, 'threads', ['date', 'number']) : null,
  });
  const toItems = async (shown: ThreadRow[]) => {
    const last = await messages.lastOf(
      shown.map(({ id }) => id),
      userId,
    );
    return shown.map((row) => summaryOf(row, userId, last.get(row.id)));
  };
  return toPageOf(rows, limit, toItems, ({ id, lastAt }) => encodeCursor('threads', [lastAt!.toISOString(), id]));
}

/** How many of my threads have unread messages. @throws AppError UNAUTHENTICATED */
export async function countUnreadThreads(ctx: Context): Promise<UnreadThreads> {
  return { threads: await ctx.repos.messages.countUnreadThreads(requireUser(ctx.actor).id) };
}

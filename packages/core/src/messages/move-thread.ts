import type { ArchiveThreadInput, ReadThreadInput, UnreadThreads } from '@assay/contract';
import { requireSystem, requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { requireThread } from './get-thread.ts';

const BATCH = 100;

/**
 * Notes that I have read a thread up to a message; a mark never goes back.
 * @returns how many of my threads have unread messages now
 * @throws AppError UNAUTHENTICATED, THREAD_NOT_FOUND
 */
export async function readThread(ctx: Context, { id, upTo }: ReadThreadInput & { id: number }): Promise<UnreadThreads> {
  const { id: userId } = requireUser(ctx.actor);
  return ctx.change(async (tx) => {
    const { buyerId, sellerId, lastPosition } = await requireThread(tx, id, userId);
    if (await tx.repos.messages.read(id, userId, Math.min(upTo, lastPosition)))
      await tx.publish('thread.read', { threadId: id, buyerId, sellerId, userId });
    return { threads: await tx.repos.messages.countUnreadThreads(userId) };
  });
}

/** Puts a thread away until the next message, or takes it back. @throws AppError UNAUTHENTICATED, THREAD_NOT_FOUND */
export async function archiveThread(ctx: Context, { id, archived }: ArchiveThreadInput & { id: number }): Promise<void> {
  const { id: userId } = requireUser(ctx.actor);
  await ctx.change(async (tx) => {
    const { buyerId, sellerId } = await requireThread(tx, id, userId);
    if (await tx.repos.messages.archive(id, userId, archived ? tx.at : null))
      await tx.publish('thread.archived', { threadId: id, buyerId, sellerId, userId });
  });
}

/** Deletes threads after their retention. Called by a job. Returns how many. @throws AppError FORBIDDEN */
export async function purgeThreads(ctx: Context): Promise<number> {
  requireSystem(ctx.actor);
  const before = new Date(ctx.now().getTime() - ctx.settings.messages.retentionMs);
  for (let total = 0; ;) {
    const threads = await ctx.change((tx) => tx.repos.messages.purge(before, BATCH));
    total += threads;
    if (threads < BATCH) return total;
  }
}

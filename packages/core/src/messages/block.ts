import type { BlockInput } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Reads } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireThread } from './get-thread.ts';
import type { ThreadRow } from './ports.ts';
import { otherOf } from './rules.ts';

/** Takes no messages of the other side any more, or takes them again; those about orders come all the same. @throws AppError UNAUTHENTICATED, THREAD_NOT_FOUND */
export async function blockOther(ctx: Context, { id, blocked }: BlockInput & { id: number }): Promise<void> {
  const { id: userId } = requireUser(ctx.actor);
  await ctx.change(async (tx) => {
    const thread = await requireThread(tx, id, userId);
    const other = otherOf(thread.role, thread).id;
    const { messages } = tx.repos;
    if (await (blocked ? messages.block(userId, other, tx.at) : messages.unblock(userId, other)))
      await tx.publish('thread.blocked', { threadId: id, buyerId: thread.buyerId, sellerId: thread.sellerId, userId });
  });
}

/** Refuses what one side does not take of the other; between the sides of an order nothing is. @throws AppError MESSAGES_BLOCKED */
export async function requireNotBlocked({ repos }: Pick<Reads, 'repos'>, thread: ThreadRow, userId: number): Promise<void> {
  if (thread.kind === 'order') return;
  const other = otherOf(thread.role, thread).id;
  if (await repos.messages.isBlocked(other, userId)) throw new AppError('MESSAGES_BLOCKED');
  if (await repos.messages.isBlocked(userId, other))
    throw new AppError('MESSAGES_BLOCKED', { message: 'You blocked this person. Unblock them to write.' });
}

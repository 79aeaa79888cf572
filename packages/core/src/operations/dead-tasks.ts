import { PAYMENT_TASKS, RETRY_IS_FUTILE, type DeadTaskPage, type DeadTaskView, type ListDeadTasks } from '@assay/contract';
import { requireOperator, requireRole } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../kernel/cursor.ts';
import { AppError } from '../kernel/errors.ts';
import type { DeadTaskRow } from '../kernel/task.ts';

const LIST = 'dead-tasks';

const toView = ({ id, name, attempts, failure, requestId, createdAt, settledAt }: DeadTaskRow): DeadTaskView => ({
  id,
  name,
  attempts,
  failure,
  requestId,
  createdAt: createdAt.toISOString(),
  diedAt: settledAt.toISOString(),
  retryable: !RETRY_IS_FUTILE.has(name),
  dismissable: !PAYMENT_TASKS.some((task) => task === name),
});

/** Tasks that used up their attempts, newest first. @throws AppError UNAUTHENTICATED, FORBIDDEN, INVALID_CURSOR */
export async function listDeadTasks(ctx: Context, { limit, cursor }: ListDeadTasks): Promise<DeadTaskPage> {
  requireOperator(ctx.actor);
  const before = cursor === undefined ? undefined : decodeCursor(cursor, LIST, ['number'])[0];
  const rows = await ctx.repos.tasks.listDead(limit + 1, before);
  return toPage(rows, limit, toView, ({ id }) => encodeCursor(LIST, [id]));
}

/** Queues a dead task again, with its attempts counted anew. @throws AppError UNAUTHENTICATED, FORBIDDEN, TASK_NOT_FOUND, ILLEGAL_MOVE */
export const retryTask = (ctx: Context, { id }: { id: number }): Promise<void> => settleDead(ctx, id, 'task.retried');

/**
 * Settles a dead task that an operator has dealt with: it is not tried again.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, TASK_NOT_FOUND, ILLEGAL_MOVE where money waits for the task
 */
export const dismissTask = (ctx: Context, { id }: { id: number }): Promise<void> => settleDead(ctx, id, 'task.dismissed');

async function settleDead(ctx: Context, id: number, action: 'task.retried' | 'task.dismissed'): Promise<void> {
  requireRole(ctx.actor, 'admin', 'ops');
  await ctx.change(async (tx) => {
    const task = await tx.repos.tasks.findDead(id);
    if (!task) throw new AppError('TASK_NOT_FOUND');
    const { retryable, dismissable } = toView(task);
    if (action === 'task.retried' && !retryable)
      throw new AppError('ILLEGAL_MOVE', { message: 'Nothing is left of this task to try again. Dismiss it.' });
    if (action === 'task.dismissed' && !dismissable)
      throw new AppError('ILLEGAL_MOVE', { message: 'A payment or refund waits for this task. Retry it.' });
    const changed = action === 'task.retried' ? await tx.repos.tasks.retry(id, tx.at) : await tx.repos.tasks.dismiss(id);
    if (!changed) throw new AppError('TASK_NOT_FOUND');
    await tx.audit(action, 'task', id, { name: task.name, failure: task.failure });
  });
}

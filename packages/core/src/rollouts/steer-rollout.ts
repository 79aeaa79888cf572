import type { RolloutStatus, RolloutView } from '@assay/contract';
import { requireOperator } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import { toRolloutView } from './views.ts';

/** The last rollout of each flag. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function listRollouts(ctx: Context): Promise<RolloutView[]> {
  requireOperator(ctx.actor);
  return (await ctx.store.rollouts.latest()).map(toRolloutView);
}

/** Stays in its phase until it is resumed. @throws AppError UNAUTHENTICATED, FORBIDDEN, ROLLOUT_NOT_FOUND, ILLEGAL_MOVE */
export const pauseRollout = (ctx: Context, input: { id: number }) => steer(ctx, input.id, ['running'], 'paused', 'Paused by hand.');

/** Its phase begins anew: what was measured before says nothing about what comes. @throws AppError as {@link pauseRollout} */
export const resumeRollout = (ctx: Context, input: { id: number }) => steer(ctx, input.id, ['paused'], 'running', null);

/** Ends it. The flag stays as it is. @throws AppError as {@link pauseRollout} */
export const stopRollout = (ctx: Context, input: { id: number }) =>
  steer(ctx, input.id, ['running', 'paused'], 'stopped', 'Stopped by hand. The flag stays as it is.');

function steer(ctx: Context, id: number, from: RolloutStatus[], status: RolloutStatus, message: string | null): Promise<RolloutView> {
  requireOperator(ctx.actor);
  return ctx.transaction(async (store) => {
    const row = await store.rollouts.find(id);
    if (!row) throw new AppError('ROLLOUT_NOT_FOUND');
    const at = ctx.now();
    const clock = { ...(status === 'running' ? { phaseStartedAt: at } : {}), ...(status === 'stopped' ? { finishedAt: at } : {}) };
    if (!from.includes(row.status) || !(await store.rollouts.move(row, { status, message, ...clock })))
      throw new AppError('ILLEGAL_MOVE', { message: `This rollout is ${row.status}: that cannot be done now.` });
    await store.audit.append(auditRecord(ctx, `rollout.${status === 'running' ? 'resumed' : status}`, 'rollout', id, { flag: row.flag }));
    await store.outbox.append({ topic: 'rollout.changed', subjectId: id, payload: { flag: row.flag } }, at);
    return toRolloutView((await store.rollouts.find(id))!);
  });
}

import type { RolloutStatus, RolloutView } from '@assay/contract';
import { requireOperator } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { transition } from '../kernel/transition.ts';
import { ROLLOUT } from './rollout-machine.ts';
import { toRolloutView } from './views.ts';

/** The last rollout of each flag. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function listRollouts(ctx: Context): Promise<RolloutView[]> {
  requireOperator(ctx.actor);
  return (await ctx.repos.rollouts.latest()).map(toRolloutView);
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
  return ctx.change(async (tx) => {
    const row = await tx.repos.rollouts.find(id);
    if (!row) throw new AppError('ROLLOUT_NOT_FOUND');
    const at = tx.at;
    const clock = { ...(status === 'running' ? { phaseStartedAt: at } : {}), ...(status === 'stopped' ? { finishedAt: at } : {}) };
    if (!from.includes(row.status))
      throw new AppError('ILLEGAL_MOVE', { message: `This rollout is ${row.status}: that cannot be done now.` });
    await transition(tx, ROLLOUT, row, status, { move: { message, ...clock }, action: status === 'running' ? 'resumed' : status });
    return toRolloutView((await tx.repos.rollouts.find(id))!);
  });
}

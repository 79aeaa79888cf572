import type { RolloutView, StartRolloutInput } from '@assay/contract';
import { requireOperator } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { changeFlags } from '../flags/change-flag.ts';
import { toRolloutView } from './views.ts';

/**
 * Begins to open a flag step by step: the first phase at once, each further one when the one before was good. Phases that the flag
 * has passed already are left out.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, ROLLOUT_UNDER_WAY, ROLLOUT_NOT_POSSIBLE, EDIT_CONFLICT
 */
export async function startRollout(ctx: Context, input: StartRolloutInput): Promise<RolloutView> {
  requireOperator(ctx.actor);
  const { name, phases, ...limits } = input;
  let started = 0;
  let from = 0;
  const next = () => phases.findIndex((percentage) => percentage > from);
  await changeFlags(ctx, [
    {
      name,
      action: 'rollout',
      change(state) {
        from = state.rolloutPercentage;
        if (!state.enabled || state.killed || next() < 0) throw new AppError('ROLLOUT_NOT_POSSIBLE');
        return { ...state, rolloutPercentage: phases[next()]! };
      },
      async andThen(tx) {
        const plan = { flag: name, phases, startPercentage: from, ...limits };
        const userId = tx.actor.kind === 'user' ? tx.actor.id : null;
        started = await tx.repos.rollouts.begin(plan, next(), userId, tx.at);
        await tx.audit('rollout.started', 'rollout', started, { flag: name, phases, from });
        await tx.publish('rollout.changed', { rolloutId: started, flag: name });
      },
    },
  ]);
  return toRolloutView((await ctx.repos.rollouts.find(started))!);
}

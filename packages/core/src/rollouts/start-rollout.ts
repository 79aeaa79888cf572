import type { RolloutView, StartRolloutInput } from '@assay/contract';
import { requireOperator } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
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
      async andThen(store) {
        const plan = { flag: name, phases, startPercentage: from, ...limits };
        const userId = ctx.actor.kind === 'user' ? ctx.actor.id : null;
        started = await store.rollouts.begin(plan, next(), userId, ctx.now());
        await store.audit.append(auditRecord(ctx, 'rollout.started', 'rollout', started, { flag: name, phases, from }));
        await store.outbox.append({ topic: 'rollout.changed', subjectId: started, payload: { flag: name } }, ctx.now());
      },
    },
  ]);
  return toRolloutView((await ctx.store.rollouts.find(started))!);
}

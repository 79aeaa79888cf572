import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';

const STARTED = 'production.started';

/** Has this database ever served people? Then made-up data has no place in it, also where the environment of a command says otherwise. */
export async function hasServedProduction({ repos }: Pick<Context, 'repos'>): Promise<boolean> {
  return (await repos.moderation.audit({ action: STARTED, limit: 1 })).length > 0;
}

/** Notes for good, in the audit log, that a server in production has started on this database. @throws AppError FORBIDDEN */
export async function noteProduction(ctx: Context): Promise<void> {
  requireSystem(ctx.actor);
  if (!(await hasServedProduction(ctx))) await ctx.change((tx) => tx.audit(STARTED, 'maintenance', 'production'));
}

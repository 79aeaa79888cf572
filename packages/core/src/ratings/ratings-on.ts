import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';

const FLAG = 'seller-ratings';

/** Does the actor have ratings? Where they do not, nothing of them is shown. */
export const hasRatings = (ctx: Context): Promise<boolean> => ctx.flags.isOn(FLAG);

/**
 * The caller has the rating feature. Commands (recalculate, verify, import) work while it is off: an operator ran them.
 * @throws AppError RATINGS_OFF
 */
export async function requireRatings(ctx: Context): Promise<void> {
  if (ctx.actor.kind !== 'system' && !(await hasRatings(ctx))) throw new AppError('RATINGS_OFF');
}

/**
 * For moderators, who look after everybody's ratings: they are on for anybody at all.
 * @throws AppError RATINGS_OFF
 */
export async function requireAnyRatings(ctx: Context): Promise<void> {
  if (ctx.actor.kind !== 'system' && !(await ctx.flags.isOnForAnybody(FLAG))) throw new AppError('RATINGS_OFF');
}

import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';

const BATCH = 200;

/**
 * Writes the folded text of listings that have none: after the migration that changes how texts are folded, and for rows that another
 * release or a script wrote. Stops on its signal, and goes on the next time. Returns how many. @throws AppError FORBIDDEN
 */
export async function foldListings(ctx: Context, stop?: AbortSignal): Promise<number> {
  requireSystem(ctx.actor);
  for (let done = 0; ;) {
    const texts = stop?.aborted ? [] : await ctx.repos.listingSearch.unfolded(BATCH);
    if (texts.length === 0) return done;
    await ctx.change((tx) => tx.repos.listingSearch.fold(texts));
    done += texts.length;
  }
}

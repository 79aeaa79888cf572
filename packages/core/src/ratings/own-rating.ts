import type { UserActor } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { RatingRow } from './ports.ts';

/**
 * Reads the actor's own rating and changes it, in one change.
 * @throws AppError RATING_NOT_FOUND, FORBIDDEN (another buyer's), EDIT_CONFLICT (raced too often)
 */
export function changeOwnRating<T>(ctx: Context, id: number, actor: UserActor, work: (tx: Tx, old: RatingRow) => Promise<T>): Promise<T> {
  return changeRating(ctx, id, actor.id, (tx, old) => {
    if (old.raterId !== actor.id) throw new AppError('FORBIDDEN', { message: 'This is another buyer’s rating.' });
    return work(tx, old);
  });
}

/** Reads a rating and changes it, in one change. @throws AppError RATING_NOT_FOUND, EDIT_CONFLICT (raced too often) */
export function changeRating<T>(
  ctx: Context,
  id: number,
  viewerId: number | null,
  work: (tx: Tx, old: RatingRow) => Promise<T>,
): Promise<T> {
  return ctx.change(async (tx) => {
    const old = await tx.repos.ratings.findById(id, viewerId);
    if (!old) throw new AppError('RATING_NOT_FOUND');
    return work(tx, old);
  });
}

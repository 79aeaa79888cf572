import type { UserActor } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import type { RatingRow } from './ports.ts';

/** Thrown inside a transaction when somebody else changed the row since it was read: everything is rolled back, and it starts over. */
export class Raced extends Error {
  override readonly name = 'Raced';
}

const ATTEMPTS = 5;

/**
 * Reads the actor's own rating and changes it with `change`, again when somebody else changed it in between ({@link Raced}).
 * @throws AppError RATING_NOT_FOUND, FORBIDDEN (somebody else's), EDIT_CONFLICT (raced too often)
 */
export function changeOwnRating<T>(ctx: Context, id: number, actor: UserActor, change: (old: RatingRow) => Promise<T>): Promise<T> {
  return changeRating(ctx, id, actor.id, (old) => {
    if (old.raterId !== actor.id) throw new AppError('FORBIDDEN', { message: 'This is somebody else’s rating.' });
    return change(old);
  });
}

/**
 * Reads a rating and changes it with `change`, again when somebody else changed it in between ({@link Raced}).
 * @throws AppError RATING_NOT_FOUND, EDIT_CONFLICT (raced too often)
 */
export async function changeRating<T>(
  ctx: Context,
  id: number,
  viewerId: number | null,
  change: (old: RatingRow) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const old = await ctx.store.ratings.findById(id, viewerId);
    if (!old) throw new AppError('RATING_NOT_FOUND');
    try {
      return await change(old);
    } catch (error) {
      if (!(error instanceof Raced)) throw error;
    }
  }
  throw new AppError('EDIT_CONFLICT');
}

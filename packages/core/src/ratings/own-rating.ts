import type { UserActor } from '../context/actor.ts';
import type { Store } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import type { RatingRow } from './ports.ts';

/** The actor's own rating. @throws AppError RATING_NOT_FOUND, FORBIDDEN when it is somebody else's */
export async function loadOwn(store: Store, id: number, actor: UserActor): Promise<RatingRow> {
  const row = await store.ratings.findById(id, actor.id);
  if (!row) throw new AppError('RATING_NOT_FOUND');
  if (row.raterId !== actor.id) throw new AppError('FORBIDDEN', { message: 'This is somebody else’s rating.' });
  return row;
}

/** Starts over when somebody else changed the row between reading and writing (null). @throws AppError EDIT_CONFLICT after a few times */
export async function untilUnraced<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (let i = 0; i < 5; i++) {
    const result = await attempt();
    if (result !== null) return result;
  }
  throw new AppError('EDIT_CONFLICT');
}

import type { Conflict } from '@assay/contract';
import { AppError } from '../kernel/errors.ts';
import type { Repositories } from '../kernel/repositories.ts';

/** A rating that a moderator decides about, and its two sides. */
interface Case {
  ratingId: number;
  sellerId: number;
  raterId: number;
}

/**
 * Why a moderator may not decide about these ratings, by rating: a moderator does not decide about a rating that they gave, received or reported;
 * and once an appeal was made against their decision, it and what follows from it are for another admin, until a third decision.
 */
export async function conflictsOf(
  { moderation }: Pick<Repositories, 'moderation'>,
  moderatorId: number,
  cases: readonly Case[],
): Promise<Map<number, Conflict>> {
  const ratingIds = [...new Set(cases.map(({ ratingId }) => ratingId))];
  const [reported, appealed] = await Promise.all([
    moderation.reportedBy(moderatorId, ratingIds),
    moderation.appealedAgainst(moderatorId, ratingIds),
  ]);
  return new Map(
    cases.flatMap(({ ratingId, sellerId, raterId }): [number, Conflict][] => {
      if (sellerId === moderatorId || raterId === moderatorId || reported.has(ratingId)) return [[ratingId, 'OWN_CASE']];
      return appealed.has(ratingId) ? [[ratingId, 'OWN_DECISION']] : [];
    }),
  );
}

/** @throws AppError OWN_CASE, OWN_DECISION */
export async function requireNoConflict(repos: Pick<Repositories, 'moderation'>, moderatorId: number, about: Case): Promise<void> {
  const conflict = (await conflictsOf(repos, moderatorId, [about])).get(about.ratingId);
  if (conflict) throw new AppError(conflict);
}

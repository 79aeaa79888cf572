/** Who has ratings switched on: ENABLE_RATING_FEATURE and RATING_ROLLOUT_PERCENTAGE. */
export interface RatingRollout {
  enabled: boolean;
  /** Share of users, 0 to 100. */
  percentage: number;
}

/** Is the feature on for that user? Sticky: whoever is in at 10 % is in at 25 %. */
export function isRatingOn(rollout: RatingRollout, userId: number): boolean {
  return rollout.enabled && bucketOf(userId) < rollout.percentage;
}

/** A number from 0 to 99 that is always the same for a user and evenly spread over users (finalizer of MurmurHash3). */
export function bucketOf(userId: number): number {
  let hash = userId | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % 100;
}

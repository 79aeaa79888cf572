import { canUserRateSeller } from './can-rate-seller.ts';
import { editRating } from './edit-rating.ts';
import { getRatingHistory, getRatingSummary, listMyRatings, listRatings, listWithdrawnRatings } from './list-ratings.ts';
import { restoreRating } from './restore-rating.ts';
import { submitRating } from './submit-rating.ts';
import { voteHelpful } from './vote-helpful.ts';
import { withdrawRating } from './withdraw-rating.ts';

export type { Eligibility } from './can-rate-seller.ts';
export * from './aggregates.ts';
export * from './bad-line.ts';
export * from './import-formats.ts';
export * from './import-ratings.ts';
export * from './import-rules.ts';
export * from './import-people.ts';
export * from './import-times.ts';
export { NewestOfPairs, type RejectedLine } from './newest-of-pairs.ts';
export * from './ports.ts';
export * from './recalculate-aggregates.ts';
export * from './recount-everybody.ts';
export * from './ratings-on.ts';

/** The use cases of ratings, by the names that the documents give them. */
export const ratingService = {
  canUserRateSeller,
  submit: submitRating,
  edit: editRating,
  delete: withdrawRating,
  restore: restoreRating,
  list: listRatings,
  summary: getRatingSummary,
  mine: listMyRatings,
  withdrawn: listWithdrawnRatings,
  history: getRatingHistory,
  voteHelpful,
};

import { z } from 'zod';
import { fact, id } from './fact.ts';

/** 1 to 5. */
const Stars = z.literal([1, 2, 3, 4, 5]);
const about = { ratingId: id, sellerId: id, raterId: id };
const ofSeller = ({ sellerId }: { sellerId: number }) => sellerId;

export const RATING_FACTS = {
  'rating.submitted': fact({ ...about, rating: Stars }, ofSeller),
  /** The buyer rated again after another purchase. */
  'rating.replaced': fact({ ...about, rating: Stars, was: Stars }, ofSeller),
  'rating.edited': fact({ ...about, rating: Stars, was: Stars }, ofSeller),
  'rating.withdrawn': fact({ ...about, was: Stars }, ofSeller),
  'rating.struck': fact({ ...about, was: Stars }, ofSeller),
  'rating.restored': fact({ ...about, rating: Stars }, ofSeller),
  'rating.replied': fact({ ratingId: id, sellerId: id }, ofSeller),
  'vote.changed': fact({ ratingId: id, sellerId: id }, ofSeller),
  /** The public name of a buyer changed, which stands beside their ratings of this seller; null: of many sellers. */
  'rater.renamed': fact({ raterId: id, sellerId: id.nullable() }, ({ sellerId }) => sellerId ?? 0),
  /** Counts changed without a rating that changed them: by a correction, or by an import; null: of many sellers. */
  'aggregates.corrected': fact({ sellerId: id.nullable(), sellers: z.int().nonnegative() }, ({ sellerId }) => sellerId ?? 0),
  'moderation.changed': fact({ ratingId: id }, ({ ratingId }) => ratingId),
};

import type { RatingView, StruckRatingView } from '@assay/contract';
import { csvPages } from './csv-pages.ts';

const COLUMNS = [
  'id',
  'given_at',
  'changed_at',
  'stars',
  'comment',
  'buyer',
  'source',
  'purchase',
  'helpful',
  'reply',
  'replied_at',
  'counts',
];

/** Ratings as CSV, page by page. What a spreadsheet would take for a formula is written as text. */
export const ratingsCsv = (pages: AsyncIterable<(RatingView | StruckRatingView)[]>): AsyncGenerator<string> =>
  csvPages(COLUMNS, pages, rowOf, { escape_formulas: true });

function rowOf(rating: RatingView | StruckRatingView): (string | number)[] {
  const { id, createdAt, rating: stars, comment, raterName, source, purchase } = rating;
  const common = [stars, comment ?? '', raterName, source, purchase ?? ''];
  if ('struckAt' in rating) return [id, createdAt, rating.struckAt, ...common, '', '', '', `struck out: ${rating.reason}`];
  const { updatedAt, helpfulCount, reply } = rating;
  return [id, createdAt, updatedAt, ...common, helpfulCount, reply?.text ?? '', reply?.at ?? '', 'yes'];
}

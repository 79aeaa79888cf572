import type { RatingView, StruckRatingView } from '@assay/contract';
import { stringify } from 'csv-stringify/sync';

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
export async function* ratingsCsv(pages: AsyncIterable<(RatingView | StruckRatingView)[]>): AsyncGenerator<string> {
  let head = `\uFEFF${stringify([COLUMNS])}`; // with the mark spreadsheets take the file for UTF-8
  for await (const page of pages) {
    yield head + stringify(page.map(rowOf), { escape_formulas: true });
    head = '';
  }
  if (head) yield head;
}

function rowOf(rating: RatingView | StruckRatingView): (string | number)[] {
  const { id, createdAt, rating: stars, comment, raterName, source, purchase } = rating;
  const common = [stars, comment ?? '', raterName, source, purchase ?? ''];
  if ('struckAt' in rating) return [id, createdAt, rating.struckAt, ...common, '', '', '', `struck out: ${rating.reason}`];
  const { updatedAt, helpfulCount, reply } = rating;
  return [id, createdAt, updatedAt, ...common, helpfulCount, reply?.text ?? '', reply?.at ?? '', 'yes'];
}

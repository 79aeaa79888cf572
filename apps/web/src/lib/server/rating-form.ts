import { formOf, id, number, text } from './form.ts';

/** The fields of RatingFields. */
const RATING = { rating: number, comment: text };

export const RatingForm = formOf(RATING);
export const EditRatingForm = formOf({ ...RATING, id });

import type { Stars } from '@assay/contract';
import { textOf } from './form.ts';

/** Stars and comment as a form sends them. What is no number of stars goes on as it is: the API says what is wrong with it. */
export function ratingInput(form: FormData): { rating: Stars; comment: string } {
  const stars = form.get('rating');
  return {
    rating: (typeof stars === 'string' && /^[1-5]$/.test(stars) ? Number(stars) : stars) as Stars,
    comment: textOf(form, 'comment'),
  };
}

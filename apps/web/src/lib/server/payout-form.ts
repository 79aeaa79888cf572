import type { PayoutCurrency, PayoutDetailsInput } from '@assay/contract';
import { textOf } from './form.ts';

/** What a form says of where money is to go. What is none of its choices is refused by the API, in its own words. */
export function payoutOf(form: FormData): PayoutDetailsInput {
  const current = textOf(form, 'current');
  const proof = current ? { current } : {};
  if (textOf(form, 'method') === 'crypto')
    return { method: 'crypto', wallet: textOf(form, 'wallet'), currency: textOf(form, 'currency') as PayoutCurrency, ...proof };
  const bic = textOf(form, 'bic');
  return { method: 'bank', holder: textOf(form, 'holder'), iban: textOf(form, 'iban'), ...(bic ? { bic } : {}), ...proof };
}

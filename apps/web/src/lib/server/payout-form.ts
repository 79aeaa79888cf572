import { PayoutDetailsInput } from '@assay/contract';
import { inputOf, optionalText, text } from './form.ts';

/** A PayoutForm: the bank account or the wallet that money goes to, and the password that allows the change. */
export const PayoutForm = inputOf(PayoutDetailsInput, {
  method: text,
  holder: text,
  iban: text,
  bic: optionalText,
  wallet: text,
  currency: text,
  current: optionalText,
});

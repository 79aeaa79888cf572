import { PayoutDetailsInput } from '@assay/contract';
import { inputOf, optionalText, text } from './form.ts';
import { PROOF_FIELDS, withProof } from './owner-proof.ts';

/** A PayoutForm: the bank account or the wallet that money goes to, and what proves that the owner changes it. */
export const PayoutForm = inputOf(
  PayoutDetailsInput,
  {
    method: text,
    holder: text,
    iban: text,
    bic: optionalText,
    wallet: text,
    currency: text,
    ...PROOF_FIELDS,
  },
  withProof,
);

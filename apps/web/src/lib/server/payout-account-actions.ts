import { action } from './action.ts';
import { formOf, text } from './form.ts';
import { PROOF_FIELDS, withProof } from './owner-proof.ts';

/** The actions of a PayoutAccount. @param next the page that it stands on */
export const payoutAccountActions = (next: string) => ({
  openAccount: action({
    read: formOf({ country: text, ...PROOF_FIELDS }),
    call: (api, input) => api.payoutAccount.open.mutate(withProof(input)),
    show: ({ result }) => ({ link: result.url }),
  }),
  stopAccount: action({
    read: formOf(PROOF_FIELDS),
    call: (api, input) => api.payoutAccount.stop.mutate(withProof(input)),
    say: 'You are not paid through Stripe any more.',
    next,
  }),
});

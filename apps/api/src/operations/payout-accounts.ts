import { OpenPayoutAccountInput, OwnerProof, PayoutAccountLink, PayoutAccountView } from '@assay/contract';
import { checkPayoutAccount, getPayoutAccount, openPayoutAccount, stopPayoutAccount } from '@assay/core';
import { PROOF } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

/** A seller's account at the payout provider. A change carries the password, so no hash of its request is kept. */
export const payoutAccount = {
  get: query({
    use: getPayoutAccount,
    output: PayoutAccountView,
    as: 'user',
    rest: get('/payout-account', 'My account at the payout provider'),
  }),
  open: mutation({
    use: openPayoutAccount,
    input: OpenPayoutAccountInput,
    output: PayoutAccountLink,
    as: 'user',
    once: false,
    rest: post('/payout-account', 'Set up my account at the payout provider', {
      description: `Makes it unless there is one, and answers the provider’s page that asks for what is missing. ${PROOF}`,
      errors: [403, 404, 409, 422, 503],
    }),
  }),
  check: mutation({
    use: checkPayoutAccount,
    output: PayoutAccountView,
    as: 'user',
    rest: post('/payout-account/check', 'Ask the provider what my account is now', { errors: [403, 503] }),
  }),
  stop: mutation({
    use: stopPayoutAccount,
    input: OwnerProof,
    output: PayoutAccountView,
    as: 'user',
    once: false,
    rest: post('/payout-account/stop', 'Be paid in another way from now on', { description: PROOF, errors: [403, 409, 422, 503] }),
  }),
};

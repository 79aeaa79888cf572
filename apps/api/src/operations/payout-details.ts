import { OwnerProof, PayoutDetailsInput, PayoutDetailsView } from '@assay/contract';
import { getPayoutDetails, removePayoutDetails, savePayoutDetails } from '@assay/core';
import { PROOF } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

/** Where a seller's money goes. A change carries the password, so no hash of its request is kept. */
export const payout = {
  get: query({
    use: getPayoutDetails,
    output: PayoutDetailsView,
    as: 'user',
    rest: get('/payout-details', 'What may be shown of my payout details'),
  }),
  save: mutation({
    use: savePayoutDetails,
    input: PayoutDetailsInput,
    output: PayoutDetailsView,
    as: 'user',
    once: false,
    rest: post('/payout-details', 'Set my payout details', {
      description: `Kept encrypted; only a few digits are ever shown. ${PROOF}`,
      errors: [403, 404, 409, 422, 503],
    }),
  }),
  remove: mutation({
    use: removePayoutDetails,
    input: OwnerProof,
    output: PayoutDetailsView,
    as: 'user',
    once: false,
    rest: post('/payout-details/remove', 'Remove my payout details', { description: PROOF, errors: [403, 409, 422, 503] }),
  }),
};

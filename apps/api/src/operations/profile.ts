import { OwnProfile, ProfileInput, SellerView } from '@assay/contract';
import { getOwnProfile, updateStore } from '@assay/core';
import { get, mutation, query } from './operation.ts';

/** A seller's own profile. */
export const profile = {
  get: query({
    use: getOwnProfile,
    output: OwnProfile,
    as: 'user',
    rest: get('/onboarding/profile', 'My own profile, with what is not shown'),
  }),
  save: mutation({ use: updateStore, input: ProfileInput, output: SellerView, as: 'user' }),
};

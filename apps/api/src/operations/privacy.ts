import { DeletionView, OwnerProof } from '@assay/contract';
import { deleteMyAccount, getDeletion } from '@assay/core';
import { PROOF } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

/** The end of an account. Its data as a file: rest/account-files.ts. */
export const privacy = {
  deletion: query({
    use: getDeletion,
    output: DeletionView,
    as: 'user',
    rest: get('/auth/account/deletion', 'What keeps my account from being deleted, and what would stay'),
  }),
  deleteAccount: mutation({
    use: deleteMyAccount,
    input: OwnerProof,
    as: 'user',
    once: false,
    rest: post('/auth/account/delete', 'Delete my account', {
      description: `For good: sessions end at once, and the rest is erased within minutes. Ratings that I gave stay, by “Former member”; orders and payments as long as the law asks for them. ${PROOF}`,
      status: 204,
      errors: [403, 409, 422, 503],
    }),
  }),
};

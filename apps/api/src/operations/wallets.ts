import { Account, OwnerProof, PasswordInput, RenameInput, UnlinkWalletInput, WalletOffer, WaysIn } from '@assay/contract';
import { getWalletOffer, getSignInMethods, removePassword, rename, setPassword, unlinkWallet } from '@assay/core';
import { PROOF } from './inputs.ts';
import { get, mutation, patch, post, query } from './operation.ts';

/**
 * Sign-in methods of an account. What a wallet signs goes through rest/wallets.ts, where sessions live. A change that carries a
 * password keeps no hash of its request.
 */
export const wallets = {
  offer: query({ use: getWalletOffer, output: WalletOffer, as: 'anyone' }),
  waysIn: query({ use: getSignInMethods, output: WaysIn, as: 'user', rest: get('/auth/ways-in', 'How I can sign in') }),
  unlink: mutation({
    use: unlinkWallet,
    input: UnlinkWalletInput,
    as: 'user',
    once: false,
    rest: post('/auth/wallets/:address/unlink', 'Unlink a wallet from my account', {
      description: PROOF,
      status: 204,
      errors: [403, 404, 409, 422, 503],
    }),
  }),
  setPassword: mutation({
    use: setPassword,
    input: PasswordInput,
    as: 'user',
    once: false,
    rest: post('/auth/password', 'Add e-mail and password to my account, or change the password', {
      description: `${PROOF} A change signs my other devices out. The answer is the same where another account has confirmed the e-mail address: an e-mail to it says so.`,
      status: 204,
      errors: [403, 409, 422, 503],
    }),
  }),
  removePassword: mutation({
    use: removePassword,
    input: OwnerProof,
    as: 'user',
    once: false,
    rest: post('/auth/password/remove', 'Remove e-mail and password from my account', {
      description: PROOF,
      status: 204,
      errors: [403, 409, 422, 503],
    }),
  }),
  rename: mutation({ use: rename, input: RenameInput, output: Account, as: 'user', rest: patch('/auth/me', 'Change my name') }),
};

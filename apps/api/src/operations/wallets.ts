import { Account, PasswordInput, RemovePasswordInput, RenameInput, WalletOffer, WalletParams, WaysIn } from '@assay/contract';
import { getWalletOffer, getSignInMethods, removePassword, rename, setPassword, unlinkWallet } from '@assay/core';
import { del, get, mutation, patch, post, query } from './operation.ts';

/**
 * Sign-in methods of an account. What a wallet signs goes through rest/wallets.ts, where sessions live. A change that carries a
 * password keeps no hash of its request.
 */
export const wallets = {
  offer: query({ use: getWalletOffer, output: WalletOffer, as: 'anyone' }),
  waysIn: query({ use: getSignInMethods, output: WaysIn, as: 'user', rest: get('/auth/ways-in', 'How I can sign in') }),
  unlink: mutation({
    use: unlinkWallet,
    input: WalletParams,
    as: 'user',
    rest: del('/auth/wallets/:address', 'Unlink a wallet from my account', { status: 204, errors: [404, 409] }),
  }),
  setPassword: mutation({
    use: setPassword,
    input: PasswordInput,
    as: 'user',
    once: false,
    rest: post('/auth/password', 'Add e-mail and password to my account, or change the password', {
      description:
        'A change signs my other devices out. The answer is the same where another account has confirmed the e-mail address: an e-mail to it says so.',
      status: 204,
      errors: [403, 409],
    }),
  }),
  removePassword: mutation({
    use: removePassword,
    input: RemovePasswordInput,
    as: 'user',
    once: false,
    rest: post('/auth/password/remove', 'Remove e-mail and password from my account', { status: 204, errors: [403, 409] }),
  }),
  rename: mutation({ use: rename, input: RenameInput, output: Account, as: 'user', rest: patch('/auth/me', 'Change my name') }),
};

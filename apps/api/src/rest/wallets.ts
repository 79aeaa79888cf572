import { LinkWalletInput, WalletNonce, WalletNonceInput, WalletProof, WalletSignInAnswer, WalletView } from '@assay/contract';
import { linkWallet, requestWalletNonce, signInWithWallet } from '@assay/core';
import { PROOF } from '../operations/inputs.ts';
import { clientOf } from '../http/auth.ts';
import type { KnownDevices } from '../services/devices.ts';
import type { Tokens } from '../services/tokens.ts';
import { plainRoute } from './route.ts';
import { handOut } from './signed-in.ts';

const ACCOUNTS = { tag: 'Accounts' } as const;

/** What a wallet signs, and the session that it opens. */
export function walletRoutes(tokens: Tokens, devices: KnownDevices) {
  const hand = handOut(tokens, devices);
  return [
    plainRoute({
      ...ACCOUNTS,
      method: 'post',
      path: '/auth/wallet/nonce',
      summary: 'Get a message for a wallet to sign',
      description:
        'For signing in, for linking the wallet to the account that asks, or for confirming a change of that account. The message is good for once, and for a few minutes.',
      auth: 'optional',
      countedBy: 'address',
      input: WalletNonceInput,
      status: 200,
      response: WalletNonce,
      errors: [401, 403, 422],
      handle: ({ ctx, input }) => requestWalletNonce(ctx, input),
    }),
    plainRoute({
      ...ACCOUNTS,
      method: 'post',
      path: '/auth/wallet/verify',
      summary: 'Sign in with a signed message',
      description:
        'A wallet that no account has linked gets a new account: then `registered` is true. Where the account has two-step verification, the answer is a challenge instead of a session.',
      auth: 'none',
      countedBy: 'address',
      input: WalletProof,
      status: 200,
      response: WalletSignInAnswer,
      errors: [403, 409, 422, 503],
      handle: async ({ ctx, input, req, res }) => {
        const { session, registered } = await signInWithWallet(ctx, { ...input, device: clientOf(req).device });
        const answer = hand.outcome(req, res, session);
        return 'challenge' in answer ? answer : { ...answer, registered };
      },
    }),
    plainRoute({
      ...ACCOUNTS,
      method: 'post',
      path: '/auth/wallets',
      summary: 'Link a wallet to my account',
      description: `With a message that was asked for by this session, for linking. ${PROOF}`,
      auth: 'required',
      input: LinkWalletInput,
      status: 201,
      response: WalletView,
      errors: [403, 409, 422, 503],
      handle: ({ ctx, input }) => linkWallet(ctx, input),
    }),
  ];
}

import {
  Account,
  PasswordInput,
  RemovePasswordInput,
  RenameInput,
  SignedInByWallet,
  WalletNonce,
  WalletNonceInput,
  WalletParams,
  WalletProof,
  WalletView,
  WaysIn,
} from '@assay/contract';
import {
  getWaysIn,
  linkWallet,
  removePassword,
  rename,
  requestWalletNonce,
  setPassword,
  signInWithWallet,
  unlinkWallet,
} from '@assay/core';
import type { Config } from '../config.ts';
import { deviceOf, setSessionCookies } from '../http/auth.ts';
import { ownOrigin } from '../http/origin.ts';
import type { Tokens } from '../services/tokens.ts';
import { route } from './route.ts';

const ACCOUNTS = { tag: 'Accounts' } as const;

/** Signing in with a wallet, and how one signs in to one's account. */
export function walletRoutes(tokens: Tokens, { wallets }: Pick<Config, 'wallets'>) {
  return [
    route({
      ...ACCOUNTS,
      method: 'post',
      path: '/auth/wallet/nonce',
      summary: 'Get a message for a wallet to sign',
      description:
        'For signing in, or for linking the wallet to the account that asks. The message is good for once, and for a few minutes.',
      auth: 'optional',
      body: WalletNonceInput,
      status: 200,
      response: WalletNonce,
      errors: [401, 403, 422],
      handle: ({ ctx, body, req }) => requestWalletNonce(ctx, { ...body, origin: ownOrigin(wallets, req) }),
    }),
    route({
      ...ACCOUNTS,
      method: 'post',
      path: '/auth/wallet/verify',
      summary: 'Sign in with a signed message',
      description: 'A wallet that nobody has linked gets a new account: then `registered` is true.',
      auth: 'none',
      body: WalletProof,
      status: 200,
      response: SignedInByWallet,
      errors: [403, 409, 422, 503],
      handle: async ({ ctx, body, req, res }) => {
        const input = { ...body, origin: ownOrigin(wallets, req), device: deviceOf(req) };
        const { session, registered } = await signInWithWallet(ctx, input);
        setSessionCookies(req, res, session, tokens);
        return { ...session.answer, registered };
      },
    }),
    route({
      ...ACCOUNTS,
      method: 'get',
      path: '/auth/ways-in',
      summary: 'How I can sign in',
      auth: 'required',
      status: 200,
      response: WaysIn,
      handle: ({ ctx }) => getWaysIn(ctx),
    }),
    route({
      ...ACCOUNTS,
      method: 'post',
      path: '/auth/wallets',
      summary: 'Link a wallet to my account',
      description: 'With a message that was asked for by this session, for linking.',
      auth: 'required',
      body: WalletProof,
      status: 201,
      response: WalletView,
      errors: [403, 409, 422, 503],
      handle: ({ ctx, body, req }) => linkWallet(ctx, { ...body, origin: ownOrigin(wallets, req) }),
    }),
    route({
      ...ACCOUNTS,
      method: 'delete',
      path: '/auth/wallets/:address',
      summary: 'Unlink a wallet from my account',
      auth: 'required',
      params: WalletParams,
      status: 204,
      errors: [404, 409],
      handle: ({ ctx, params }) => unlinkWallet(ctx, params),
    }),
    route({
      ...ACCOUNTS,
      method: 'post',
      path: '/auth/password',
      summary: 'Add e-mail and password to my account, or change the password',
      description: 'A change signs my other devices out.',
      auth: 'required',
      body: PasswordInput,
      status: 204,
      errors: [403, 409],
      handle: ({ ctx, body }) => setPassword(ctx, body),
    }),
    route({
      ...ACCOUNTS,
      method: 'post',
      path: '/auth/password/remove',
      summary: 'Take e-mail and password off my account',
      auth: 'required',
      body: RemovePasswordInput,
      status: 204,
      errors: [403, 409],
      handle: ({ ctx, body }) => removePassword(ctx, body),
    }),
    route({
      ...ACCOUNTS,
      method: 'patch',
      path: '/auth/me',
      summary: 'Change my name',
      auth: 'required',
      body: RenameInput,
      status: 200,
      response: Account,
      handle: ({ ctx, body }) => rename(ctx, body),
    }),
  ];
}

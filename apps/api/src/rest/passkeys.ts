import { PasskeyOptions, PasskeyProof, SignedIn } from '@assay/contract';
import { requestPasskeySignIn, signInWithPasskey } from '@assay/core';
import { clientOf } from '../http/auth.ts';
import type { KnownDevices } from '../services/devices.ts';
import type { Tokens } from '../services/tokens.ts';
import { plainRoute } from './route.ts';
import { handOut } from './signed-in.ts';

const ACCOUNTS = { tag: 'Accounts', method: 'post', auth: 'none', countedBy: 'address', status: 200 } as const;

/** Signing in with a passkey. */
export function passkeyRoutes(tokens: Tokens, devices: KnownDevices) {
  const hand = handOut(tokens, devices);
  return [
    plainRoute({
      ...ACCOUNTS,
      path: '/auth/passkey/options',
      summary: 'Get what a browser needs to sign in with a passkey',
      description: 'The challenge in it is good for once, and for five minutes.',
      response: PasskeyOptions,
      errors: [403],
      handle: ({ ctx }) => requestPasskeySignIn(ctx),
    }),
    plainRoute({
      ...ACCOUNTS,
      path: '/auth/passkey/verify',
      summary: 'Sign in with a passkey',
      description: 'The passkey verifies the person, so it counts as two factors: no code is asked for.',
      input: PasskeyProof,
      response: SignedIn,
      errors: [403, 422],
      handle: async ({ ctx, input, req, res }) => {
        const { device } = clientOf(req);
        return hand.session(req, res, await signInWithPasskey(ctx, { ...input, device }));
      },
    }),
  ];
}

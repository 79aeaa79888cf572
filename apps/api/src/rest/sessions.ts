import {
  CLEAR_SITE_DATA,
  RegisterInput,
  RequestPasswordResetInput,
  SecondFactorInput,
  SignedIn,
  SignInAnswer,
  SignInInput,
} from '@assay/contract';
import { AppError, completeSignIn, refreshSession, register, requestPasswordReset, signIn, signOut } from '@assay/core';
import { challengeOf, clearSessionCookies, clientOf, refreshTokenOf, setSessionCookies } from '../http/auth.ts';
import type { KnownDevices } from '../services/devices.ts';
import type { Tokens } from '../services/tokens.ts';
import { plainRoute } from './route.ts';
import { handOut } from './signed-in.ts';

/** What opens or ends a session: its cookies are set here. */
export function sessionRoutes(tokens: Tokens, devices: KnownDevices) {
  const hand = handOut(tokens, devices);
  return [
    plainRoute({
      method: 'post',
      path: '/auth/register',
      tag: 'Accounts',
      summary: 'Create an account and sign in',
      description:
        'The answer is the same where another account has confirmed the e-mail address: an e-mail to it says so, and the new account cannot confirm it.',
      auth: 'none',
      countedBy: 'address',
      input: RegisterInput,
      status: 201,
      response: SignedIn,
      handle: async ({ ctx, input, req, res }) => hand.session(req, res, await register(ctx, { ...input, ...clientOf(req) })),
    }),
    plainRoute({
      method: 'post',
      path: '/auth/login',
      tag: 'Accounts',
      summary: 'Sign in',
      description:
        'After ten wrong passwords for one account from one address, further ones are refused for 15 minutes; after 100 within an hour from all addresses, for the rest of it. A browser that has signed in to the account before is counted by itself, by a cookie. It is the same for an e-mail that no account has. Where the account has two-step verification, the answer is a challenge instead of a session.',
      auth: 'none',
      countedBy: 'address',
      input: SignInInput,
      status: 200,
      response: SignInAnswer,
      errors: [401, 403],
      handle: async ({ ctx, input, req, res }) => hand.outcome(req, res, await signIn(ctx, { ...input, ...clientOf(req) })),
    }),
    plainRoute({
      method: 'post',
      path: '/auth/second-factor',
      tag: 'Accounts',
      summary: 'Complete a sign-in with a code',
      description:
        'Of the authenticator app, or a recovery code. Each is good for one sign-in. Ten wrong codes from one address or known device are followed by a wait of 15 minutes, and 30 from all addresses by a day. The challenge is good for five minutes, in the browser that it was issued to.',
      auth: 'none',
      countedBy: 'address',
      input: SecondFactorInput,
      status: 200,
      response: SignedIn,
      errors: [401, 403],
      handle: async ({ ctx, input, req, res }) => {
        const challenge = input.challenge ?? challengeOf(req);
        return hand.session(req, res, await completeSignIn(ctx, { ...input, challenge, ...clientOf(req) }));
      },
    }),
    plainRoute({
      method: 'post',
      path: '/auth/password/reset',
      tag: 'Accounts',
      summary: 'Send me a link to set a new password',
      description:
        'The answer is the same, and as fast, where no account has the address, and beyond the limits: one link a minute and three an hour for each address of the network, 20 a day for each mailbox.',
      auth: 'none',
      countedBy: 'address',
      input: RequestPasswordResetInput,
      status: 204,
      handle: ({ ctx, input, req }) => requestPasswordReset(ctx, { ...input, address: clientOf(req).address }),
    }),
    plainRoute({
      method: 'post',
      path: '/auth/refresh',
      tag: 'Accounts',
      summary: 'Get a new access token',
      description: 'Takes the refresh token from its cookie and rotates it. A token that was replaced before ends the session.',
      auth: 'none',
      status: 200,
      response: SignedIn,
      errors: [401],
      handle: async ({ ctx, req, res }) => {
        const token = refreshTokenOf(req);
        if (!token) throw new AppError('UNAUTHENTICATED');
        try {
          const session = await refreshSession(ctx, token);
          setSessionCookies(req, res, session, tokens);
          return session.answer;
        } catch (error) {
          if (error instanceof AppError && error.code === 'SESSION_ENDED') clearSessionCookies(req, res);
          throw error;
        }
      },
    }),
    plainRoute({
      method: 'post',
      path: '/auth/logout',
      tag: 'Accounts',
      summary: 'Sign out',
      auth: 'optional',
      status: 204,
      handle: async ({ ctx, req, res }) => {
        await signOut(ctx, refreshTokenOf(req));
        clearSessionCookies(req, res);
        res.setHeader('Clear-Site-Data', CLEAR_SITE_DATA);
      },
    }),
  ];
}

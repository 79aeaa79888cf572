import { CLEAR_SITE_DATA, RegisterInput, SignedIn, SignInInput } from '@assay/contract';
import { AppError, refreshSession, register, signIn, signOut, type OpenedSession } from '@assay/core';
import type { Request, Response } from 'express';
import { clearSessionCookies, deviceOf, refreshTokenOf, setSessionCookies } from '../http/auth.ts';
import type { Tokens } from '../services/tokens.ts';
import { plainRoute } from './route.ts';

/** What opens or ends a session: its cookies are set here. */
export function sessionRoutes(tokens: Tokens) {
  const open = (req: Request, res: Response, session: OpenedSession) => {
    setSessionCookies(req, res, session, tokens);
    return session.answer;
  };
  return [
    plainRoute({
      method: 'post',
      path: '/auth/register',
      tag: 'Accounts',
      summary: 'Create an account and sign in',
      auth: 'none',
      input: RegisterInput,
      status: 201,
      response: SignedIn,
      errors: [409],
      handle: async ({ ctx, input, req, res }) => open(req, res, await register(ctx, { ...input, device: deviceOf(req) })),
    }),
    plainRoute({
      method: 'post',
      path: '/auth/login',
      tag: 'Accounts',
      summary: 'Sign in',
      description: 'Ten wrong passwords in a row lock an account for 15 minutes.',
      auth: 'none',
      input: SignInInput,
      status: 200,
      response: SignedIn,
      errors: [401],
      handle: async ({ ctx, input, req, res }) => open(req, res, await signIn(ctx, { ...input, device: deviceOf(req) })),
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
          return open(req, res, await refreshSession(ctx, token));
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

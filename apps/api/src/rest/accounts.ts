import { Account, RegisterInput, SessionIdParams, SessionView, SignedIn, SignInInput } from '@assay/contract';
import { AppError, getMe, listSessions, refreshSession, register, revokeSession, signIn, signOut, type OpenedSession } from '@assay/core';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { clearSessionCookies, deviceOf, refreshTokenOf, setSessionCookies } from '../http/auth.ts';
import type { Tokens } from '../services/tokens.ts';
import { route } from './route.ts';

export function accountRoutes(tokens: Tokens) {
  const handOut = (req: Request, res: Response, session: OpenedSession) => {
    setSessionCookies(req, res, session, tokens);
    return session.answer;
  };
  return [
    route({
      method: 'post',
      path: '/auth/register',
      tag: 'Accounts',
      summary: 'Create an account and sign in',
      auth: 'none',
      body: RegisterInput,
      status: 201,
      response: SignedIn,
      errors: [409],
      handle: async ({ ctx, body, req, res }) => handOut(req, res, await register(ctx, { ...body, device: deviceOf(req) })),
    }),
    route({
      method: 'post',
      path: '/auth/login',
      tag: 'Accounts',
      summary: 'Sign in',
      description: 'Ten wrong passwords in a row lock an account for 15 minutes.',
      auth: 'none',
      body: SignInInput,
      status: 200,
      response: SignedIn,
      errors: [401],
      handle: async ({ ctx, body, req, res }) => handOut(req, res, await signIn(ctx, { ...body, device: deviceOf(req) })),
    }),
    route({
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
          return handOut(req, res, await refreshSession(ctx, token));
        } catch (error) {
          if (error instanceof AppError && error.code === 'SESSION_ENDED') clearSessionCookies(req, res);
          throw error;
        }
      },
    }),
    route({
      method: 'post',
      path: '/auth/logout',
      tag: 'Accounts',
      summary: 'Sign out',
      auth: 'optional',
      status: 204,
      handle: async ({ ctx, req, res }) => {
        await signOut(ctx, refreshTokenOf(req));
        clearSessionCookies(req, res);
      },
    }),
    route({
      method: 'get',
      path: '/auth/me',
      tag: 'Accounts',
      summary: 'Who I am',
      auth: 'required',
      status: 200,
      response: Account,
      handle: ({ ctx }) => getMe(ctx),
    }),
    route({
      method: 'get',
      path: '/auth/sessions',
      tag: 'Accounts',
      summary: 'Where I am signed in',
      auth: 'required',
      status: 200,
      response: z.object({ items: z.array(SessionView) }),
      handle: async ({ ctx }) => ({ items: await listSessions(ctx) }),
    }),
    route({
      method: 'delete',
      path: '/auth/sessions/:id',
      tag: 'Accounts',
      summary: 'Sign one of my devices out',
      auth: 'required',
      params: SessionIdParams,
      status: 204,
      errors: [404],
      handle: ({ ctx, params }) => revokeSession(ctx, params.id),
    }),
  ];
}

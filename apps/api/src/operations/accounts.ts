import { Account, EndedSessions, EndSessionInput, OwnAccount, OwnerProof, SessionView } from '@assay/contract';
import { getMe, getOwnAccount, listSessions, revokeOtherSessions, revokeSession, type Context } from '@assay/core';
import { z } from 'zod';
import { PROOF } from './inputs.ts';
import { get, mutation, post, query, restOnly } from './operation.ts';

/** Accounts and their sessions. What opens or ends a session sets cookies: rest/sessions.ts. */
export const accounts = {
  /** Null for a visitor: every page asks. */
  me: query({
    use: async (ctx: Context) => (ctx.actor.kind === 'user' ? getOwnAccount(ctx) : null),
    output: OwnAccount.nullable(),
    as: 'anyone',
  }),
  self: restOnly(query({ use: getMe, output: Account, as: 'user', rest: get('/auth/me', 'Who I am') })),
  sessions: query({
    use: listSessions,
    output: z.array(SessionView),
    as: 'user',
    rest: get('/auth/sessions', 'Where I am signed in', { items: true }),
  }),
  // A change that carries a password keeps no hash of its request.
  revokeSession: mutation({
    use: revokeSession,
    input: EndSessionInput,
    as: 'user',
    once: false,
    rest: post('/auth/sessions/:id/end', 'Sign one of my devices out', { status: 204, errors: [403, 404, 422, 503], description: PROOF }),
  }),
  revokeOtherSessions: mutation({
    use: revokeOtherSessions,
    input: OwnerProof,
    output: EndedSessions,
    as: 'user',
    once: false,
    rest: post('/auth/sessions/end-others', 'Sign out on all my devices but this one', { errors: [403, 422, 503], description: PROOF }),
  }),
};

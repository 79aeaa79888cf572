import { Account, SessionIdParams, SessionView } from '@assay/contract';
import { getMe, listSessions, revokeSession, type Context } from '@assay/core';
import { z } from 'zod';
import { del, get, mutation, query, restOnly } from './operation.ts';

/** Accounts and their sessions. What opens or ends a session sets cookies: rest/sessions.ts. */
export const accounts = {
  /** Null for a visitor: every page asks. */
  me: query({
    use: async (ctx: Context) => (ctx.actor.kind === 'user' ? getMe(ctx) : null),
    output: Account.nullable(),
    as: 'anyone',
  }),
  self: restOnly(query({ use: getMe, output: Account, as: 'user', rest: get('/auth/me', 'Who I am') })),
  sessions: query({
    use: listSessions,
    output: z.array(SessionView),
    as: 'user',
    rest: get('/auth/sessions', 'Where I am signed in', { items: true }),
  }),
  revokeSession: mutation({
    use: (ctx: Context, { id }: { id: string }) => revokeSession(ctx, id),
    input: SessionIdParams,
    as: 'user',
    rest: del('/auth/sessions/:id', 'Sign one of my devices out', { status: 204, errors: [404] }),
  }),
};

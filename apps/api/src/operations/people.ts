import { Account, EndedSessions, FindPeople, PersonView, RevokedRole } from '@assay/contract';
import { disableAccount, enableAccount, endAccountSessions, findPeople, revokeRole, type Context } from '@assay/core';
import { z } from 'zod';
import { ById } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

const RevokeRole = ById.extend({ role: RevokedRole });

/** Accounts of other people, for admins. Roles are given by command only. */
export const people = {
  find: query({
    use: findPeople,
    input: FindPeople,
    output: z.array(PersonView),
    as: 'admin',
    rest: get('/accounts', 'Look accounts up', { items: true, errors: [403] }),
  }),
  revokeRole: mutation({
    use: (ctx: Context, input: z.output<typeof RevokeRole>) => revokeRole(ctx, input),
    input: RevokeRole,
    output: Account,
    as: 'admin',
    rest: post('/accounts/:id/revoke-role', 'Take a role away and sign the account out', { errors: [403, 404] }),
  }),
  disable: mutation({
    use: (ctx: Context, input: ById) => disableAccount(ctx, input),
    input: ById,
    output: Account,
    as: 'admin',
    rest: post('/accounts/:id/disable', 'Disable an account and sign it out', { errors: [403, 404] }),
  }),
  enable: mutation({
    use: (ctx: Context, input: ById) => enableAccount(ctx, input),
    input: ById,
    output: Account,
    as: 'admin',
    rest: post('/accounts/:id/enable', 'Let a disabled account sign in again', { errors: [403, 404] }),
  }),
  endSessions: mutation({
    use: (ctx: Context, input: ById) => endAccountSessions(ctx, input),
    input: ById,
    output: EndedSessions,
    as: 'admin',
    rest: post('/accounts/:id/end-sessions', 'Sign an account out everywhere', { errors: [403, 404] }),
  }),
};

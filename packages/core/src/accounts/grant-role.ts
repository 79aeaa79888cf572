import type { Account, Role } from '@assay/contract';
import { requireSystem } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import { toAccount } from './open-session.ts';

/** Gives an account a role. Only from the command line. @throws AppError FORBIDDEN, NOT_FOUND */
export async function grantRole(ctx: Context, input: { email: string; role: Role }): Promise<Account> {
  requireSystem(ctx.actor);
  return ctx.transaction(async (store) => {
    const account = await store.accounts.findByEmail(input.email);
    if (!account) throw new AppError('NOT_FOUND', { message: `There is no account with the e-mail ${input.email}.` });
    if (!account.roles.includes(input.role)) {
      await store.accounts.grantRole(account.id, input.role, ctx.now());
      await store.audit.append(auditRecord(ctx, 'role.granted', 'user', account.id, { role: input.role }));
      if (input.role === 'seller') await store.outbox.append({ topic: 'seller.updated', subjectId: account.id, payload: {} }, ctx.now());
    }
    return toAccount({ ...account, roles: [...new Set([...account.roles, input.role])] });
  });
}

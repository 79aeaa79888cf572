import type { Account, Role } from '@assay/contract';
import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { toAccount } from './open-session.ts';

/** Gives an account a role. Only from the command line. @param input.by the operating system's user who runs the command @throws AppError FORBIDDEN, NOT_FOUND */
export async function grantRole(ctx: Context, input: { email: string; role: Role; by: string }): Promise<Account> {
  requireSystem(ctx.actor);
  return ctx.change(async (tx) => {
    const account = await tx.repos.accounts.findByEmail(input.email);
    if (!account) throw new AppError('NOT_FOUND', { message: `There is no account with the e-mail ${input.email}.` });
    if (!account.roles.includes(input.role)) {
      await tx.repos.accounts.grantRole(account.id, input.role, tx.at);
      await tx.audit('role.granted', 'user', account.id, { role: input.role, by: input.by });
      tx.securityEvent('role-changed', { userId: account.id });
      if (input.role === 'seller') await tx.publish('seller.updated', { sellerId: account.id });
    }
    return toAccount({ ...account, roles: [...new Set([...account.roles, input.role])] });
  });
}

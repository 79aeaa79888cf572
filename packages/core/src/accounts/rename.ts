import { foldForSearch, type Account, type RenameInput } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { toAccount } from './open-session.ts';
import { publicName } from './rules.ts';

/** Changes my name. @throws AppError UNAUTHENTICATED, SESSION_ENDED */
export async function rename(ctx: Context, { fullName }: RenameInput): Promise<Account> {
  const user = requireUser(ctx.actor);
  return ctx.change(async (tx) => {
    const account = await tx.repos.accounts.findById(user.id);
    if (!account) throw new AppError('SESSION_ENDED');
    if (account.fullName === fullName) return toAccount(account);
    await tx.repos.accounts.rename(user.id, { fullName, searchName: foldForSearch(fullName) }, tx.at);
    await tx.audit('account.renamed', 'user', user.id, { from: account.fullName, to: fullName });
    await tx.publish('account.renamed', { userId: user.id, publicName: publicName(account.fullName) !== publicName(fullName) });
    return toAccount({ ...account, fullName });
  });
}

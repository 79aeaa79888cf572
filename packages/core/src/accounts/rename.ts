import { foldForSearch, type Account, type RenameInput } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import { tellRaterRenamed } from '../ratings/rater-renamed.ts';
import { toAccount } from './open-session.ts';

/** Changes my name. @throws AppError UNAUTHENTICATED, SESSION_ENDED */
export async function rename(ctx: Context, { fullName }: RenameInput): Promise<Account> {
  const user = requireUser(ctx.actor);
  return ctx.transaction(async (store) => {
    const account = await store.accounts.findById(user.id);
    if (!account) throw new AppError('SESSION_ENDED');
    if (account.fullName === fullName) return toAccount(account);
    const at = ctx.now();
    await store.accounts.rename(user.id, { fullName, searchName: foldForSearch(fullName) }, at);
    await store.audit.append(auditRecord(ctx, 'account.renamed', 'user', user.id, { from: account.fullName, to: fullName }));
    await store.outbox.append({ topic: 'account.renamed', subjectId: user.id, payload: {} }, at);
    await tellRaterRenamed(ctx, store, user.id, account.fullName, fullName);
    return toAccount({ ...account, fullName });
  });
}

import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountRow } from './ports.ts';
import { LOCK_AFTER_FAILURES, LOCK_MS } from './rules.ts';

/** Whether it is the account's password; a wrong one is counted towards the lock. No account takes as long. @throws AppError ACCOUNT_LOCKED */
export async function provePassword(ctx: Context, account: AccountRow | null, password: string): Promise<boolean> {
  const now = ctx.now();
  if (account?.lockedUntil && account.lockedUntil > now) {
    throw new AppError('ACCOUNT_LOCKED', { retryAfterS: Math.ceil((account.lockedUntil.getTime() - now.getTime()) / 1000) });
  }
  const right = await ctx.services.passwords.verify(account?.passwordHash ?? null, password);
  if (account && !right) await ctx.repos.accounts.countFailedSignIn(account.id, LOCK_AFTER_FAILURES, new Date(now.getTime() + LOCK_MS));
  return right;
}

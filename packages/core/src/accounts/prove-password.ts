import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
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

/**
 * My account, by its password where it has one: a session alone is not enough for some changes, a browser may have been left open.
 * @param current the password so far
 * @param strict refuses one that is given where there is none
 * @throws AppError UNAUTHENTICATED, SESSION_ENDED, WRONG_PASSWORD, ACCOUNT_LOCKED
 */
export async function proveOwner(ctx: Context, current: string | undefined, strict = false): Promise<AccountRow> {
  const account = await ctx.repos.accounts.findById(requireUser(ctx.actor).id);
  if (!account) throw new AppError('SESSION_ENDED');
  const mustProve = account.passwordHash !== null || (strict && current !== undefined);
  if (mustProve && !(await provePassword(ctx, account, current ?? ''))) throw new AppError('WRONG_PASSWORD');
  return account;
}

/** Keeps the account as it was proved until the transaction ends. @throws AppError EDIT_CONFLICT where it is not so any more */
export async function lockProven(tx: Tx, proven: AccountRow): Promise<void> {
  await tx.repos.accounts.lock(proven.id, tx.at);
  const account = await tx.repos.accounts.findById(proven.id);
  if (account?.passwordHash !== proven.passwordHash || account?.email !== proven.email) throw new AppError('EDIT_CONFLICT');
}

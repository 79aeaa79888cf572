import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { beginProof } from './attempts.ts';
import type { AccountRow } from './ports.ts';

/** Whether it is the password of the signed-in user's account. The attempt is counted for the session. @throws AppError ACCOUNT_LOCKED */
export async function provePassword(ctx: Context, account: AccountRow, password: string): Promise<boolean> {
  const attempt = await beginProof(ctx, account.id, requireUser(ctx.actor).sessionId);
  const right = await ctx.services.passwords.verify(account.passwordHash, password);
  if (right) await attempt.succeeded();
  else ctx.securityEvent('proof-failed', { userId: account.id });
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

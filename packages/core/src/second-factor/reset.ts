import type { Account } from '@assay/contract';
import { endSessions } from '../accounts/end-sessions.ts';
import { requireOtherAccount, type AccountRef } from '../accounts/manage-roles.ts';
import { notifyOwner } from '../accounts/notify-owner.ts';
import { toAccount } from '../accounts/open-session.ts';
import { requireSystem } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';

/** Removes the authenticator app of an account with its recovery codes. False where there was none. */
export async function removeApp(tx: Tx, userId: number): Promise<boolean> {
  const removed = await tx.repos.secondFactor.remove(userId);
  await tx.repos.secondFactor.unmarkSessions(userId, ['totp', 'recovery-code']);
  await tx.publish('account.changed', { userId });
  return removed;
}

/** Removes all second factors of an account: the app with its recovery codes, and passkeys. False where there were none. */
export async function removeFactors(tx: Tx, userId: number): Promise<boolean> {
  const passkeys = await tx.repos.passkeys.removeAll(userId);
  await tx.repos.secondFactor.unmarkSessions(userId, ['passkey']);
  return (await removeApp(tx, userId)) || passkeys > 0;
}

/**
 * For an owner who has lost app, recovery codes and passkeys, and has proved by other means who they are: the account is signed in to with one
 * factor until another is set up. Its sessions end. Only from the command line.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function resetSecondFactor(ctx: Context, ref: AccountRef): Promise<Account> {
  requireSystem(ctx.actor);
  return ctx.change(async (tx) => {
    const account = await requireOtherAccount(tx, ref);
    if (await removeFactors(tx, account.id)) {
      const ended = await endSessions(tx, account.id);
      await tx.audit('second-factor.reset', 'user', account.id, { sessionsEnded: ended });
      await notifyOwner(tx, account, 'second-factor.reset');
    }
    return toAccount(account);
  });
}

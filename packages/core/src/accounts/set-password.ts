import type { PasswordInput, RemovePasswordInput } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { queueEmailLink } from '../verification/send-email-link.ts';
import type { AccountRow } from './ports.ts';
import { requireSafePassword } from './password-rules.ts';
import { lockProven, proveOwner } from './prove-password.ts';

/**
 * Gives my account e-mail and password beside its wallets, or another password for the one that it has. Then my other devices
 * are signed out.
 * @throws AppError UNAUTHENTICATED, VALIDATION_FAILED, WRONG_PASSWORD, ACCOUNT_LOCKED, EDIT_CONFLICT
 */
export async function setPassword(ctx: Context, input: PasswordInput): Promise<void> {
  const account = await proveOwner(ctx, input.current, true);
  const email = account.email ?? input.email;
  if (!email) throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'email', message: 'Your account needs an e-mail for this.' }] });
  await requireSafePassword(ctx, input.password, { email, fullName: account.fullName });
  const passwordHash = await ctx.services.passwords.hash(input.password);
  await changeCredentials(ctx, account, { email, passwordHash });
}

/**
 * Takes e-mail and password off my account: not where they are the last way into it.
 * @throws AppError UNAUTHENTICATED, WRONG_PASSWORD, ACCOUNT_LOCKED, LAST_WAY_IN, EDIT_CONFLICT
 */
export async function removePassword(ctx: Context, input: RemovePasswordInput): Promise<void> {
  await changeCredentials(ctx, await proveOwner(ctx, input.current, true), null);
}

async function changeCredentials(ctx: Context, proven: AccountRow, to: { email: string; passwordHash: string } | null): Promise<void> {
  const user = requireUser(ctx.actor);
  await ctx.change(async (tx) => {
    const now = tx.at;
    await lockProven(tx, proven);
    if (!to && (await tx.repos.wallets.listOf(user.id)).length === 0) throw new AppError('LAST_WAY_IN');
    await tx.repos.accounts.setCredentials(user.id, to, now);
    if (proven.passwordHash !== null) await tx.repos.accounts.revokeOtherSessions(user.id, user.sessionId, now);
    if (to?.email !== proven.email) {
      if (to) await queueEmailLink(tx, { id: user.id, email: to.email });
      await tx.publish('verification.changed', { userId: user.id, kind: 'email' });
    }
    const action = to ? (proven.passwordHash === null ? 'password.added' : 'password.changed') : 'password.removed';
    await tx.audit(action, 'user', user.id);
  });
}

import type { OwnerProof, PasswordInput } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { queueEmailLink } from '../verification/send-email-link.ts';
import { endSessions } from './end-sessions.ts';
import { notifyOwner } from './notify-owner.ts';
import { requireSafePassword } from './password-rules.ts';
import { lockProven, proveOwner, type ProvenOwner } from './prove-owner.ts';
import { requireMovableEmail } from './rules.ts';

/**
 * Gives my account e-mail and password beside its wallets, or another password for the one that it has. Then my other devices
 * are signed out.
 * @throws AppError UNAUTHENTICATED, VALIDATION_FAILED, EDIT_CONFLICT, or why I am not proved, see {@link proveOwner}
 */
export async function setPassword(ctx: Context, input: PasswordInput): Promise<void> {
  const account = await proveOwner(ctx, input);
  const email = account.email ?? input.email;
  if (!email) throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'email', message: 'Your account needs an e-mail for this.' }] });
  await requireSafePassword(ctx, input.password, { email, fullName: account.fullName });
  const passwordHash = await ctx.services.passwords.hash(input.password);
  await changeCredentials(ctx, account, { email, passwordHash });
}

/**
 * Takes e-mail and password off my account: not where they are the last way into it.
 * @throws AppError UNAUTHENTICATED, LAST_WAY_IN, FORBIDDEN for a demo account, EDIT_CONFLICT, or why I am not proved, see {@link proveOwner}
 */
export async function removePassword(ctx: Context, input: OwnerProof): Promise<void> {
  await changeCredentials(ctx, await proveOwner(ctx, input), null);
}

async function changeCredentials(ctx: Context, proven: ProvenOwner, to: { email: string; passwordHash: string } | null): Promise<void> {
  const user = requireUser(ctx.actor);
  await ctx.change(async (tx) => {
    const now = tx.at;
    await lockProven(tx, proven);
    if (to?.email !== proven.email) requireMovableEmail(proven.email);
    if (!to && (await tx.repos.wallets.listOf(user.id)).length === 0) throw new AppError('LAST_WAY_IN');
    await tx.repos.accounts.setCredentials(user.id, to, now);
    await tx.repos.passwordResets.endAll(user.id, now);
    await tx.repos.emailChanges.replaceOpen(user.id, now);
    if (proven.passwordHash !== null) await endSessions(tx, user.id, user.sessionId);
    if (to?.email !== proven.email) {
      if (to) await queueEmailLink(tx, { id: user.id, email: to.email });
      await tx.publish('verification.changed', { userId: user.id, kind: 'email' });
    }
    const action = to ? (proven.passwordHash === null ? 'password.added' : 'password.changed') : 'password.removed';
    await tx.audit(action, 'user', user.id);
    await notifyOwner(tx, proven, action);
  });
}

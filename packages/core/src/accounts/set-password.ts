import type { PasswordInput, RemovePasswordInput } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import { queueEmailLink } from '../verification/send-email-link.ts';
import type { AccountRow } from './ports.ts';
import { provePassword } from './prove-password.ts';

/**
 * Gives my account e-mail and password beside its wallets, or another password for the one that it has. Then my other devices
 * are signed out.
 * @throws AppError UNAUTHENTICATED, VALIDATION_FAILED, WRONG_PASSWORD, ACCOUNT_LOCKED, EMAIL_TAKEN, EDIT_CONFLICT
 */
export async function setPassword(ctx: Context, input: PasswordInput): Promise<void> {
  const account = await proveOwner(ctx, input.current ?? null);
  const email = account.email ?? input.email;
  if (!email) throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'email', message: 'Your account needs an e-mail for this.' }] });
  const passwordHash = await ctx.services.passwords.hash(input.password);
  await changeCredentials(ctx, account, { email, passwordHash });
}

/**
 * Takes e-mail and password off my account: not where they are the last way into it.
 * @throws AppError UNAUTHENTICATED, WRONG_PASSWORD, ACCOUNT_LOCKED, LAST_WAY_IN, EDIT_CONFLICT
 */
export async function removePassword(ctx: Context, input: RemovePasswordInput): Promise<void> {
  await changeCredentials(ctx, await proveOwner(ctx, input.current), null);
}

/** Where there is a password, a session alone is not enough to change it: somebody may have left a browser open. */
async function proveOwner(ctx: Context, current: string | null): Promise<AccountRow> {
  const account = await ctx.store.accounts.findById(requireUser(ctx.actor).id);
  if (!account) throw new AppError('SESSION_ENDED');
  const mustProve = account.passwordHash !== null || current !== null;
  if (mustProve && !(await provePassword(ctx, account, current ?? ''))) throw new AppError('WRONG_PASSWORD');
  return account;
}

async function changeCredentials(ctx: Context, proven: AccountRow, to: { email: string; passwordHash: string } | null): Promise<void> {
  const user = requireUser(ctx.actor);
  await ctx.transaction(async (store) => {
    const now = ctx.now();
    await store.accounts.hold(user.id, now);
    const account = await store.accounts.findById(user.id);
    if (account?.passwordHash !== proven.passwordHash || account?.email !== proven.email) throw new AppError('EDIT_CONFLICT');
    if (!to && (await store.wallets.listOf(user.id)).length === 0) throw new AppError('LAST_WAY_IN');
    await store.accounts.setCredentials(user.id, to, now);
    if (proven.passwordHash !== null) await store.accounts.revokeOtherSessions(user.id, user.sessionId, now);
    if (to && to.email !== proven.email) await queueEmailLink(ctx, store, { id: user.id, fullName: proven.fullName, email: to.email });
    if (to?.email !== proven.email)
      await store.outbox.append({ topic: 'verification.changed', subjectId: user.id, payload: { kind: 'email' } }, now);
    const action = to ? (proven.passwordHash === null ? 'password.added' : 'password.changed') : 'password.removed';
    await store.audit.append(auditRecord(ctx, action, 'user', user.id));
  });
}

import type { SignInInput } from '@assay/contract';
import { actingAs, type Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import { openSession, type OpenedSession } from './open-session.ts';
import { LOCK_AFTER_FAILURES, LOCK_MS } from './rules.ts';

/** @throws AppError INVALID_CREDENTIALS, ACCOUNT_LOCKED */
export async function signIn(ctx: Context, input: SignInInput & { device: string | null }): Promise<OpenedSession> {
  const { accounts } = ctx.store;
  const now = ctx.now();
  const account = await accounts.findByEmail(input.email);
  if (account?.lockedUntil && account.lockedUntil > now) {
    throw new AppError('ACCOUNT_LOCKED', { retryAfterS: Math.ceil((account.lockedUntil.getTime() - now.getTime()) / 1000) });
  }
  const right = await ctx.services.passwords.verify(account?.passwordHash ?? null, input.password);
  if (!account || !right) {
    if (account) await accounts.countFailedSignIn(account.id, LOCK_AFTER_FAILURES, new Date(now.getTime() + LOCK_MS));
    throw new AppError('INVALID_CREDENTIALS');
  }
  return ctx.transaction(async (store) => {
    if (account.failedSignIns > 0) await store.accounts.clearFailedSignIns(account.id);
    if (account.roles.includes('admin') || account.roles.includes('ops')) {
      await store.audit.append(
        auditRecord(
          actingAs(ctx, { kind: 'user', id: account.id, roles: account.roles, sessionId: '' }),
          'account.signed-in',
          'user',
          account.id,
        ),
      );
    }
    return openSession(ctx, store, account, input.device);
  });
}

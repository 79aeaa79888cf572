import type { SignInInput } from '@assay/contract';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { noteOperatorSignIn, openSession, type OpenedSession } from './open-session.ts';
import { provePassword } from './prove-password.ts';

/** @throws AppError INVALID_CREDENTIALS, ACCOUNT_LOCKED */
export async function signIn(ctx: Context, input: SignInInput & { device: string | null }): Promise<OpenedSession> {
  const account = await ctx.store.accounts.findByEmail(input.email);
  if (!(await provePassword(ctx, account, input.password)) || !account) throw new AppError('INVALID_CREDENTIALS');
  return ctx.transaction(async (store) => {
    if (account.failedSignIns > 0) await store.accounts.clearFailedSignIns(account.id);
    await noteOperatorSignIn(ctx, store, account);
    return openSession(ctx, store, account, input.device);
  });
}

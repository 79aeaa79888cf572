import type { SignInInput } from '@assay/contract';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { noteOperatorSignIn, openSession, type OpenedSession, type SignInDevice } from './open-session.ts';
import { provePassword } from './prove-password.ts';

/** @throws AppError INVALID_CREDENTIALS, ACCOUNT_LOCKED */
export async function signIn(ctx: Context, input: SignInInput & { device: SignInDevice }): Promise<OpenedSession> {
  const account = await ctx.repos.accounts.findByEmail(input.email);
  if (!(await provePassword(ctx, account, input.password)) || !account) throw new AppError('INVALID_CREDENTIALS');
  return ctx.change(async (tx) => {
    if (account.failedSignIns > 0) await tx.repos.accounts.clearFailedSignIns(account.id);
    await noteOperatorSignIn(tx, account);
    return openSession(tx, account, input.device);
  });
}

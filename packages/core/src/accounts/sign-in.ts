import type { SignInInput } from '@assay/contract';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { openOrChallenge, type SignInOutcome } from '../second-factor/challenge.ts';
import { beginSignIn, type SignInClient } from './attempts.ts';
import type { AccountRow } from './ports.ts';
import { heldSince } from './rules.ts';

/**
 * Signs in with e-mail and password: a session, or a challenge where the account asks for a second factor.
 * @throws AppError INVALID_CREDENTIALS, ACCOUNT_LOCKED, ACCOUNT_DISABLED
 */
export async function signIn(ctx: Context, input: SignInInput & SignInClient): Promise<SignInOutcome> {
  const candidates = await ctx.repos.accounts.signInCandidates(input.email, heldSince(ctx.now()));
  const attempt = await beginSignIn(ctx, input.email, input, candidates);
  const account = await byPassword(ctx, attempt.judged, input.password);
  if (!account) {
    ctx.securityEvent('sign-in-failed', candidates[0] ? { userId: candidates[0].id } : { email: input.email });
    throw new AppError('INVALID_CREDENTIALS');
  }
  await attempt.succeeded();
  return ctx.change((tx) => openOrChallenge(tx, account, input.device));
}

/** Two passwords are verified however many accounts there are: the time that it takes reveals none of them. */
async function byPassword(ctx: Context, [first, second]: AccountRow[], password: string): Promise<AccountRow | null> {
  const verify = (account: AccountRow | undefined) => ctx.services.passwords.verify(account?.passwordHash ?? null, password);
  const [isFirst, isSecond] = await Promise.all([verify(first), verify(second)]);
  return (isFirst ? first : isSecond ? second : null) ?? null;
}

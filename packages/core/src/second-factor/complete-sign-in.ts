import { beginCode, type SignInClient } from '../accounts/attempts.ts';
import { notifyOwner } from '../accounts/notify-owner.ts';
import { openSession, type OpenedSession } from '../accounts/open-session.ts';
import type { AccountRow } from '../accounts/ports.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { accountOf } from './challenge.ts';
import { readCode } from './rules.ts';

export type { ChallengedSignIn, SignInOutcome } from './challenge.ts';

/** A code that is right so far: using it up, in the change that it is for, may still fail. */
type UseCode = (tx: Tx) => Promise<boolean>;

/**
 * Completes a sign-in with a code of the authenticator app, or with a recovery code. Each code is good for one sign-in.
 * @param input.challenge what the sign-in by the first factor answered
 * @throws AppError SIGN_IN_CHALLENGE_ENDED, WRONG_CODE, ACCOUNT_LOCKED, ACCOUNT_DISABLED
 */
export async function completeSignIn(
  ctx: Context,
  { challenge, code, ...client }: { challenge: string | null; code: string } & SignInClient,
): Promise<OpenedSession> {
  const account = await accountOf(ctx, challenge, client.device);
  const attempt = await beginCode(ctx, account.id, client);
  const typed = readCode(code);
  const use = typed && (typed.kind === 'totp' ? await appCode(ctx, account, typed.code) : await recoveryCode(ctx, account, typed));
  const session =
    use &&
    (await ctx.change(async (tx) => ((await use(tx)) ? openSession(tx, await current(tx, account), client.device, typed.kind) : null)));
  if (!session) {
    ctx.securityEvent('second-factor-failed', { userId: account.id });
    throw new AppError('WRONG_CODE');
  }
  await attempt.succeeded();
  return session;
}

/** The account as it is when the code is used up. @throws AppError SIGN_IN_CHALLENGE_ENDED where the password has changed meanwhile */
async function current(tx: Tx, { id, passwordHash }: AccountRow): Promise<AccountRow> {
  const account = await tx.repos.accounts.findById(id);
  if (account?.passwordHash !== passwordHash) throw new AppError('SIGN_IN_CHALLENGE_ENDED');
  return account;
}

async function appCode(ctx: Context, { id }: AccountRow, code: string): Promise<UseCode | null> {
  const { secondFactor } = ctx.pure;
  const app = await ctx.repos.secondFactor.findApp(id);
  const secret = app?.enabledAt ? (secondFactor.seal?.unseal(id, app.keyId, app.sealed) ?? null) : null;
  const step = secret === null ? null : secondFactor.stepOf(secret, code, ctx.now());
  return step === null ? null : (tx) => tx.repos.secondFactor.useStep(id, step);
}

async function recoveryCode(
  ctx: Context,
  account: AccountRow,
  { number, code }: { number: number; code: string },
): Promise<UseCode | null> {
  const hash = await ctx.repos.secondFactor.findRecoveryCode(account.id, number);
  if (!(await ctx.services.passwords.verify(hash, code)) || hash === null) return null;
  return async (tx) => {
    if (!(await tx.repos.secondFactor.useRecoveryCode(account.id, number, hash, tx.at))) return false;
    const acting = tx.as({ kind: 'user', id: account.id, roles: account.roles, sessionId: '' });
    await acting.audit('recovery-code.used', 'user', account.id);
    await notifyOwner(acting, account, 'recovery-code.used');
    return true;
  };
}

import type { OwnerProof, RecoveryCodes, SecondFactorCodeInput, SecondFactorView } from '@assay/contract';
import { endSessions } from '../accounts/end-sessions.ts';
import { notifyOwner } from '../accounts/notify-owner.ts';
import { lockProven, proveOwner } from '../accounts/prove-owner.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireFactorOf } from '../passkeys/require-factor.ts';
import type { Seal } from '../kernel/seal.ts';
import { getSecondFactor, openSetUp } from './manage.ts';
import { newRecoveryCodes } from './recovery-codes.ts';
import { readCode } from './rules.ts';

/**
 * Begins to set an authenticator app up: the answer has the secret for it, for this session and some minutes.
 * @throws AppError UNAUTHENTICATED, SECOND_FACTOR_NOT_SET_UP, SECOND_FACTOR_ON, SECOND_FACTOR_REQUIRED, EDIT_CONFLICT,
 * or why I am not proved, see {@link proveOwner}
 */
export async function beginSetUp(ctx: Context, proof: OwnerProof): Promise<SecondFactorView> {
  const user = requireUser(ctx.actor);
  const seal = requireSeal(ctx);
  await requireFactorOf(ctx, user);
  const owner = await proveOwner(ctx, proof);
  await ctx.change(async (tx) => {
    await lockProven(tx, owner);
    if ((await tx.repos.secondFactor.findApp(user.id))?.enabledAt) throw new AppError('SECOND_FACTOR_ON');
    const sealed = seal.seal(user.id, tx.pure.secondFactor.newSecret());
    await tx.repos.secondFactor.setUpApp({ userId: user.id, sealed, keyId: seal.keyId, sessionId: user.sessionId }, tx.at);
  });
  return getSecondFactor(ctx);
}

/**
 * Turns the second factor on by a code of the app that this session has set up. My other sessions end.
 * @returns recovery codes, which are shown this once
 * @throws AppError UNAUTHENTICATED, SECOND_FACTOR_NOT_SET_UP, SET_UP_ENDED, WRONG_CODE
 */
export async function confirmSetUp(ctx: Context, { code }: SecondFactorCodeInput): Promise<RecoveryCodes> {
  const user = requireUser(ctx.actor);
  requireSeal(ctx);
  const open = await openSetUp(ctx);
  if (!open) throw new AppError('SET_UP_ENDED');
  const typed = readCode(code);
  const step = typed?.kind === 'totp' ? ctx.pure.secondFactor.stepOf(open.secret, typed.code, ctx.now()) : null;
  if (step === null) throw new AppError('WRONG_CODE');
  const { codes, hashes } = await newRecoveryCodes(ctx);
  await ctx.change(async (tx) => {
    const { accounts, secondFactor } = tx.repos;
    await accounts.lock(user.id, tx.at);
    const account = await accounts.findById(user.id);
    if (!account || !(await secondFactor.enableApp(open.app, step, tx.at))) throw new AppError('SET_UP_ENDED');
    await secondFactor.replaceRecoveryCodes(user.id, hashes);
    await secondFactor.markSession(user.sessionId, 'totp');
    await endSessions(tx, user.id, user.sessionId);
    await tx.audit('second-factor.enabled', 'user', user.id);
    await tx.publish('account.changed', { userId: user.id });
    await notifyOwner(tx, account, 'second-factor.enabled');
  });
  return { codes };
}

function requireSeal(ctx: Context): Seal<string> {
  const { seal } = ctx.pure.secondFactor;
  if (!seal) throw new AppError('SECOND_FACTOR_NOT_SET_UP');
  return seal;
}

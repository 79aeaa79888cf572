import type { OwnerProof, SecondFactorView } from '@assay/contract';
import { notifyOwner } from '../accounts/notify-owner.ts';
import { lockProven, proveOwner } from '../accounts/prove-owner.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AuthenticatorAppRow } from './ports.ts';
import { removeApp } from './reset.ts';
import { SET_UP_MS } from './rules.ts';

export { renewRecoveryCodes } from './recovery-codes.ts';

/** The second factor of my account, and the app that this session is setting up. @throws AppError UNAUTHENTICATED, SESSION_ENDED */
export async function getSecondFactor(ctx: Context): Promise<SecondFactorView> {
  const { id } = requireUser(ctx.actor);
  const { secondFactor } = ctx.pure;
  const account = await ctx.repos.accounts.findById(id);
  if (!account) throw new AppError('SESSION_ENDED');
  const app = await ctx.repos.secondFactor.findApp(id);
  const open = await openSetUp(ctx, app);
  return {
    offered: secondFactor.seal !== null,
    enabledAt: app?.enabledAt?.toISOString() ?? null,
    recoveryCodes: await ctx.repos.secondFactor.countRecoveryCodes(id),
    setUp: open && { secret: open.secret, ...secondFactor.describe(open.secret, account.email ?? account.fullName) },
  };
}

/** The app that the actor's session is setting up, with its secret; null where none is, or its time is over. */
export async function openSetUp(
  ctx: Context,
  known?: AuthenticatorAppRow | null,
): Promise<{ app: AuthenticatorAppRow; secret: string } | null> {
  const { id, sessionId } = requireUser(ctx.actor);
  const app = known === undefined ? await ctx.repos.secondFactor.findApp(id) : known;
  if (!app || app.enabledAt || app.sessionId !== sessionId) return null;
  if (app.createdAt.getTime() <= ctx.now().getTime() - SET_UP_MS) return null;
  const secret = ctx.pure.secondFactor.seal?.unseal(id, app.keyId, app.sealed) ?? null;
  return secret === null ? null : { app, secret };
}

/**
 * Turns the second factor off: sign-ins ask for the password or a wallet alone.
 * @throws AppError UNAUTHENTICATED, SECOND_FACTOR_OFF, EDIT_CONFLICT, or why I am not proved, see {@link proveOwner}
 */
export async function disableSecondFactor(ctx: Context, proof: OwnerProof): Promise<void> {
  const owner = await proveOwner(ctx, proof);
  await ctx.change(async (tx) => {
    await lockProven(tx, owner);
    if (!(await tx.repos.secondFactor.findApp(owner.id))?.enabledAt) throw new AppError('SECOND_FACTOR_OFF');
    await removeApp(tx, owner.id);
    await tx.audit('second-factor.disabled', 'user', owner.id);
    await notifyOwner(tx, owner, 'second-factor.disabled');
  });
}

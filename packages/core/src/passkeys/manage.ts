import type { AddPasskeyInput, OwnerProof, PasskeyOptions, PasskeyView, RemovePasskeyInput } from '@assay/contract';
import { endSessions } from '../accounts/end-sessions.ts';
import { notifyOwner } from '../accounts/notify-owner.ts';
import { lockProven, proveOwner } from '../accounts/prove-owner.ts';
import { requireUser, type UserActor } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { keepChallenge, openChallenge, requireParty } from './challenge.ts';
import type { PasskeyRow } from './ports.ts';
import { requireFactorOf } from './require-factor.ts';

/** More than anybody has devices. */
const MAX_PASSKEYS = 10;

const toView = ({ id, name, createdAt, lastUsedAt }: PasskeyRow): PasskeyView => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

/** The passkeys of my account. @throws AppError UNAUTHENTICATED */
export const listPasskeys = async (ctx: Context): Promise<PasskeyView[]> =>
  (await ctx.repos.passkeys.listOf(requireUser(ctx.actor).id)).map(toView);

/**
 * Begins to add a passkey to my account: what the browser needs to make one.
 * @throws AppError UNAUTHENTICATED, PASSKEYS_OFF, PASSKEY_LIMIT, SECOND_FACTOR_REQUIRED, or why I am not proved, see {@link proveOwner}
 */
export async function beginPasskey(ctx: Context, proof: OwnerProof): Promise<PasskeyOptions> {
  const user = requireUser(ctx.actor);
  const party = requireParty(ctx);
  await requireFactorOf(ctx, user);
  const { id, fullName: name, email } = await proveOwner(ctx, proof);
  const has = await ctx.repos.passkeys.listOf(id);
  requireRoom(has);
  const { challenge, options } = await ctx.services.passkeys.registration(party, { id, name, label: email ?? name, has });
  await keepChallenge(ctx, challenge, user);
  return { options };
}

/**
 * Adds the passkey that the browser has made for this session. The session counts as opened with it.
 * @throws AppError UNAUTHENTICATED, PASSKEYS_OFF, PASSKEY_INVALID, PASSKEY_TAKEN, PASSKEY_LIMIT
 */
export async function addPasskey(ctx: Context, { name, passkey }: AddPasskeyInput): Promise<PasskeyView> {
  const user = requireUser(ctx.actor);
  const party = requireParty(ctx);
  const open = await openChallenge(ctx, passkey, user);
  const made = await ctx.services.passkeys.checkNew(party, passkey, open.challenge);
  if (!made) throw new AppError('PASSKEY_INVALID');
  return ctx.change(async (tx) => {
    await open.consume(tx);
    await tx.repos.accounts.lock(user.id, tx.at);
    const account = await tx.repos.accounts.findById(user.id);
    if (!account) throw new AppError('SESSION_ENDED');
    requireRoom(await tx.repos.passkeys.listOf(user.id));
    const row = { ...made, userId: user.id, name };
    const id = await tx.repos.passkeys.add({ ...row, credentialHash: tx.pure.tokens.hashLinkToken(made.credentialId) }, tx.at);
    await tx.repos.secondFactor.markSession(user.sessionId, 'passkey');
    await tx.audit('passkey.added', 'user', user.id, { passkey: id });
    await tx.publish('account.changed', { userId: user.id });
    await notifyOwner(tx, account, 'passkey.added');
    return toView({ ...row, id, createdAt: tx.at, lastUsedAt: null });
  });
}

/** @throws AppError PASSKEY_LIMIT */
function requireRoom(has: readonly PasskeyRow[]): void {
  if (has.length >= MAX_PASSKEYS) throw new AppError('PASSKEY_LIMIT');
}

/**
 * Removes a passkey from my account, and signs my other devices out.
 * @throws AppError UNAUTHENTICATED, PASSKEY_NOT_FOUND, SECOND_FACTOR_REQUIRED, EDIT_CONFLICT, or why I am not proved, see {@link proveOwner}
 */
export async function removePasskey(ctx: Context, { id, ...proof }: RemovePasskeyInput): Promise<void> {
  const user: UserActor = requireUser(ctx.actor);
  await requireFactorOf(ctx, user);
  const owner = await proveOwner(ctx, proof);
  await ctx.change(async (tx) => {
    await lockProven(tx, owner);
    if (!(await tx.repos.passkeys.remove(id, user.id))) throw new AppError('PASSKEY_NOT_FOUND');
    if ((await tx.repos.passkeys.listOf(user.id)).length === 0) await tx.repos.secondFactor.unmarkSessions(user.id, ['passkey']);
    await endSessions(tx, user.id, user.sessionId);
    await tx.audit('passkey.removed', 'user', user.id, { passkey: id });
    await tx.publish('account.changed', { userId: user.id });
    await notifyOwner(tx, owner, 'passkey.removed');
  });
}

import type { Account, EndSessionInput, OwnAccount, OwnerProof, SessionView } from '@assay/contract';
import { imagesOf } from '../images/views.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { endSession, endSessions } from './end-sessions.ts';
import { toAccount } from './open-session.ts';
import { lockProven, proveOwner } from './prove-owner.ts';

/** Who I am. @throws AppError UNAUTHENTICATED, SESSION_ENDED */
export async function getMe(ctx: Context): Promise<Account> {
  const account = await ctx.repos.accounts.findById(requireUser(ctx.actor).id);
  if (!account) throw new AppError('SESSION_ENDED');
  return toAccount(account);
}

/** Who I am, with my profile image. Only sellers have one. @throws AppError UNAUTHENTICATED, SESSION_ENDED */
export async function getOwnAccount(ctx: Context): Promise<OwnAccount> {
  const account = await getMe(ctx);
  const images = account.roles.includes('seller') ? await imagesOf(ctx, 'profile', [account.id]) : null;
  return { ...account, image: images?.get(account.id) ?? null };
}

/** Where I am signed in. @throws AppError UNAUTHENTICATED */
export async function listSessions(ctx: Context): Promise<SessionView[]> {
  const actor = requireUser(ctx.actor);
  const sessions = await ctx.repos.accounts.listSessions(actor.id, ctx.now());
  return sessions.map((session) => ({
    id: session.id,
    device: session.device,
    createdAt: session.createdAt.toISOString(),
    lastUsedAt: session.lastUsedAt.toISOString(),
    current: session.id === actor.sessionId,
  }));
}

/**
 * Signs one of my devices out.
 * @throws AppError UNAUTHENTICATED, SESSION_NOT_FOUND (also another user's), or why I am not proved, see {@link proveOwner}
 */
export async function revokeSession(ctx: Context, input: EndSessionInput): Promise<void> {
  const actor = requireUser(ctx.actor);
  const proven = await proveOwner(ctx, input);
  await ctx.change(async (tx) => {
    await lockProven(tx, proven);
    if (!(await endSession(tx, actor.id, input.id))) throw new AppError('SESSION_NOT_FOUND');
    tx.securityEvent('sessions-ended');
  });
}

/** Signs all my devices out but this one. @throws AppError UNAUTHENTICATED, or why I am not proved, see {@link proveOwner} */
export async function revokeOtherSessions(ctx: Context, input: OwnerProof): Promise<{ ended: number }> {
  const actor = requireUser(ctx.actor);
  const proven = await proveOwner(ctx, input);
  return ctx.change(async (tx) => {
    await lockProven(tx, proven);
    const ended = await endSessions(tx, actor.id, actor.sessionId);
    await tx.audit('sessions.ended', 'user', actor.id, { ended });
    return { ended };
  });
}

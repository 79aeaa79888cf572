import type { Account, SessionView } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { toAccount } from './open-session.ts';

/** Who I am. @throws AppError UNAUTHENTICATED, SESSION_ENDED */
export async function getMe(ctx: Context): Promise<Account> {
  const account = await ctx.repos.accounts.findById(requireUser(ctx.actor).id);
  if (!account) throw new AppError('SESSION_ENDED');
  return toAccount(account);
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

/** Signs one of my devices out. @throws AppError UNAUTHENTICATED, SESSION_NOT_FOUND (also another user's) */
export async function revokeSession(ctx: Context, sessionId: string): Promise<void> {
  const actor = requireUser(ctx.actor);
  if (!(await ctx.repos.accounts.revokeSession(sessionId, actor.id, ctx.now()))) throw new AppError('SESSION_NOT_FOUND');
  ctx.securityEvent('sessions-ended');
}

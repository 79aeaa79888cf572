import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { signedIn, type OpenedSession } from './open-session.ts';
import { ROTATION_GRACE_MS, SESSION_MS } from './rules.ts';

/**
 * A new access token for a refresh token, which rotates. A token that was replaced longer than the grace ago was stolen
 * or kept by mistake: the session ends, for every holder.
 * @throws AppError SESSION_ENDED
 */
export async function refreshSession(ctx: Context, refreshToken: string): Promise<OpenedSession> {
  const { tokens } = ctx.pure;
  const { accounts } = ctx.repos;
  const now = ctx.now();
  const presented = tokens.readRefreshToken(refreshToken);
  const session = presented && (await accounts.findSession(presented.sessionId));
  if (!session || session.revokedAt || session.expiresAt <= now) throw new AppError('SESSION_ENDED');
  const account = await accounts.findById(session.userId);
  if (!account) throw new AppError('SESSION_ENDED');

  const next = tokens.newRefreshToken(session.id);
  const expiresAt = new Date(now.getTime() + SESSION_MS);
  const previousUntil = new Date(now.getTime() + ROTATION_GRACE_MS);
  if (await accounts.rotateSession(session.id, presented.hash, { tokenHash: next.hash, previousUntil, expiresAt }, now)) {
    return { answer: signedIn(ctx, account, session.id), sessionId: session.id, refresh: { token: next.token, expiresAt } };
  }
  // Another request rotated first: read again, so that a tab that lost the race by a millisecond is within the grace too.
  const current = await accounts.findSession(session.id);
  const inGrace =
    current && !current.revokedAt && current.previousHash === presented.hash && current.previousUntil && current.previousUntil > now;
  if (inGrace) return { answer: signedIn(ctx, account, session.id), sessionId: session.id, refresh: null };
  await accounts.revokeSession(session.id, session.userId, now);
  throw new AppError('SESSION_ENDED');
}

import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { endSession } from './end-sessions.ts';
import { signedIn, type OpenedSession } from './open-session.ts';
import type { SessionRow } from './ports.ts';
import { ROTATION_GRACE_MS, sessionExpiry } from './rules.ts';

/**
 * A new access token for a refresh token, which rotates. A token of the session that was replaced longer than the grace ago was stolen
 * or kept by mistake: the session ends, for every holder. A token that never was one ends nothing.
 * @throws AppError SESSION_ENDED
 */
export async function refreshSession(ctx: Context, refreshToken: string): Promise<OpenedSession> {
  const { tokens } = ctx.pure;
  const { accounts } = ctx.repos;
  const now = ctx.now();
  const presented = tokens.readRefreshToken(refreshToken);
  const session = presented && (await accounts.findSession(presented.sessionId));
  if (!session || session.revokedAt || session.expiresAt <= now) throw new AppError('SESSION_ENDED');
  const expiresAt = sessionExpiry(session.createdAt, now, ctx.settings.sessionMaxMs);
  const account = await accounts.findById(session.userId);
  if (!account || account.disabledAt || expiresAt <= now) throw new AppError('SESSION_ENDED');

  const next = tokens.newRefreshToken(session.id);
  const previousUntil = new Date(now.getTime() + ROTATION_GRACE_MS);
  if (await accounts.rotateSession(session.id, presented.hash, { tokenHash: next.hash, previousUntil, expiresAt }, now)) {
    return { answer: signedIn(ctx, account, session.id), sessionId: session.id, refresh: { token: next.token, expiresAt } };
  }
  // Another request rotated first: read again, so that a tab that lost the race by a millisecond is within the grace too.
  const current = await accounts.findSession(session.id);
  const isPrevious = current?.previousHash === presented.hash;
  const inGrace = isPrevious && !current?.revokedAt && current?.previousUntil && current.previousUntil > now;
  if (inGrace) return { answer: signedIn(ctx, account, session.id), sessionId: session.id, refresh: null };
  if (isPrevious || presented.issuedHere) await endStolen(ctx, session);
  throw new AppError('SESSION_ENDED');
}

/** An old token came back: one of its two holders is a thief, and nothing says which. */
async function endStolen(ctx: Context, { id, userId }: SessionRow): Promise<void> {
  await ctx.change(async (tx) => {
    if (await endSession(tx, userId, id)) await tx.audit('session.token-reused', 'user', userId);
  });
}

import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { sessionReusedMessage } from '../mail/messages.ts';
import { endSession } from './end-sessions.ts';
import { emailOwner } from './notify-owner.ts';
import { signedIn, type OpenedSession } from './open-session.ts';
import type { AccountRow } from './ports.ts';
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
  if (isPrevious || presented.issuedHere) await endStolen(ctx, account, session.id);
  throw new AppError('SESSION_ENDED');
}

/** An old token came back: one of its two holders is a thief, and nothing says which. */
async function endStolen(ctx: Context, account: AccountRow, sessionId: string): Promise<void> {
  ctx.securityEvent('refresh-reused', { userId: account.id });
  await ctx.change(async (tx) => {
    if (!(await endSession(tx, account.id, sessionId))) return; // another request has ended it
    await tx.audit('session.token-reused', 'user', account.id);
    await emailOwner(tx, account, 'session-reused', sessionReusedMessage(tx.settings.publicUrl, account.fullName));
  });
}

import type { Tx } from '../kernel/context.ts';

/** Ends one session of an account. False when there is no such living session. */
export async function endSession(tx: Tx, userId: number, sessionId: string): Promise<boolean> {
  const ended = await tx.repos.accounts.revokeSession(sessionId, userId, tx.at);
  if (ended) await tx.publish('session.ended', { userId });
  return ended;
}

/**
 * Ends the sessions of an account: what takes a right away does it.
 * @param but the one that stays
 * @returns how many ended
 */
export async function endSessions(tx: Tx, userId: number, but: string | null = null): Promise<number> {
  const ended = await tx.repos.accounts.revokeSessions(userId, but, tx.at);
  if (ended === 0) return 0;
  tx.securityEvent('sessions-ended', { userId });
  await tx.publish('session.ended', { userId });
  return ended;
}

/** Ends the session of a refresh token, where it is the current one or the one before. Returns whose living session it was. */
export async function endSessionOfToken(tx: Tx, refreshToken: string | null): Promise<number | null> {
  const presented = refreshToken ? tx.pure.tokens.readRefreshToken(refreshToken) : null;
  const session = presented && (await tx.repos.accounts.findSession(presented.sessionId));
  if (!session || (session.tokenHash !== presented.hash && session.previousHash !== presented.hash)) return null;
  return (await endSession(tx, session.userId, session.id)) ? session.userId : null;
}

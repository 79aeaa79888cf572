import type { Context } from '../kernel/context.ts';

/** Ends the session of a refresh token, and the actor's own. Signing out twice is fine. */
export async function signOut(ctx: Context, refreshToken: string | null): Promise<void> {
  const { accounts } = ctx.repos;
  const presented = refreshToken ? ctx.pure.tokens.readRefreshToken(refreshToken) : null;
  const session = presented && (await accounts.findSession(presented.sessionId));
  if (session && (session.tokenHash === presented.hash || session.previousHash === presented.hash)) {
    await accounts.revokeSession(session.id, session.userId, ctx.now());
    ctx.securityEvent('signed-out', { userId: session.userId });
  }
  if (ctx.actor.kind !== 'user') return;
  if ((await accounts.revokeSession(ctx.actor.sessionId, ctx.actor.id, ctx.now())) && !session) ctx.securityEvent('signed-out');
}

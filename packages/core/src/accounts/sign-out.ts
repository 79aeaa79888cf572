import type { Context } from '../kernel/context.ts';
import { endSession, endSessionOfToken } from './end-sessions.ts';

/** Ends the session of a refresh token, and the actor's own. Signing out twice is fine. */
export async function signOut(ctx: Context, refreshToken: string | null): Promise<void> {
  await ctx.change(async (tx) => {
    const { actor } = tx;
    const byToken = await endSessionOfToken(tx, refreshToken);
    const own = actor.kind === 'user' && (await endSession(tx, actor.id, actor.sessionId)) ? actor.id : null;
    const userId = own ?? byToken;
    if (userId !== null) tx.securityEvent('signed-out', { userId });
  });
}

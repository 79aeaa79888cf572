import type { Context } from '../kernel/context.ts';
import { endSession, endSessionOfToken } from './end-sessions.ts';

/** Ends the session of a refresh token, and the actor's own. Signing out twice is fine. */
export async function signOut(ctx: Context, refreshToken: string | null): Promise<void> {
  await ctx.change(async (tx) => {
    await endSessionOfToken(tx, refreshToken);
    if (tx.actor.kind === 'user') await endSession(tx, tx.actor.id, tx.actor.sessionId);
  });
}

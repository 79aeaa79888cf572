import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { beginProof } from './attempts.ts';
import type { AccountRow } from './ports.ts';

/** Whether it is the password of the signed-in user's account. The attempt is counted for the session. @throws AppError ACCOUNT_LOCKED */
export async function provePassword(ctx: Context, account: AccountRow, password: string): Promise<boolean> {
  const attempt = await beginProof(ctx, account.id, requireUser(ctx.actor).sessionId);
  const right = await ctx.services.passwords.verify(account.passwordHash, password);
  if (right) await attempt.succeeded();
  return right;
}

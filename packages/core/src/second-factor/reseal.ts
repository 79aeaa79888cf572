import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';

const BATCH = 100;

/**
 * Reseals with the current key the secrets of apps that an older key sealed, so that the older key can be removed. Called by a job.
 * @returns how many were sealed anew, and how many cannot be read with any key that is known
 * @throws AppError FORBIDDEN
 */
export async function resealAuthenticatorApps(ctx: Context): Promise<{ resealed: number; unreadable: number }> {
  requireSystem(ctx.actor);
  const { seal } = ctx.pure.secondFactor;
  if (!seal) return { resealed: 0, unreadable: 0 };
  let [resealed, unreadable] = [0, 0];
  for (const app of await ctx.repos.secondFactor.sealedByOthers(seal.keyId, BATCH)) {
    const secret = seal.unseal(app.userId, app.keyId, app.sealed);
    const to = secret !== null && { sealed: seal.seal(app.userId, secret), keyId: seal.keyId };
    if (!to) unreadable++;
    else if (await ctx.repos.secondFactor.reseal(app, to)) resealed++;
  }
  return { resealed, unreadable };
}

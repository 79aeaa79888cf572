import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { resealRows, type Resealed } from '../kernel/seal.ts';

/**
 * Reseals with the current key the secrets of apps that an older key sealed, so that the older key can be removed. Called by a job.
 * @throws AppError FORBIDDEN
 */
export async function resealAuthenticatorApps(ctx: Context): Promise<Resealed> {
  requireSystem(ctx.actor);
  const { seal } = ctx.pure.secondFactor;
  if (!seal) return { resealed: 0, unreadable: 0 };
  const { secondFactor } = ctx.repos;
  return resealRows(
    seal,
    (after, limit) => secondFactor.sealedByOthers(seal.keyId, after, limit),
    (app, to) => secondFactor.reseal(app, to),
  );
}

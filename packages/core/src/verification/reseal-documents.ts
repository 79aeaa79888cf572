import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import type { Resealed } from '../kernel/seal.ts';

const BATCH = 50;

/**
 * Seals documents with the current key that another one has sealed, or none, so that the other one can be removed. Called by a job.
 * @throws AppError FORBIDDEN
 */
export async function resealDocuments(ctx: Context): Promise<Resealed> {
  requireSystem(ctx.actor);
  const { documents } = ctx.services;
  const outcome = { resealed: 0, unreadable: 0 };
  if (documents.keyId === null) return outcome;
  for (let after = 0; ;) {
    const files = await ctx.repos.verifications.sealedByOthers(documents.keyId, after, BATCH);
    for (const { id, storageKey } of files) {
      const keyId = await documents.reseal(storageKey);
      if (keyId === null) outcome.unreadable++;
      else if (await ctx.repos.verifications.documentSealed(id, keyId)) outcome.resealed++;
    }
    after = files.at(-1)?.id ?? 0;
    if (files.length < BATCH) return outcome;
  }
}

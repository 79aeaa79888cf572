import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import type { Resealed } from '../kernel/seal.ts';

const BATCH = 50;

/** Rows of sealed files. */
interface SealedFiles {
  /** Stored files with a greater id that another key sealed, or none, by id. */
  sealedByOthers(keyId: string, after: number, limit: number): Promise<{ id: number; storageKey: string }[]>;
  /** Another key has sealed it. False when it is gone meanwhile. */
  sealed(id: number, keyId: string): Promise<boolean>;
}

/**
 * Seals files with the current key that another one has sealed, or none, so that the other one can be removed.
 * @throws AppError FORBIDDEN
 */
export async function resealFiles(ctx: Context, rows: SealedFiles): Promise<Resealed> {
  requireSystem(ctx.actor);
  const { documents } = ctx.services;
  const outcome = { resealed: 0, unreadable: 0 };
  if (documents.keyId === null) return outcome;
  for (let after = 0; ;) {
    const files = await rows.sealedByOthers(documents.keyId, after, BATCH);
    for (const { id, storageKey } of files) {
      const keyId = await documents.reseal(storageKey);
      if (keyId === null) outcome.unreadable++;
      else if (await rows.sealed(id, keyId)) outcome.resealed++;
    }
    after = files.at(-1)?.id ?? 0;
    if (files.length < BATCH) return outcome;
  }
}

/** The same for the documents of sellers. Called by a job. @throws AppError FORBIDDEN */
export const resealDocuments = (ctx: Context): Promise<Resealed> =>
  resealFiles(ctx, {
    sealedByOthers: (...page) => ctx.repos.verifications.sealedByOthers(...page),
    sealed: (...file) => ctx.repos.verifications.documentSealed(...file),
  });

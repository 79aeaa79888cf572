import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { ARRIVAL_MS, KEEP_FILES_MS } from './rules.ts';

const BATCH = 100;

/**
 * Deletes files after their retention: of documents that were decided about 30 days ago, of drafts as old, and what was taken
 * out or never arrived. Their rows stay. @returns how many files
 * @throws AppError FORBIDDEN
 */
export async function cleanDocuments(ctx: Context): Promise<number> {
  requireSystem(ctx.actor);
  const ago = (ms: number) => new Date(ctx.now().getTime() - ms);
  const before = { arriving: ago(ARRIVAL_MS), decided: ago(KEEP_FILES_MS), drafts: ago(KEEP_FILES_MS) };
  let cleaned = 0;
  for (;;) {
    const leftovers = await ctx.repos.verifications.leftovers(before, BATCH);
    for (const { id, storageKey } of leftovers) {
      await ctx.services.documents.delete(storageKey);
      await ctx.repos.verifications.documentRemoved(id, ctx.now());
    }
    cleaned += leftovers.length;
    if (leftovers.length < BATCH) return cleaned;
  }
}

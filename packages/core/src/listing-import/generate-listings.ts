import { foldForSearch } from '@assay/contract';
import { requireSystem } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import type { NewListing } from '../listings/ports.ts';
import { ImportRacedError, type ImportRun } from '../imports/ports.ts';

/** A made-up listing, with the name of its made-up seller. */
export interface GeneratedListing {
  /** Its number among those of the run. */
  line: number;
  seller: string;
  listing: Omit<NewListing, 'sellerId' | 'status'>;
  at: Date;
}

/**
 * Writes made-up listings that are for sale, and their sellers. With how far the run has come it is one transaction: stopped, it
 * goes on exactly behind it. Caches are invalidated once, by {@link finishGenerating}. @throws AppError FORBIDDEN; ImportRacedError
 */
export async function generateListings(ctx: Context, run: ImportRun, listings: readonly GeneratedListing[]): Promise<ImportRun> {
  requireSystem(ctx.actor);
  return ctx.change(async (tx) => {
    const next = { ...run, linesDone: listings.at(-1)?.line ?? run.linesDone, imported: run.imported + listings.length };
    if (!(await tx.repos.imports.advance(run, next))) throw new ImportRacedError('Another process generates these listings.');
    const sellers = await sellersOf(tx, run.source, listings);
    await tx.repos.listingImports.insertMany(
      listings.map(({ seller, listing, at }) => ({ sellerId: sellers.get(seller)!, status: 'active', ...listing, at })),
    );
    return next;
  });
}

/** Ends the run, and invalidates all caches. @throws AppError FORBIDDEN */
export function finishGenerating(ctx: Context, run: ImportRun): Promise<void> {
  requireSystem(ctx.actor);
  return ctx.change(async (tx) => {
    await tx.repos.imports.finish(run.id, tx.at);
    await tx.publish('cache.cleared', { sellerId: null });
  });
}

async function sellersOf(tx: Tx, source: string, listings: readonly GeneratedListing[]): Promise<Map<string, number>> {
  const names = [...new Set(listings.map(({ seller }) => seller))];
  const known = await tx.repos.imports.findAccounts(source, names);
  const missing = names.filter((name) => !known.has(name));
  if (missing.length === 0) return known;
  const accounts = missing.map((name) => ({ externalId: name, fullName: name, searchName: foldForSearch(name), since: tx.at }));
  const created = await tx.repos.imports.createAccounts(source, accounts);
  for (const id of created.values()) await tx.repos.sellers.open(id, tx.at);
  return new Map([...known, ...created]);
}

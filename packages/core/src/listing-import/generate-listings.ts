import { foldForSearch } from '@assay/contract';
import { requireSystem } from '../context/actor.ts';
import type { Context, Store } from '../context/context.ts';
import type { NewListing } from '../listings/ports.ts';
import { ImportRacedError, type ImportRun } from '../ratings/import-ratings.ts';

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
 * goes on exactly behind it. Caches are not told: {@link finishGenerating} does that once. @throws AppError FORBIDDEN; ImportRacedError
 */
export async function generateListings(ctx: Context, run: ImportRun, listings: readonly GeneratedListing[]): Promise<ImportRun> {
  requireSystem(ctx.actor);
  return ctx.transaction(async (store) => {
    const next = { ...run, linesDone: listings.at(-1)?.line ?? run.linesDone, imported: run.imported + listings.length };
    if (!(await store.imports.advance(run, next))) throw new ImportRacedError('Another process generates these listings.');
    const sellers = await sellersOf(ctx, store, run.source, listings);
    await store.listingImports.insertMany(
      listings.map(({ seller, listing, at }) => ({ sellerId: sellers.get(seller)!, status: 'active', ...listing, at })),
    );
    return next;
  });
}

/** Says that all are there, and that caches are to read again. @throws AppError FORBIDDEN */
export function finishGenerating(ctx: Context, run: ImportRun): Promise<void> {
  requireSystem(ctx.actor);
  return ctx.transaction(async (store) => {
    await store.imports.finish(run.id, ctx.now());
    await store.outbox.append({ topic: 'cache.cleared', subjectId: 0, payload: {} }, ctx.now());
  });
}

async function sellersOf(ctx: Context, store: Store, source: string, listings: readonly GeneratedListing[]): Promise<Map<string, number>> {
  const names = [...new Set(listings.map(({ seller }) => seller))];
  const known = await store.imports.findAccounts(source, names);
  const missing = names.filter((name) => !known.has(name));
  if (missing.length === 0) return known;
  const accounts = missing.map((name) => ({ externalId: name, fullName: name, searchName: foldForSearch(name), since: ctx.now() }));
  const created = await store.imports.createAccounts(source, accounts);
  for (const id of created.values()) await store.sellers.open(id, ctx.now());
  return new Map([...known, ...created]);
}

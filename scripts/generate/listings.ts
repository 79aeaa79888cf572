import { createHash } from 'node:crypto';
import { parsePriceE8 } from '@assay/contract';
import { finishGenerating, generateListings, startImport, type Context, type GeneratedListing } from '@assay/core';
import { madeUpListings, type ListingPlan } from '../../prisma/seed/made-up-listings.ts';
import { createProgress } from '../lib/progress.ts';

const BATCH = 2000;

function* generated(plan: ListingPlan): Generator<GeneratedListing> {
  for (const { line, seller, price, at, ...listing } of madeUpListings(plan))
    yield { line, seller, at, listing: { ...listing, priceE8: parsePriceE8(price), shippingInfo: null } };
}

/** Generates listings in batches. An interrupted run resumes when it is called again with the same plan. */
export async function generateMadeUpListings(ctx: Context, plan: ListingPlan): Promise<void> {
  const fingerprint = createHash('sha256')
    .update(`generated listings ${JSON.stringify(plan)}`)
    .digest('hex');
  const fileName = `${plan.listings} listings, ${plan.sellers} sellers, seed ${plan.seed}`;
  let run = await startImport(ctx, { source: 'generated', fileName, fingerprint });
  const before = run.linesDone;
  const progress = createProgress('generating', plan.listings, { unit: 'listings' });
  try {
    let batch: GeneratedListing[] = [];
    for (const listing of generated(plan)) {
      if (listing.line <= before) continue;
      batch.push(listing);
      if (batch.length < BATCH && listing.line < plan.listings) continue;
      run = await generateListings(ctx, run, batch);
      progress.update(run.linesDone);
      batch = [];
    }
    if (!run.finished) await finishGenerating(ctx, run);
  } finally {
    progress.stop();
  }
  const state = before >= plan.listings ? 'existed already' : 'exist now';
  console.log(`${plan.listings.toLocaleString('en')} listings of up to ${plan.sellers.toLocaleString('en')} sellers ${state}.`);
}

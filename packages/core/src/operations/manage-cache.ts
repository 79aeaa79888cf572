import type { CacheReport, WarmUpReport } from '@assay/contract';
import { requireOperator } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { explainScore } from '../insights/explain-score.ts';
import { requireSeller } from '../sellers/require-seller.ts';
import { getSellerPage } from '../sellers/seller-page.ts';
import { getSeller, getStorefront } from '../sellers/sellers.ts';
import { entriesOf } from '../cache/parts.ts';

/** Sellers that are read at a time, and warmed up at the same time. */
const CHUNK = 200;
const AT_ONCE = 4;

/** State of the cache, and its entries for a seller. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function getCacheReport(ctx: Context, input: { seller?: number | undefined }): Promise<CacheReport> {
  requireOperator(ctx.actor);
  const { invalidations } = ctx.repos;
  const [everywhere, pending, last, seller] = await Promise.all([
    ctx.cache.everywhere(),
    invalidations.countPending(),
    invalidations.last(),
    input.seller === undefined ? null : ctx.cache.inspect(entriesOf(input.seller, ctx.now())),
  ]);
  return {
    stats: ctx.cache.stats(),
    everywhere,
    invalidations: {
      pending,
      last: last && {
        id: last.id,
        sellerId: last.sellerId,
        component: last.component,
        triggeredAt: last.triggeredAt.toISOString(),
        completedAt: last.completedAt?.toISOString() ?? null,
      },
    },
    seller,
  };
}

/** Clears the cache in all processes, of every seller or of one. @throws AppError UNAUTHENTICATED, FORBIDDEN, SELLER_NOT_FOUND */
export async function clearCache(ctx: Context, input: { seller?: number | undefined }): Promise<void> {
  requireOperator(ctx.actor);
  const { seller } = input;
  await ctx.change(async (tx) => {
    if (seller !== undefined) await requireSeller(tx.repos, seller);
    await tx.audit('cache.cleared', 'cache', seller ?? 'all');
    await tx.publish('cache.cleared', { sellerId: seller ?? null });
  });
}

/**
 * Loads what visitors will ask for first: the first page, then the sellers with most ratings.
 * @param input.limit how many sellers at most
 * @throws AppError UNAUTHENTICATED, FORBIDDEN
 */
export async function warmUpCache(ctx: Context, input: { limit: number }): Promise<WarmUpReport> {
  requireOperator(ctx.actor);
  const from = performance.now();
  const allVisitors = ctx.as({ kind: 'system', name: 'cache' }); // it has every feature that any user has
  await getStorefront(allVisitors);
  let sellers = 0;
  let entries = 1;
  for (let after: number[] | undefined; sellers < input.limit;) {
    const limit = Math.min(CHUNK, input.limit - sellers);
    const rows = await ctx.repos.sellers.find({ scored: true, sort: 'ratings', limit, after });
    for (let i = 0; i < rows.length; i += AT_ONCE)
      await Promise.all(rows.slice(i, i + AT_ONCE).map(({ id }) => warmUpSeller(allVisitors, id)));
    sellers += rows.length;
    entries += rows.length * ENTRIES_OF_A_SELLER;
    after = rows.at(-1)?.sortKeys;
    if (rows.length < limit) break;
  }
  const { state } = ctx.cache.stats();
  const report = { sellers, entries: state === 'off' ? 0 : entries, tookMs: Math.round(performance.now() - from), state };
  await ctx.change((tx) => tx.audit('cache.warmed-up', 'cache', 'all', { sellers }));
  return report;
}

const ENTRIES_OF_A_SELLER = 3;

async function warmUpSeller(allVisitors: Context, id: number): Promise<void> {
  await getSeller(allVisitors, id);
  await getSellerPage(allVisitors, { id, sort: 'newest', limit: 10 });
  await explainScore(allVisitors, { sellerId: id });
}

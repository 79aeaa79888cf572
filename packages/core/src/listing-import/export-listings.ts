import type { ListingColumn } from '@assay/contract';
import { requireSystem, requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { toCells } from './cells.ts';

const PAGE = 200;

/** All listings of the actor, in the order in which they were made, in pages: never all in memory. @throws AppError UNAUTHENTICATED */
export function exportListings(ctx: Context): AsyncGenerator<Record<ListingColumn, string>[]> {
  return pagesOf(ctx, requireUser(ctx.actor).id);
}

/** The same for a seller, by a command. @throws AppError FORBIDDEN */
export function exportListingsOf(ctx: Context, sellerId: number): AsyncGenerator<Record<ListingColumn, string>[]> {
  requireSystem(ctx.actor);
  return pagesOf(ctx, sellerId);
}

async function* pagesOf(ctx: Context, sellerId: number): AsyncGenerator<Record<ListingColumn, string>[]> {
  let after: number[] | undefined;
  for (;;) {
    const rows = await ctx.repos.listings.listOwn({ sellerId, sort: 'oldest', limit: PAGE, after });
    if (rows.length > 0) yield rows.map(toCells);
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    after = [last.id];
  }
}

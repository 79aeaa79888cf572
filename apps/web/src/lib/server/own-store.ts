import { apiErrorOf, type ApiClient } from '@assay/client';
import type { Account, OrderCounts } from '@assay/contract';

/** How many ratings a seller's own pages say that they have; null for who has no store, or no ratings to see. */
export async function ownRatings(api: ApiClient, me: Account | null): Promise<number | null> {
  if (!me?.roles.includes('seller')) return null;
  return (await api.sellers.get.query({ id: me.id })).summary?.totalRatings ?? null;
}

/** How many sales wait for a seller, for the seller's own pages; null for who does not sell, or where the API does not say. */
export async function waitingSales(api: ApiClient, me: Account | null): Promise<{ waiting: OrderCounts | null }> {
  if (!me?.roles.includes('seller')) return { waiting: null };
  return { waiting: await api.orders.counts.query().catch(nullWhereKnown) };
}

/** The page itself shows what goes wrong. */
function nullWhereKnown(thrown: unknown): null {
  if (apiErrorOf(thrown)) return null;
  throw thrown;
}

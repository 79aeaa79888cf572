import { apiErrorOf, type ApiClient } from '@assay/client';
import type { Account } from '@assay/contract';

/** How many ratings a seller's own pages say that they have; null for who has no store, or no ratings to see. */
export async function ownRatings(api: ApiClient, me: Account | null): Promise<number | null> {
  if (!me?.roles.includes('seller')) return null;
  return (await api.sellers.get.query({ id: me.id })).summary?.totalRatings ?? null;
}

/** How many sales a seller has to ship, for the seller's navigation; null for who does not sell, or where the API does not say. */
export async function ordersToShip(api: ApiClient, me: Account | null): Promise<number | null> {
  if (!me?.roles.includes('seller')) return null;
  return (await api.orders.counts.query().catch(nullWhereKnown))?.toShip ?? null;
}

/** The page itself shows what goes wrong. */
function nullWhereKnown(thrown: unknown): null {
  if (apiErrorOf(thrown)) return null;
  throw thrown;
}

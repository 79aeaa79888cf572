import type { ApiClient } from '@assay/client';
import type { Account } from '@assay/contract';

/** How many ratings a seller's own pages say that they have; null for who has no store, or no ratings to see. */
export async function ownRatings(api: ApiClient, me: Account | null): Promise<number | null> {
  if (!me?.roles.includes('seller')) return null;
  return (await api.sellers.get.query({ id: me.id })).summary?.totalRatings ?? null;
}

import type { ApiClient } from '@assay/client';
import { listingValues } from './listing-form.ts';

const KEPT = /^(currency|escrowEnabled|ships|pickup|ships.+|handling.+|shippingPrice|countries)$/;

/** What a new listing begins with: currency, escrow and shipping of the one before. */
export async function firstValues(api: ApiClient): Promise<Record<string, string>> {
  const { items } = await api.listings.mine.query({ sort: 'newest', limit: 1 });
  const [last] = items;
  return last ? Object.fromEntries(Object.entries(listingValues(last)).filter(([name]) => KEPT.test(name))) : {};
}

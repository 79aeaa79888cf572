import type { Store } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import type { SellerRow } from './ports.ts';

/** @throws AppError SELLER_NOT_FOUND */
export async function requireSeller(store: Store, id: number): Promise<SellerRow> {
  const row = await store.sellers.findById(id);
  if (!row) throw new AppError('SELLER_NOT_FOUND');
  return row;
}

import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import type { SellerRow } from './ports.ts';

/** @throws AppError SELLER_NOT_FOUND */
export async function requireSeller(repos: Repositories, id: number): Promise<SellerRow> {
  const row = await repos.sellers.findById(id);
  if (!row) throw new AppError('SELLER_NOT_FOUND');
  return row;
}

import type { Repositories } from '../kernel/repositories.ts';
import { AppError } from '../kernel/errors.ts';
import type { SellerRow } from './ports.ts';

/** @throws AppError SELLER_NOT_FOUND, STORE_GONE (its account was deleted) */
export async function requireSeller(repos: Repositories, id: number): Promise<SellerRow> {
  const row = await repos.sellers.findById(id);
  if (!row) throw new AppError((await repos.accounts.findById(id))?.deletedAt ? 'STORE_GONE' : 'SELLER_NOT_FOUND');
  return row;
}

import { MAX_ID, type SellerKey } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';

/** Whether the unified API is there for the actor. */
const unifiedApiIsOn = (ctx: Context): Promise<boolean> => ctx.flags.isOn('seller-unified-api');

/** @throws AppError NOT_FOUND while the unified API is switched off */
export async function requireUnifiedApi(ctx: Context): Promise<void> {
  if (!(await unifiedApiIsOn(ctx))) throw new AppError('NOT_FOUND');
}

/** The seller with that id or wallet. @throws AppError SELLER_NOT_FOUND for a wallet without an account */
async function userOf(ctx: Context, key: SellerKey): Promise<number> {
  const id = 'wallet' in key ? await ctx.repos.sellers.idByWallet(key.wallet) : key.id;
  if (id === null || id > MAX_ID) throw new AppError('SELLER_NOT_FOUND');
  return id;
}

/** The seller whom a path names. @throws AppError NOT_FOUND, SELLER_NOT_FOUND */
export async function resolveSeller(ctx: Context, key: SellerKey): Promise<number> {
  await requireUnifiedApi(ctx);
  return userOf(ctx, key);
}

/**
 * The actor, when the path names them: only sellers change their own data and see their dashboard.
 * @throws AppError NOT_FOUND, UNAUTHENTICATED, SELLER_NOT_FOUND, FORBIDDEN
 */
export async function requireSellerThemselves(ctx: Context, key: SellerKey): Promise<number> {
  await requireUnifiedApi(ctx);
  const { id } = requireUser(ctx.actor);
  if ((await userOf(ctx, key)) !== id) throw new AppError('FORBIDDEN');
  return id;
}

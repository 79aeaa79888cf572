import { LIVE_PATH, SELLER_LIVE_PATH, SellerKey, type LiveRequest } from '@assay/contract';
import { AppError, getSeller, resolveSeller, type Actor } from '@assay/core';
import type { Container } from '../container.ts';

const pathOf = (url: string) => url.split('?')[0]!;
/** The key of a seller in `/seller/KEY`; null in another path. */
const sellerIn = (path: string) =>
  path.startsWith(`${SELLER_LIVE_PATH}/`) ? (SellerKey.safeParse(path.slice(SELLER_LIVE_PATH.length + 1)).data ?? null) : null;
/** Where a seller's programs listen for what happens to their account. */
const OWN_PATH = `${SELLER_LIVE_PATH}/ws`;
const isCommon = (path: string) => path === LIVE_PATH || path === OWN_PATH;

/** Can there be a socket at this address? */
export const isLiveAddress = (url: string): boolean => isCommon(pathOf(url)) || sellerIn(pathOf(url)) !== null;

/**
 * What a socket at this address subscribes to as soon as it is open: nothing, the signed-in account, or the seller whom the address
 * names, as the founding documents have it. @returns undefined where no socket is accepted
 */
export async function firstSubscription(container: Container, actor: Actor, url: string): Promise<LiveRequest | null | undefined> {
  const path = pathOf(url);
  if (path === OWN_PATH && actor.kind === 'user') return { subscribe: 'account' };
  const key = sellerIn(path);
  if (!key) return isCommon(path) ? null : undefined;
  const ctx = container.context(actor, 'live');
  try {
    const { id } = await getSeller(ctx, await resolveSeller(ctx, key));
    return { subscribe: 'seller', sellerId: id };
  } catch (error) {
    if (error instanceof AppError) return undefined; // no such seller
    throw error;
  }
}

import type { FollowState } from '@assay/contract';
import { requireProvedAccount } from '../accounts/require-proved.ts';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireSeller } from '../sellers/require-seller.ts';

/** @param change returns whether anything changed @throws AppError SELLER_NOT_FOUND */
function setFollowing(ctx: Context, sellerId: number, following: boolean, change: (tx: Tx) => Promise<boolean>): Promise<FollowState> {
  return ctx.change(async (tx) => {
    await requireSeller(tx.repos, sellerId);
    if (await change(tx)) await tx.publish('store.followed', { sellerId });
    return { sellerId, following, followers: await tx.repos.stores.countFollowers(sellerId) };
  });
}

/**
 * Follows a store; nothing happens where the actor does already.
 * @throws AppError UNAUTHENTICATED, OWN_FOLLOW, SELLER_NOT_FOUND, EMAIL_NOT_VERIFIED (neither a proved address nor a wallet)
 */
export async function followStore(ctx: Context, { sellerId }: { sellerId: number }): Promise<FollowState> {
  const { id } = requireUser(ctx.actor);
  if (sellerId === id) throw new AppError('OWN_FOLLOW');
  return setFollowing(ctx, sellerId, true, async (tx) => {
    await requireProvedAccount(tx.repos, id);
    return tx.repos.stores.follow(sellerId, id, tx.at);
  });
}

/** Follows a store no more; nothing happens where the actor does not. @throws AppError UNAUTHENTICATED, SELLER_NOT_FOUND */
export async function unfollowStore(ctx: Context, { sellerId }: { sellerId: number }): Promise<FollowState> {
  const { id } = requireUser(ctx.actor);
  return setFollowing(ctx, sellerId, false, (tx) => tx.repos.stores.unfollow(sellerId, id));
}

/** Does the actor follow a store? Null for visitors and for the seller. */
export async function followingOf(ctx: Context, sellerId: number): Promise<boolean | null> {
  if (ctx.actor.kind !== 'user' || ctx.actor.id === sellerId) return null;
  return ctx.repos.stores.isFollowing(sellerId, ctx.actor.id);
}

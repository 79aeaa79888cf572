import type { FollowState } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context, Store } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { requireSeller } from '../sellers/require-seller.ts';

/** @param change returns whether anything changed @throws AppError SELLER_NOT_FOUND */
function setFollowing(
  ctx: Context,
  sellerId: number,
  following: boolean,
  change: (store: Store) => Promise<boolean>,
): Promise<FollowState> {
  return ctx.transaction(async (store) => {
    await requireSeller(store, sellerId);
    if (await change(store)) await store.outbox.append({ topic: 'store.followed', subjectId: sellerId, payload: {} }, ctx.now());
    return { sellerId, following, followers: await store.stores.countFollowers(sellerId) };
  });
}

/**
 * Follows a store; nothing happens where the actor does already.
 * @throws AppError UNAUTHENTICATED, OWN_FOLLOW, SELLER_NOT_FOUND
 */
export async function followStore(ctx: Context, { sellerId }: { sellerId: number }): Promise<FollowState> {
  const { id } = requireUser(ctx.actor);
  if (sellerId === id) throw new AppError('OWN_FOLLOW');
  return setFollowing(ctx, sellerId, true, ({ stores }) => stores.follow(sellerId, id, ctx.now()));
}

/** Follows a store no more; nothing happens where the actor does not. @throws AppError UNAUTHENTICATED, SELLER_NOT_FOUND */
export async function unfollowStore(ctx: Context, { sellerId }: { sellerId: number }): Promise<FollowState> {
  const { id } = requireUser(ctx.actor);
  return setFollowing(ctx, sellerId, false, ({ stores }) => stores.unfollow(sellerId, id));
}

/** Does the actor follow a store? Null for whoever could not. */
export async function followingOf(ctx: Context, sellerId: number): Promise<boolean | null> {
  if (ctx.actor.kind !== 'user' || ctx.actor.id === sellerId) return null;
  return ctx.store.stores.isFollowing(sellerId, ctx.actor.id);
}

import type { FollowState } from '@assay/contract';
import { requireUser } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';

/**
 * Follows a store; nothing happens where the actor does already.
 * @throws AppError UNAUTHENTICATED, OWN_FOLLOW, SELLER_NOT_FOUND
 */
export async function followStore(ctx: Context, { sellerId }: { sellerId: number }): Promise<FollowState> {
  const { id } = requireUser(ctx.actor);
  if (sellerId === id) throw new AppError('OWN_FOLLOW');
  return ctx.transaction(async (store) => {
    if (!(await store.sellers.findById(sellerId))) throw new AppError('SELLER_NOT_FOUND');
    if (await store.stores.follow(sellerId, id, ctx.now()))
      await store.outbox.append({ topic: 'store.followed', subjectId: sellerId, payload: {} }, ctx.now());
    return { sellerId, following: true, followers: await store.stores.countFollowers(sellerId) };
  });
}

/** Follows a store no more; nothing happens where the actor does not. @throws AppError UNAUTHENTICATED, SELLER_NOT_FOUND */
export async function unfollowStore(ctx: Context, { sellerId }: { sellerId: number }): Promise<FollowState> {
  const { id } = requireUser(ctx.actor);
  return ctx.transaction(async (store) => {
    if (!(await store.sellers.findById(sellerId))) throw new AppError('SELLER_NOT_FOUND');
    if (await store.stores.unfollow(sellerId, id))
      await store.outbox.append({ topic: 'store.followed', subjectId: sellerId, payload: {} }, ctx.now());
    return { sellerId, following: false, followers: await store.stores.countFollowers(sellerId) };
  });
}

/** Does the actor follow a store? Null for whoever could not. */
export async function followingOf(ctx: Context, sellerId: number): Promise<boolean | null> {
  if (ctx.actor.kind !== 'user' || ctx.actor.id === sellerId) return null;
  return ctx.store.stores.isFollowing(sellerId, ctx.actor.id);
}

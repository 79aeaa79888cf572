import { FeaturedInput, FollowingQuery, Id, StoreListingsQuery, StoreSettingsInput } from '@assay/contract';
import {
  followStore,
  getStoreSettings,
  listFollowing,
  listStoreListings,
  lookAtFollowing,
  saveStoreSettings,
  setFeaturedListings,
  unfollowStore,
} from '@assay/core';
import { z } from 'zod';
import { procedure, router } from './trpc.ts';

const OfSeller = z.object({ sellerId: Id });

export const storesRouter = router({
  settings: procedure.query(({ ctx }) => getStoreSettings(ctx.ctx)),
  save: procedure.input(StoreSettingsInput).mutation(({ ctx, input }) => saveStoreSettings(ctx.ctx, input)),
  feature: procedure.input(FeaturedInput).mutation(({ ctx, input }) => setFeaturedListings(ctx.ctx, input)),
  listings: procedure.input(OfSeller.extend(StoreListingsQuery.shape)).query(({ ctx, input }) => listStoreListings(ctx.ctx, input)),
  follow: procedure.input(OfSeller).mutation(({ ctx, input }) => followStore(ctx.ctx, input)),
  unfollow: procedure.input(OfSeller).mutation(({ ctx, input }) => unfollowStore(ctx.ctx, input)),
  following: procedure.input(FollowingQuery).query(({ ctx, input }) => listFollowing(ctx.ctx, input)),
  look: procedure.mutation(({ ctx }) => lookAtFollowing(ctx.ctx)),
});

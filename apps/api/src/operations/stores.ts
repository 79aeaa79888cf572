import {
  FeaturedInput,
  Following,
  FollowingQuery,
  FollowState,
  SellerView,
  StoreListings,
  StoreListingsQuery,
  StoreSettings,
  StoreSettingsInput,
  StoreView,
  VacationInput,
} from '@assay/contract';
import {
  followStore,
  getStoreSettings,
  getStoreView,
  listFollowing,
  listStoreListings,
  visitFollowing,
  saveStoreSettings,
  setFeaturedListings,
  setVacation,
  unfollowStore,
} from '@assay/core';
import { BySeller } from './inputs.ts';
import { del, get, mutation, put, query, restOnly } from './operation.ts';

const names = { id: 'sellerId' };

export const stores = {
  view: restOnly(
    query({
      use: getStoreView,
      input: BySeller,
      output: StoreView,
      as: 'anyone',
      rest: get('/sellers/:id/store', 'What a seller says of their store, and how many follow it', {
        names,
        cache: 'public',
        errors: [404],
      }),
    }),
  ),
  listings: query({
    use: listStoreListings,
    input: BySeller.extend(StoreListingsQuery.shape),
    output: StoreListings,
    as: 'anyone',
    rest: get('/sellers/:id/listings', 'What a store offers now, newest first', { names, cache: 'public' }),
  }),
  follow: mutation({
    use: followStore,
    input: BySeller,
    output: FollowState,
    as: 'user',
    rest: put('/sellers/:id/follow', 'Follow a store', {
      names,
      description: 'Nothing changes where you do already.',
      errors: [403, 404, 409],
    }),
  }),
  unfollow: mutation({
    use: unfollowStore,
    input: BySeller,
    output: FollowState,
    as: 'user',
    rest: del('/sellers/:id/follow', 'Unfollow a store', {
      names,
      description: 'Nothing changes where you do not follow it.',
      errors: [404],
    }),
  }),
  following: query({
    use: listFollowing,
    input: FollowingQuery,
    output: Following,
    as: 'user',
    rest: get('/following', 'The stores that I follow, with their newest listings'),
  }),
  /** The signed-in visitor saw the page of followed stores. */
  look: mutation({ use: visitFollowing, as: 'user' }),
  settings: query({
    use: getStoreSettings,
    output: StoreSettings,
    as: 'user',
    rest: get('/store', 'My store, as I have set it up', { errors: [404] }),
  }),
  save: mutation({
    use: saveStoreSettings,
    input: StoreSettingsInput,
    output: StoreSettings,
    as: 'user',
    rest: put('/store', 'Say what my store is about, its colour and its policies', {
      description:
        'Send the `version` that it was read with. A colour has to reach a contrast of 4.5 : 1 on every ground of both themes; the answer to one that cannot names the nearest that can.',
      errors: [404, 409, 422],
    }),
  }),
  vacation: mutation({
    use: setVacation,
    input: VacationInput,
    output: SellerView,
    as: 'user',
    rest: put('/store/vacation', 'Close my store until a day, or open it', {
      description: 'Meanwhile its listings cannot be ordered. It opens again by itself at the beginning of that day (UTC).',
      errors: [404],
    }),
  }),
  feature: mutation({
    use: setFeaturedListings,
    input: FeaturedInput,
    output: StoreSettings,
    as: 'user',
    rest: put('/store/featured', 'Say which of my listings come first', { errors: [404, 409] }),
  }),
};

import {
  DashboardQuery,
  SellerKey,
  UnifiedListingInput,
  UnifiedListingsQuery,
  UnifiedProfileInput,
  UnifiedSellerDashboard,
  UnifiedSellerListing,
  UnifiedSellerListings,
  UnifiedSellerProfile,
} from '@assay/contract';
import {
  createUnifiedListing,
  getUnifiedDashboard,
  getUnifiedListings,
  getUnifiedProfile,
  saveUnifiedProfile,
  toUnifiedListing,
  type Context,
} from '@assay/core';
import { z } from 'zod';
import { get, MARKETPLACE, mutation, patch, post, query, restOnly } from './operation.ts';

const description = 'The seller is named by a wallet address or by their number.';
const ownOnly = `${description} Only for the seller themselves.`;
const common = { base: MARKETPLACE, names: { wallet: 'seller' }, description } as const;
const ByKey = z.object({ seller: SellerKey });
type Named = z.output<typeof ByKey>;
const changeProfile = {
  ...common,
  description: `${ownOnly} What is left out stays as it is. An account without a store opens one.`,
  errors: [403, 404],
};

/** The founding documents' addresses, over the same use cases as /api/v1. */
export const marketplace = {
  profile: restOnly(
    query({
      use: (ctx: Context, { seller }: Named) => getUnifiedProfile(ctx, seller),
      input: ByKey,
      output: UnifiedSellerProfile,
      as: 'anyone',
      rest: get('/:wallet/profile', 'A seller’s profile', { ...common, signIn: 'optional', cache: 'private', errors: [404] }),
    }),
  ),
  saveProfile: restOnly(
    mutation({
      use: saveUnifiedProfile,
      input: z.intersection(ByKey, UnifiedProfileInput),
      output: UnifiedSellerProfile,
      as: 'user',
      rest: [
        post('/:wallet/profile', 'Change my profile', changeProfile),
        patch('/:wallet/profile', 'Change my profile, as POST does', changeProfile),
      ],
    }),
  ),
  listings: restOnly(
    query({
      use: getUnifiedListings,
      input: ByKey.extend(UnifiedListingsQuery.shape),
      output: UnifiedSellerListings,
      as: 'anyone',
      rest: get('/:wallet/listings', 'What a seller offers, newest first', {
        ...common,
        signIn: 'optional',
        cache: 'private',
        errors: [404],
      }),
    }),
  ),
  createListing: restOnly(
    mutation({
      use: async (ctx: Context, input: Named & UnifiedListingInput) => toUnifiedListing(await createUnifiedListing(ctx, input)),
      input: z.intersection(ByKey, UnifiedListingInput),
      output: UnifiedSellerListing,
      as: 'user',
      rest: post('/:wallet/listings', 'Offer something for sale', { ...common, description: ownOnly, status: 201, errors: [403, 404] }),
    }),
  ),
  dashboard: restOnly(
    query({
      use: getUnifiedDashboard,
      input: ByKey.extend(DashboardQuery.shape),
      output: UnifiedSellerDashboard,
      as: 'user',
      rest: get('/:wallet/dashboard', 'My store at a glance', { ...common, description: ownOnly, errors: [403, 404] }),
    }),
  ),
};

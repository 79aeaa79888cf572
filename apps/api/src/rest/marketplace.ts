import {
  DashboardQuery,
  SellerKey,
  UnifiedListingInput,
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
} from '@assay/core';
import { z } from 'zod';
import { MARKETPLACE, route, type Route } from './route.ts';

const params = z.object({ wallet: SellerKey });
const common = { base: MARKETPLACE, tag: 'Marketplace', params } as const;
const description = 'The seller is named by a wallet address or by their number.';
const ownOnly = `${description} Only for the seller themselves.`;

const saveProfile = route({
  ...common,
  method: 'post',
  path: '/:wallet/profile',
  summary: 'Change my profile',
  description: `${ownOnly} What is left out stays as it is. Whoever has no store yet opens one.`,
  auth: 'required',
  body: UnifiedProfileInput,
  status: 200,
  response: UnifiedSellerProfile,
  errors: [403, 404],
  handle: ({ ctx, params: { wallet }, body }) => saveUnifiedProfile(ctx, { ...body, seller: wallet }),
});

/** The addresses of the founding documents, over the same use cases as /api/v1. */
export const marketplaceRoutes: Route[] = [
  route({
    ...common,
    method: 'get',
    path: '/:wallet/profile',
    summary: 'A seller’s profile',
    description,
    auth: 'optional',
    status: 200,
    response: UnifiedSellerProfile,
    cache: 'private',
    errors: [404],
    handle: ({ ctx, params: { wallet } }) => getUnifiedProfile(ctx, wallet),
  }),
  saveProfile,
  { ...saveProfile, method: 'patch', summary: 'Change my profile, as POST does' },
  route({
    ...common,
    method: 'get',
    path: '/:wallet/listings',
    summary: 'What a seller offers',
    description,
    auth: 'optional',
    status: 200,
    response: UnifiedSellerListings,
    cache: 'private',
    errors: [404],
    handle: ({ ctx, params: { wallet } }) => getUnifiedListings(ctx, wallet),
  }),
  route({
    ...common,
    method: 'post',
    path: '/:wallet/listings',
    summary: 'Offer something for sale',
    description: ownOnly,
    auth: 'required',
    body: UnifiedListingInput,
    status: 201,
    response: UnifiedSellerListing,
    view: toUnifiedListing,
    idempotent: true,
    errors: [403, 404],
    handle: ({ ctx, params: { wallet }, body }) => createUnifiedListing(ctx, { ...body, seller: wallet }),
  }),
  route({
    ...common,
    method: 'get',
    path: '/:wallet/dashboard',
    summary: 'My store at a glance',
    description: ownOnly,
    auth: 'required',
    query: DashboardQuery,
    status: 200,
    response: UnifiedSellerDashboard,
    errors: [403, 404],
    handle: ({ ctx, params: { wallet }, query }) => getUnifiedDashboard(ctx, { ...query, seller: wallet }),
  }),
];

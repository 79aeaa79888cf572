import {
  BulkEditInput,
  BulkEditResult,
  CreateListingInput,
  EditListingInput,
  IdText,
  LISTING_MOVE_NAMES,
  ListingView,
  OwnListing,
  OwnListingDetail,
  OwnListingsPage,
  OwnListingsQuery,
} from '@assay/contract';
import {
  bulkEditListings,
  createListing,
  deleteDraft,
  editListing,
  getListing,
  getOwnListing,
  listOwnListings,
  moveListing,
} from '@assay/core';
import { z } from 'zod';
import { route } from './route.ts';

const IdParams = z.object({ id: IdText });
const tag = 'Listings';

const MOVE_SUMMARIES = {
  publish: 'Offer a draft for sale',
  pause: 'Take a listing off sale for a while',
  resume: 'Put a paused listing on sale again',
  markSold: 'Say that a listing is sold',
  relist: 'Offer a sold listing again',
  archive: 'Put a listing away',
  restore: 'Take a listing out of the archive: it is a draft then',
};

/** "markSold" is "mark-sold" in an address. */
const wordOf = (move: string) => move.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const readRoutes = [
  route({
    method: 'get',
    path: '/listings/:id',
    tag,
    summary: 'A listing',
    description: 'Drafts and archived ones are there for their seller alone.',
    auth: 'optional',
    params: IdParams,
    status: 200,
    response: ListingView,
    cache: 'private',
    errors: [404],
    handle: ({ ctx, params }) => getListing(ctx, params.id),
  }),
  route({
    method: 'get',
    path: '/listings/mine',
    tag,
    summary: 'My listings, in all their states',
    auth: 'required',
    query: OwnListingsQuery,
    status: 200,
    response: OwnListingsPage,
    handle: ({ ctx, query }) => listOwnListings(ctx, query),
  }),
  route({
    method: 'get',
    path: '/listings/mine/:id',
    tag,
    summary: 'A listing of mine and its moves',
    auth: 'required',
    params: IdParams,
    status: 200,
    response: OwnListingDetail,
    errors: [404],
    handle: ({ ctx, params }) => getOwnListing(ctx, params),
  }),
];

const writeRoutes = [
  route({
    method: 'post',
    path: '/listings',
    tag,
    summary: 'Write a draft, or offer something for sale',
    description: 'For sale at once with `publish`. Whoever lists is a seller from then on.',
    auth: 'required',
    body: CreateListingInput,
    status: 201,
    response: OwnListing,
    idempotent: true,
    errors: [404, 409, 422],
    handle: ({ ctx, body }) => createListing(ctx, body),
  }),
  route({
    method: 'patch',
    path: '/listings/:id',
    tag,
    summary: 'Change a listing of mine',
    description: 'What is left out stays. Orders that were placed keep what was agreed. An edit of an older `version` is refused.',
    auth: 'required',
    params: IdParams,
    body: EditListingInput,
    status: 200,
    response: OwnListing,
    errors: [404, 409, 422],
    handle: ({ ctx, params, body }) => editListing(ctx, { ...body, id: params.id }),
  }),
  route({
    method: 'delete',
    path: '/listings/:id',
    tag,
    summary: 'Throw a draft away that was never published',
    auth: 'required',
    params: IdParams,
    status: 204,
    errors: [404, 409],
    handle: ({ ctx, params }) => deleteDraft(ctx, params),
  }),
  route({
    method: 'post',
    path: '/listings/bulk',
    tag,
    summary: 'Change many listings of mine, or see what would change',
    description:
      'Prices are changed in exact decimal arithmetic and rounded to the digits of their currency, half away from zero. ' +
      'Each listing is changed or refused by itself.',
    auth: 'required',
    body: BulkEditInput,
    status: 200,
    response: BulkEditResult,
    idempotent: true,
    handle: ({ ctx, body }) => bulkEditListings(ctx, body),
  }),
  ...LISTING_MOVE_NAMES.map((move) =>
    route({
      method: 'post',
      path: `/listings/:id/${wordOf(move)}`,
      tag,
      summary: MOVE_SUMMARIES[move],
      auth: 'required',
      params: IdParams,
      status: 200,
      response: OwnListing,
      idempotent: true,
      errors: [404, 409, ...(move === 'publish' ? [422] : [])],
      handle: ({ ctx, params }) => moveListing(ctx, { id: params.id, move }),
    }),
  ),
];

export const listingRoutes = [...readRoutes, ...writeRoutes];

import {
  BulkEditInput,
  BulkEditResult,
  CreateListingInput,
  EditListingInput,
  ListingMove,
  LISTING_MOVE_NAMES,
  ListingSearchPage,
  ListingView,
  OwnListing,
  OwnListingDetail,
  OwnListingsPage,
  OwnListingsQuery,
  SearchListingsQuery,
} from '@assay/contract';
import {
  bulkEditListings,
  createListing,
  deleteDraft,
  editListing,
  getListing,
  getOwnListing,
  listOwnListings,
  transitionListing,
  searchListings,
  type Context,
} from '@assay/core';
import { z } from 'zod';
import { ById } from './inputs.ts';
import { del, get, mutation, patch, post, query } from './operation.ts';

const TRANSITIONS = {
  publish: 'Offer a draft for sale',
  pause: 'Take a listing off sale for a while',
  resume: 'Put a paused listing on sale again',
  markSold: 'Say that a listing is sold',
  relist: 'Offer a sold listing again',
  archive: 'Put a listing away',
  restore: 'Take a listing out of the archive: it is a draft then',
} satisfies Record<ListingMove, string>;

/** "markSold" is "mark-sold" in an address. */
const segmentOf = (move: string) => move.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Listings as files: rest/listing-files.ts. */
export const listings = {
  get: query({
    use: (ctx: Context, { id }: ById) => getListing(ctx, id),
    input: ById,
    output: ListingView,
    as: 'anyone',
    rest: get('/listings/:id', 'A listing', {
      description: 'Drafts and archived ones are there for their seller alone.',
      signIn: 'optional',
      cache: 'private',
      errors: [404],
    }),
  }),
  mine: query({
    use: listOwnListings,
    input: OwnListingsQuery,
    output: OwnListingsPage,
    as: 'user',
    rest: get('/listings/mine', 'My listings, in all their states'),
  }),
  own: query({
    use: getOwnListing,
    input: ById,
    output: OwnListingDetail,
    as: 'user',
    rest: get('/listings/mine/:id', 'A listing of mine and its moves', { errors: [404] }),
  }),
  create: mutation({
    use: createListing,
    input: CreateListingInput,
    output: OwnListing,
    as: 'user',
    rest: post('/listings', 'Write a draft, or offer something for sale', {
      description: 'For sale at once with `publish`. The first listing makes its owner a seller.',
      status: 201,
      errors: [404, 409, 422],
    }),
  }),
  edit: mutation({
    use: editListing,
    input: z.intersection(ById, EditListingInput),
    output: OwnListing,
    as: 'user',
    rest: patch('/listings/:id', 'Change a listing of mine', {
      description: 'What is left out stays. Orders that were placed keep what was agreed. An edit of an older `version` is refused.',
      errors: [404, 409, 422],
    }),
  }),
  deleteDraft: mutation({
    use: deleteDraft,
    input: ById,
    as: 'user',
    rest: del('/listings/:id', 'Delete a draft that was never published', { status: 204, errors: [404, 409] }),
  }),
  bulkEdit: mutation({
    use: bulkEditListings,
    input: BulkEditInput,
    output: BulkEditResult,
    as: 'user',
    rest: post('/listings/bulk', 'Change many listings of mine, or see what would change', {
      description:
        'Prices are changed in exact decimal arithmetic and rounded to the digits of their currency, half away from zero. ' +
        'Each listing is changed or refused by itself.',
    }),
  }),
  move: mutation({
    use: transitionListing,
    input: ById.extend({ move: ListingMove }),
    output: OwnListing,
    as: 'user',
    rest: LISTING_MOVE_NAMES.map((move) =>
      post(`/listings/:id/${segmentOf(move)}`, TRANSITIONS[move], {
        fixed: { move },
        errors: [404, 409, ...(move === 'publish' ? [422] : [])],
      }),
    ),
  }),
  search: query({
    use: searchListings,
    input: SearchListingsQuery,
    output: ListingSearchPage,
    as: 'anyone',
    rest: get('/listings', 'Find listings', {
      description:
        'What is for sale, by words, category and price. Counts are exact up to 1,000. Where very many listings match words, the newest of ' +
        'them are sorted, and `considered` says how many.',
      cache: 'public',
    }),
  }),
};

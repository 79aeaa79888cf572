import {
  BulkEditInput,
  CreateListingInput,
  EditListingInput,
  Id,
  ListingMove,
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
  moveListing,
  searchListings,
} from '@assay/core';
import { z } from 'zod';
import { procedure, router } from './trpc.ts';

const ById = z.object({ id: Id });

export const listingsRouter = router({
  search: procedure.input(SearchListingsQuery).query(({ ctx, input }) => searchListings(ctx.ctx, input)),
  get: procedure.input(ById).query(({ ctx, input }) => getListing(ctx.ctx, input.id)),
  create: procedure.input(CreateListingInput).mutation(({ ctx, input }) => createListing(ctx.ctx, input)),
  mine: procedure.input(OwnListingsQuery).query(({ ctx, input }) => listOwnListings(ctx.ctx, input)),
  own: procedure.input(ById).query(({ ctx, input }) => getOwnListing(ctx.ctx, input)),
  edit: procedure.input(z.intersection(ById, EditListingInput)).mutation(({ ctx, input }) => editListing(ctx.ctx, input)),
  move: procedure.input(ById.extend({ move: ListingMove })).mutation(({ ctx, input }) => moveListing(ctx.ctx, input)),
  deleteDraft: procedure.input(ById).mutation(({ ctx, input }) => deleteDraft(ctx.ctx, input)),
  bulkEdit: procedure.input(BulkEditInput).mutation(({ ctx, input }) => bulkEditListings(ctx.ctx, input)),
});

import {
  CanRate,
  EditRatingInput,
  Id,
  ListRatingsQuery,
  MyRatingsPage,
  MyRatingsQuery,
  RatingChange,
  RatingPage,
  RatingSummary,
  RatingVersionView,
  RatingView,
  SubmitRatingInput,
  WithdrawnRating,
} from '@assay/contract';
import { ratingService } from '@assay/core';
import { z } from 'zod';
import { ById, BySeller } from './inputs.ts';
import { del, get, mutation, patch, post, query } from './operation.ts';

const names = { id: 'sellerId' };

export const ratings = {
  summary: query({
    use: ratingService.summary,
    input: BySeller,
    output: RatingSummary,
    as: 'anyone',
    rest: get('/ratings/seller/:id/summary', 'A seller’s numbers', {
      names,
      description: 'For badges. Public; right as of this moment, so ask again with If-None-Match instead of keeping it.',
      cache: 'public',
      errors: [404],
    }),
  }),
  list: query({
    use: ratingService.list,
    input: BySeller.extend(ListRatingsQuery.shape),
    output: RatingPage,
    as: 'user',
    rest: get('/ratings/seller/:id', 'A seller’s ratings', {
      names,
      description: 'Cursors stay right while ratings arrive: the next page goes on after the last rating shown.',
      cache: 'private',
      errors: [404],
    }),
  }),
  canRate: query({
    use: ratingService.canUserRateSeller,
    input: BySeller.extend({ orderId: Id.optional() }),
    output: CanRate,
    as: 'user',
    rest: get('/ratings/can-rate/:id', 'May I rate this seller?', { names }),
  }),
  mine: query({
    use: ratingService.mine,
    input: MyRatingsQuery,
    output: MyRatingsPage,
    as: 'user',
    rest: get('/ratings/mine', 'The ratings that I gave', { errors: [404] }),
  }),
  withdrawn: query({
    use: ratingService.withdrawn,
    output: z.array(WithdrawnRating),
    as: 'user',
    rest: get('/ratings/mine/withdrawn', 'The ratings that I withdrew', { items: true, errors: [404] }),
  }),
  submit: mutation({
    use: ratingService.submit,
    input: SubmitRatingInput,
    output: RatingChange,
    as: 'user',
    rest: post('/ratings', 'Rate a seller', {
      description: 'After a completed order with them. Once for each seller; change it with PATCH.',
      status: 201,
      errors: [403, 404, 409],
    }),
  }),
  edit: mutation({
    use: ratingService.edit,
    input: z.intersection(ById, EditRatingInput),
    output: RatingChange,
    as: 'user',
    rest: patch('/ratings/:id', 'Change my rating', { errors: [403, 404, 409] }),
  }),
  withdraw: mutation({
    use: ratingService.delete,
    input: ById,
    output: z.object({ summary: RatingSummary }),
    as: 'user',
    rest: del('/ratings/:id', 'Take my rating back', { status: 204, errors: [403, 404] }),
  }),
  restore: mutation({
    use: ratingService.restore,
    input: ById,
    output: RatingChange,
    as: 'user',
    rest: post('/ratings/:id/restore', 'Put back my withdrawn rating', { errors: [403, 404, 409] }),
  }),
  history: query({
    use: ratingService.history,
    input: ById,
    output: z.array(RatingVersionView),
    as: 'anyone',
    rest: get('/ratings/:id/history', 'Every version of a rating', {
      description: 'Stars and dates for everybody; earlier comments for their author only.',
      signIn: 'optional',
      items: true,
      errors: [404],
    }),
  }),
  voteHelpful: mutation({
    use: ratingService.voteHelpful,
    input: ById.extend({ helpful: z.boolean() }),
    output: RatingView,
    as: 'user',
    rest: [
      post('/ratings/:id/helpful', 'Say that a rating was helpful', { fixed: { helpful: true }, errors: [403, 404, 409] }),
      del('/ratings/:id/helpful', 'Take that back', { fixed: { helpful: false }, errors: [403, 404] }),
    ],
  }),
};

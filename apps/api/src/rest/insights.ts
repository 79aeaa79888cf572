import {
  DashboardQuery,
  FeedbackInput,
  IdText,
  RatingDashboard,
  RatingView,
  ReceivedRatingsPage,
  ReceivedRatingsQuery,
  ReplyInput,
  ScoreExplanation,
} from '@assay/contract';
import { explainScore, exportReceivedRatings, getRatingDashboard, giveFeedback, listReceivedRatings, replyToRating } from '@assay/core';
import { z } from 'zod';
import { ratingsCsv } from './csv.ts';
import { route } from './route.ts';

const IdParams = z.object({ id: IdText });
const tag = 'Insights';

export const insightRoutes = [
  route({
    method: 'get',
    path: '/ratings/seller/:id/explanation',
    tag,
    summary: 'How a score is made',
    description: 'Every number that it comes from: whoever adds them up gets the same score.',
    auth: 'none',
    params: IdParams,
    status: 200,
    response: ScoreExplanation,
    errors: [404],
    handle: ({ ctx, params }) => explainScore(ctx, { sellerId: params.id }),
  }),
  route({
    method: 'get',
    path: '/ratings/dashboard',
    tag,
    summary: 'My ratings as a seller, at a glance',
    auth: 'required',
    query: DashboardQuery,
    status: 200,
    response: RatingDashboard,
    handle: ({ ctx, query }) => getRatingDashboard(ctx, query),
  }),
  route({
    method: 'get',
    path: '/ratings/received',
    tag,
    summary: 'The ratings that I received',
    auth: 'required',
    query: ReceivedRatingsQuery,
    status: 200,
    response: ReceivedRatingsPage,
    handle: ({ ctx, query }) => listReceivedRatings(ctx, query),
  }),
  route({
    method: 'get',
    path: '/ratings/received.csv',
    tag,
    summary: 'The ratings that I received, as CSV',
    description: 'Streamed, newest first; those that were struck out come last. Formulas are escaped.',
    auth: 'required',
    status: 200,
    file: { type: 'text/csv; charset=utf-8', name: 'ratings.csv' },
    handle: async ({ ctx }) => ratingsCsv(exportReceivedRatings(ctx)),
  }),
  route({
    method: 'post',
    path: '/ratings/:id/reply',
    tag,
    summary: 'Reply to a rating of my store',
    description: 'One reply, for everybody to read; again, and it is changed.',
    auth: 'required',
    params: IdParams,
    body: ReplyInput,
    status: 200,
    response: RatingView,
    idempotent: true,
    errors: [403, 404],
    handle: ({ ctx, params, body }) => replyToRating(ctx, { ratingId: params.id, text: body.text }),
  }),
  route({
    method: 'post',
    path: '/feedback',
    tag,
    summary: 'Say how easy it was to rate',
    auth: 'required',
    body: FeedbackInput,
    status: 204,
    handle: ({ ctx, body }) => giveFeedback(ctx, body),
  }),
];

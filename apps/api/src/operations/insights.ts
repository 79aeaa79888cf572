import {
  DashboardQuery,
  FeedbackInput,
  Id,
  RatingDashboard,
  RatingView,
  ReceivedRatingsPage,
  ReceivedRatingsQuery,
  ReplyInput,
  ScoreExplanation,
} from '@assay/contract';
import { explainScore, getRatingDashboard, giveFeedback, listReceivedRatings, replyToRating, visitDashboard } from '@assay/core';
import { z } from 'zod';
import { BySeller } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

export const insights = {
  explain: query({
    use: explainScore,
    input: BySeller,
    output: ScoreExplanation,
    as: 'anyone',
    rest: get('/ratings/seller/:id/explanation', 'How a score is made', {
      names: { id: 'sellerId' },
      description: 'Every number that it comes from: adding them up gives the same score.',
      errors: [404],
    }),
  }),
  dashboard: query({
    use: getRatingDashboard,
    input: DashboardQuery,
    output: RatingDashboard,
    as: 'user',
    rest: get('/ratings/dashboard', 'My ratings as a seller, at a glance', { errors: [404] }),
  }),
  received: query({
    use: listReceivedRatings,
    input: ReceivedRatingsQuery,
    output: ReceivedRatingsPage,
    as: 'user',
    rest: get('/ratings/received', 'The ratings that I received', { errors: [404] }),
  }),
  /** The seller saw the dashboard. */
  visit: mutation({ use: visitDashboard, as: 'user' }),
  reply: mutation({
    use: replyToRating,
    input: z.intersection(z.object({ ratingId: Id }), ReplyInput),
    output: RatingView,
    as: 'user',
    rest: post('/ratings/:id/reply', 'Reply to a rating of my store', {
      names: { id: 'ratingId' },
      description: 'One public reply; a second one replaces it.',
      errors: [403, 404],
    }),
  }),
  feedback: mutation({
    use: giveFeedback,
    input: FeedbackInput,
    as: 'user',
    rest: post('/feedback', 'Say how easy it was to rate', { status: 204, errors: [404] }),
  }),
};

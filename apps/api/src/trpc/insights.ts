import { DashboardQuery, FeedbackInput, Id, ReceivedRatingsQuery, ReplyToInput } from '@assay/contract';
import { explainScore, getRatingDashboard, giveFeedback, listReceivedRatings, replyToRating, visitDashboard } from '@assay/core';
import { z } from 'zod';
import { procedure, router } from './trpc.ts';

export const insightsRouter = router({
  dashboard: procedure.input(DashboardQuery).query(({ ctx, input }) => getRatingDashboard(ctx.ctx, input)),
  received: procedure.input(ReceivedRatingsQuery).query(({ ctx, input }) => listReceivedRatings(ctx.ctx, input)),
  visit: procedure.mutation(({ ctx }) => visitDashboard(ctx.ctx)),
  explain: procedure.input(z.object({ sellerId: Id })).query(({ ctx, input }) => explainScore(ctx.ctx, input)),
  reply: procedure.input(ReplyToInput).mutation(({ ctx, input }) => replyToRating(ctx.ctx, input)),
  feedback: procedure.input(FeedbackInput).mutation(({ ctx, input }) => giveFeedback(ctx.ctx, input)),
});

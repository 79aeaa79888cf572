import { DashboardQuery, FeedbackInput, Id, ReceivedRatingsQuery, ReplyToInput, type RatingDashboard, type RatingView, type ReceivedRatingsPage, type ScoreExplanation } from '@assay/contract';
import { z } from 'zod';
import { procedure, router } from './trpc.ts';
const notYet = <T>(): Promise<T> => Promise.reject(new Error('not yet'));
export const insightsRouter = router({
  dashboard: procedure.input(DashboardQuery).query(() => notYet<RatingDashboard>()),
  received: procedure.input(ReceivedRatingsQuery).query(() => notYet<ReceivedRatingsPage>()),
  visit: procedure.mutation(() => notYet<void>()),
  explain: procedure.input(z.object({ sellerId: Id })).query(() => notYet<ScoreExplanation>()),
  reply: procedure.input(ReplyToInput).mutation(() => notYet<RatingView>()),
  feedback: procedure.input(FeedbackInput).mutation(() => notYet<void>()),
});

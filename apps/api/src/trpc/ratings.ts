import { EditRatingInput, Id, ListRatingsQuery, MyRatingsQuery, SubmitRatingInput } from '@assay/contract';
import { ratingService } from '@assay/core';
import { z } from 'zod';
import { procedure, router } from './trpc.ts';

const ById = z.object({ id: Id });
const BySeller = z.object({ sellerId: Id });

export const ratingsRouter = router({
  canRate: procedure
    .input(BySeller.extend({ orderId: Id.optional() }))
    .query(({ ctx, input }) => ratingService.canUserRateSeller(ctx.ctx, input)),
  summary: procedure.input(BySeller).query(({ ctx, input }) => ratingService.summary(ctx.ctx, input)),
  list: procedure.input(BySeller.extend(ListRatingsQuery.shape)).query(({ ctx, input }) => ratingService.list(ctx.ctx, input)),
  mine: procedure.input(MyRatingsQuery).query(({ ctx, input }) => ratingService.mine(ctx.ctx, input)),
  history: procedure.input(ById).query(({ ctx, input }) => ratingService.history(ctx.ctx, input)),
  submit: procedure.input(SubmitRatingInput).mutation(({ ctx, input }) => ratingService.submit(ctx.ctx, input)),
  edit: procedure.input(z.intersection(ById, EditRatingInput)).mutation(({ ctx, input }) => ratingService.edit(ctx.ctx, input)),
  withdraw: procedure.input(ById).mutation(({ ctx, input }) => ratingService.delete(ctx.ctx, input)),
  restore: procedure.input(ById).mutation(({ ctx, input }) => ratingService.restore(ctx.ctx, input)),
  voteHelpful: procedure
    .input(ById.extend({ helpful: z.boolean() }))
    .mutation(({ ctx, input }) => ratingService.voteHelpful(ctx.ctx, input)),
});

import { RolloutById, StartRolloutInput } from '@assay/contract';
import { listRollouts, pauseRollout, resumeRollout, startRollout, stopRollout } from '@assay/core';
import { procedure, router } from './trpc.ts';

export const rolloutsRouter = router({
  list: procedure.query(({ ctx }) => listRollouts(ctx.ctx)),
  start: procedure.input(StartRolloutInput).mutation(({ ctx, input }) => startRollout(ctx.ctx, input)),
  pause: procedure.input(RolloutById).mutation(({ ctx, input }) => pauseRollout(ctx.ctx, input)),
  resume: procedure.input(RolloutById).mutation(({ ctx, input }) => resumeRollout(ctx.ctx, input)),
  stop: procedure.input(RolloutById).mutation(({ ctx, input }) => stopRollout(ctx.ctx, input)),
});

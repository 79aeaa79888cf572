import {
  FlagByName,
  FlagHistoryQuery,
  KillFlagInput,
  SetFlagDetailsInput,
  SetRolloutInput,
  SetTargetsInput,
  SetVariantsInput,
  SwitchFlagInput,
  UndoFlagInput,
} from '@assay/contract';
import {
  flagHistory,
  killFlag,
  listFlags,
  myFlags,
  rollbackAllSellerFeatures,
  rollbackFeature,
  setFlagDetails,
  setRollout,
  setTargets,
  setVariants,
  showFlag,
  switchFlag,
  undoFlagChange,
} from '@assay/core';
import { procedure, router } from './trpc.ts';

export const flagsRouter = router({
  mine: procedure.query(({ ctx }) => myFlags(ctx.ctx)),
  list: procedure.query(({ ctx }) => listFlags(ctx.ctx)),
  show: procedure.input(FlagByName).query(({ ctx, input }) => showFlag(ctx.ctx, input)),
  history: procedure.input(FlagByName.extend(FlagHistoryQuery.shape)).query(({ ctx, input }) => flagHistory(ctx.ctx, input)),
  setRollout: procedure.input(SetRolloutInput).mutation(({ ctx, input }) => setRollout(ctx.ctx, input)),
  switch: procedure.input(SwitchFlagInput).mutation(({ ctx, input }) => switchFlag(ctx.ctx, input)),
  kill: procedure.input(KillFlagInput).mutation(({ ctx, input }) => killFlag(ctx.ctx, input)),
  setTargets: procedure.input(SetTargetsInput).mutation(({ ctx, input }) => setTargets(ctx.ctx, input)),
  setVariants: procedure.input(SetVariantsInput).mutation(({ ctx, input }) => setVariants(ctx.ctx, input)),
  setDetails: procedure.input(SetFlagDetailsInput).mutation(({ ctx, input }) => setFlagDetails(ctx.ctx, input)),
  undo: procedure.input(UndoFlagInput).mutation(({ ctx, input }) => undoFlagChange(ctx.ctx, input)),
  rollback: procedure.input(FlagByName).mutation(({ ctx, input }) => rollbackFeature(ctx.ctx, input)),
  rollbackAll: procedure.mutation(({ ctx }) => rollbackAllSellerFeatures(ctx.ctx)),
});

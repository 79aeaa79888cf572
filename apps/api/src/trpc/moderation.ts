import {
  AppealInput,
  AuditQuery,
  DecideAppealInput,
  DismissReportsInput,
  ReportRatingInput,
  RestoreStruckInput,
  StrikeInput,
} from '@assay/contract';
import {
  appealDecision,
  countModeration,
  decideAppeal,
  dismissReports,
  getModerationQueue,
  listMyDecisions,
  readAuditLog,
  reportRating,
  restoreStruckRating,
  strikeRating,
} from '@assay/core';
import { procedure, router } from './trpc.ts';

export const moderationRouter = router({
  report: procedure.input(ReportRatingInput).mutation(({ ctx, input }) => reportRating(ctx.ctx, input)),
  counts: procedure.query(({ ctx }) => countModeration(ctx.ctx)),
  queue: procedure.query(({ ctx }) => getModerationQueue(ctx.ctx)),
  strike: procedure.input(StrikeInput).mutation(({ ctx, input }) => strikeRating(ctx.ctx, input)),
  restore: procedure.input(RestoreStruckInput).mutation(({ ctx, input }) => restoreStruckRating(ctx.ctx, input)),
  dismiss: procedure.input(DismissReportsInput).mutation(({ ctx, input }) => dismissReports(ctx.ctx, input)),
  decisions: procedure.query(({ ctx }) => listMyDecisions(ctx.ctx)),
  appeal: procedure.input(AppealInput).mutation(({ ctx, input }) => appealDecision(ctx.ctx, input)),
  decideAppeal: procedure.input(DecideAppealInput).mutation(({ ctx, input }) => decideAppeal(ctx.ctx, input)),
  audit: procedure.input(AuditQuery).query(({ ctx, input }) => readAuditLog(ctx.ctx, input)),
});

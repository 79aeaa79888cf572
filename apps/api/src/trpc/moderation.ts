import { AppealInput, AuditQuery, DecideAppealInput, DismissReportsInput, ReportRatingInput, RestoreStruckInput, StrikeInput, type AuditPage, type DecisionView, type ModerationQueue } from '@assay/contract';
import { procedure, router } from './trpc.ts';
const notYet = <T>(): Promise<T> => Promise.reject(new Error('not yet'));
export const moderationRouter = router({
  report: procedure.input(ReportRatingInput).mutation(() => notYet<void>()),
  queue: procedure.query(() => notYet<ModerationQueue>()),
  strike: procedure.input(StrikeInput).mutation(() => notYet<DecisionView>()),
  restore: procedure.input(RestoreStruckInput).mutation(() => notYet<DecisionView>()),
  dismiss: procedure.input(DismissReportsInput).mutation(() => notYet<DecisionView>()),
  decisions: procedure.query(() => notYet<{ items: DecisionView[] }>()),
  appeal: procedure.input(AppealInput).mutation(() => notYet<void>()),
  decideAppeal: procedure.input(DecideAppealInput).mutation(() => notYet<DecisionView>()),
  audit: procedure.input(AuditQuery).query(() => notYet<AuditPage>()),
});

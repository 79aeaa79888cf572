import { CloseAlertInput, Id, RepairInput, RequestMaintenanceInput, SuccessReportQuery } from '@assay/contract';
import {
  acknowledgeAlert,
  closeAlert,
  getOperationsDashboard,
  getSuccessReport,
  pauseMaintenance,
  repairSeller,
  requestMaintenance,
  resumeMaintenance,
} from '@assay/core';
import { z } from 'zod';
import { procedure, router } from './trpc.ts';

const ById = z.object({ id: Id });

export const operationsRouter = router({
  dashboard: procedure.query(({ ctx }) => getOperationsDashboard(ctx.ctx)),
  acknowledgeAlert: procedure.input(ById).mutation(({ ctx, input }) => acknowledgeAlert(ctx.ctx, input)),
  closeAlert: procedure.input(CloseAlertInput).mutation(({ ctx, input }) => closeAlert(ctx.ctx, input)),
  requestRun: procedure.input(RequestMaintenanceInput).mutation(({ ctx, input }) => requestMaintenance(ctx.ctx, input)),
  pauseRun: procedure.input(ById).mutation(({ ctx, input }) => pauseMaintenance(ctx.ctx, input)),
  resumeRun: procedure.input(ById).mutation(({ ctx, input }) => resumeMaintenance(ctx.ctx, input)),
  repair: procedure.input(RepairInput).mutation(({ ctx, input }) => repairSeller(ctx.ctx, input)),
  report: procedure.input(SuccessReportQuery).query(({ ctx, input }) => getSuccessReport(ctx.ctx, { days: input.days === '30' ? 30 : 90 })),
});

import { CloseAlertInput, Id, RepairInput, RequestMaintenanceInput, SuccessReportQuery, type AlertView, type MaintenanceRunView, type OperationsDashboard, type SuccessReport } from '@assay/contract';
import { z } from 'zod';
import { procedure, router } from './trpc.ts';
const notYet = <T>(): Promise<T> => Promise.reject(new Error('not yet'));
const ById = z.object({ id: Id });
export const operationsRouter = router({
  dashboard: procedure.query(() => notYet<OperationsDashboard>()),
  acknowledgeAlert: procedure.input(ById).mutation(() => notYet<AlertView>()),
  closeAlert: procedure.input(CloseAlertInput).mutation(() => notYet<AlertView>()),
  requestRun: procedure.input(RequestMaintenanceInput).mutation(() => notYet<MaintenanceRunView>()),
  pauseRun: procedure.input(ById).mutation(() => notYet<MaintenanceRunView>()),
  resumeRun: procedure.input(ById).mutation(() => notYet<MaintenanceRunView>()),
  repair: procedure.input(RepairInput).mutation(() => notYet<void>()),
  report: procedure.input(SuccessReportQuery).query(() => notYet<SuccessReport>()),
});

import {
  AlertView,
  CloseAlertInput,
  MaintenanceRunView,
  OperationsDashboard,
  RepairInput,
  RequestMaintenanceInput,
  SuccessReport,
  SuccessReportQuery,
} from '@assay/contract';
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
import { ById } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

/** What operators watch and do. */
export const operations = {
  dashboard: query({
    use: getOperationsDashboard,
    output: OperationsDashboard,
    as: 'operator',
    rest: get('/operations/dashboard', 'Metrics, alerts and maintenance', { errors: [403] }),
  }),
  report: query({
    use: getSuccessReport,
    input: SuccessReportQuery,
    output: SuccessReport,
    as: 'operator',
    rest: get('/operations/success-report', 'How far the goals of ratings are met', { errors: [403] }),
  }),
  acknowledgeAlert: mutation({
    use: acknowledgeAlert,
    input: ById,
    output: AlertView,
    as: 'operator',
    rest: post('/operations/alerts/:id/acknowledge', 'Acknowledge an alert', { errors: [403, 404] }),
  }),
  closeAlert: mutation({
    use: closeAlert,
    input: CloseAlertInput,
    output: AlertView,
    as: 'operator',
    rest: post('/operations/alerts/:id/close', 'Close an alert', { errors: [403, 404] }),
  }),
  requestRun: mutation({
    use: requestMaintenance,
    input: RequestMaintenanceInput,
    output: MaintenanceRunView,
    as: 'operator',
    rest: post('/operations/maintenance', 'Verify or recalculate all scores', {
      description: 'One that is under way is not begun twice: the answer is that one.',
      errors: [403],
    }),
  }),
  pauseRun: mutation({
    use: pauseMaintenance,
    input: ById,
    output: MaintenanceRunView,
    as: 'operator',
    rest: post('/operations/maintenance/:id/pause', 'Pause a recalculation after its current batch', { errors: [403, 409] }),
  }),
  resumeRun: mutation({
    use: resumeMaintenance,
    input: ById,
    output: MaintenanceRunView,
    as: 'operator',
    rest: post('/operations/maintenance/:id/resume', 'Let a paused recalculation go on', { errors: [403, 409] }),
  }),
  repair: mutation({
    use: repairSeller,
    input: RepairInput,
    as: 'operator',
    rest: post('/operations/repair', 'Count one seller again and correct what is wrong', { status: 204, errors: [403] }),
  }),
};

import {
  AlertView,
  CloseAlertInput,
  IdText,
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
import { z } from 'zod';
import { route } from './route.ts';

const IdParams = z.object({ id: IdText });
const tag = 'Operations';
const forOperators = { tag, auth: 'required' as const };

export const operationRoutes = [
  route({
    ...forOperators,
    method: 'get',
    path: '/operations/dashboard',
    summary: 'Metrics, alerts and maintenance',
    status: 200,
    response: OperationsDashboard,
    errors: [403],
    handle: ({ ctx }) => getOperationsDashboard(ctx),
  }),
  route({
    ...forOperators,
    method: 'get',
    path: '/operations/success-report',
    summary: 'How far the goals of ratings are met',
    query: SuccessReportQuery,
    status: 200,
    response: SuccessReport,
    errors: [403],
    handle: ({ ctx, query }) => getSuccessReport(ctx, { days: query.days === '30' ? 30 : 90 }),
  }),
  route({
    ...forOperators,
    method: 'post',
    path: '/operations/alerts/:id/acknowledge',
    summary: 'Say that somebody looks at an alert',
    params: IdParams,
    status: 200,
    response: AlertView,
    errors: [403, 404],
    handle: ({ ctx, params }) => acknowledgeAlert(ctx, params),
  }),
  route({
    ...forOperators,
    method: 'post',
    path: '/operations/alerts/:id/close',
    summary: 'Close an alert',
    params: IdParams,
    body: CloseAlertInput.omit({ id: true }),
    status: 200,
    response: AlertView,
    errors: [403, 404],
    handle: ({ ctx, params, body }) => closeAlert(ctx, { ...params, ...body }),
  }),
  route({
    ...forOperators,
    method: 'post',
    path: '/operations/maintenance',
    summary: 'Verify or recalculate all scores',
    description: 'One that is under way is not begun twice: the answer is that one.',
    body: RequestMaintenanceInput,
    status: 200,
    response: MaintenanceRunView,
    errors: [403],
    handle: ({ ctx, body }) => requestMaintenance(ctx, body),
  }),
  ...(
    [
      ['pause', pauseMaintenance, 'Pause a recalculation after its current batch'],
      ['resume', resumeMaintenance, 'Let a paused recalculation go on'],
    ] as const
  ).map(([move, handle, summary]) =>
    route({
      ...forOperators,
      method: 'post',
      path: `/operations/maintenance/:id/${move}`,
      summary,
      params: IdParams,
      status: 200,
      response: MaintenanceRunView,
      errors: [403, 409],
      handle: ({ ctx, params }) => handle(ctx, params),
    }),
  ),
  route({
    ...forOperators,
    method: 'post',
    path: '/operations/repair',
    summary: 'Count one seller again and correct what is wrong',
    body: RepairInput,
    status: 204,
    errors: [403],
    handle: ({ ctx, body }) => repairSeller(ctx, body),
  }),
];

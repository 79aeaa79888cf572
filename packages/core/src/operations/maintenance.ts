import type { MaintenanceKind, MaintenanceRunView } from '@assay/contract';
import { requireRole, requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { repairSellersScores } from '../ratings/recalculate-aggregates.ts';
import type { MaintenanceRow } from './ports.ts';
import { enqueueRun, requestRun } from './run-maintenance.ts';

/** A run as operators see it. */
export function toRunView(row: MaintenanceRow): MaintenanceRunView {
  return {
    ...row,
    requestedAt: row.requestedAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** Asks for a verification or a recalculation of all scores; one that is under way is not begun twice. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export function requestMaintenance(ctx: Context, input: { kind: MaintenanceKind }): Promise<MaintenanceRunView> {
  const actor = requireRole(ctx.actor, 'admin', 'ops');
  return ctx.change(async (tx) => {
    const id = await requestRun(tx, input.kind, actor.id);
    await tx.audit(`maintenance.${input.kind}`, 'maintenance', id);
    await tx.publish('maintenance.progress', { runId: id });
    return toRunView((await tx.repos.maintenance.find(id))!);
  });
}

/** The same by the clock. @throws AppError FORBIDDEN */
export async function scheduleVerification(ctx: Context): Promise<void> {
  requireSystem(ctx.actor);
  await ctx.change((tx) => requestRun(tx, 'verify', null));
}

/** Stops a recalculation after its current batch. @throws AppError UNAUTHENTICATED, FORBIDDEN, ILLEGAL_MOVE */
export const pauseMaintenance = (ctx: Context, input: { id: number }) => move(ctx, input.id, 'running', 'paused');

/** Lets it go on where it was. @throws AppError UNAUTHENTICATED, FORBIDDEN, ILLEGAL_MOVE */
export const resumeMaintenance = (ctx: Context, input: { id: number }) => move(ctx, input.id, 'paused', 'queued');

function move(ctx: Context, id: number, from: 'running' | 'paused', to: 'paused' | 'queued'): Promise<MaintenanceRunView> {
  requireRole(ctx.actor, 'admin', 'ops');
  return ctx.change(async (tx) => {
    const run = await tx.repos.maintenance.find(id);
    if (run?.kind !== 'recalculate' || !(await tx.repos.maintenance.move(id, from, to)))
      throw new AppError('ILLEGAL_MOVE', { message: 'This run cannot be paused or resumed now.' });
    if (to === 'queued') await enqueueRun(tx, id);
    await tx.audit(`maintenance.${to === 'paused' ? 'paused' : 'resumed'}`, 'maintenance', id);
    await tx.publish('maintenance.progress', { runId: id });
    return toRunView({ ...run, status: to });
  });
}

/** Counts one seller again and corrects what is wrong. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function repairSeller(ctx: Context, input: { sellerId: number }): Promise<void> {
  const actor = requireRole(ctx.actor, 'admin', 'ops');
  await repairSellersScores(ctx.as({ kind: 'system', name: `repair by ${actor.id}` }), [input]);
  await ctx.change(async (tx) => {
    await tx.repos.maintenance.settle(input.sellerId);
    await tx.audit('aggregates.repaired', 'seller', input.sellerId);
    await tx.publish('maintenance.progress', { runId: null });
  });
}

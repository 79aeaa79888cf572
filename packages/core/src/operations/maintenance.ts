import type { MaintenanceKind, MaintenanceRunView } from '@assay/contract';
import { requireRole, requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { repairSellersScores } from '../ratings/recalculate-aggregates.ts';
import { previewEverybody, recalculateEverybody } from '../ratings/recount-everybody.ts';
import type { ClaimedRun, Finding, MaintenanceRow } from './ports.ts';

/** A run that was not heard of for this long has lost its process. */
const STALE_MS = 30_000;
const HEARTBEAT_MS = 5000;
const FINDINGS_KEPT = 100;

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
    const id = await tx.repos.maintenance.request(input.kind, actor.id, tx.at);
    await tx.audit(`maintenance.${input.kind}`, 'maintenance', id);
    await tx.publish('maintenance.progress', { runId: id });
    return toRunView((await tx.repos.maintenance.find(id))!);
  });
}

/** The same by the clock. @throws AppError FORBIDDEN */
export async function scheduleVerification(ctx: Context): Promise<void> {
  requireSystem(ctx.actor);
  await ctx.change((tx) => tx.repos.maintenance.request('verify', null, tx.at));
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
    await tx.audit(`maintenance.${to === 'paused' ? 'paused' : 'resumed'}`, 'maintenance', id);
    await tx.publish('maintenance.progress', { runId: id });
    return toRunView({ ...run, status: to });
  });
}

/** Counts one seller again and corrects what is wrong. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function repairSeller(ctx: Context, input: { sellerId: number }): Promise<void> {
  const actor = requireRole(ctx.actor, 'admin', 'ops');
  await repairSellersScores({ ...ctx, actor: { kind: 'system', name: `repair by ${actor.id}` } }, [input]);
  await ctx.change(async (tx) => {
    await tx.repos.maintenance.settle(input.sellerId);
    await tx.audit('aggregates.repaired', 'seller', input.sellerId);
    await tx.publish('maintenance.progress', { runId: null });
  });
}

/**
 * Takes the run that waits longest, if there is one. Called by each process again and again: one of them takes it, and another
 * one when that process dies.
 * @param holder names the process: whoever else takes the run ends this one's part in it
 * @throws AppError FORBIDDEN
 */
export function claimMaintenance(ctx: Context, holder: string): Promise<ClaimedRun | null> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  return ctx.repos.maintenance.claim(holder, now, new Date(now.getTime() - STALE_MS));
}

/**
 * Does a run to its end, or until it is paused.
 * @param holder who has taken it
 * @param stop ends it after the current batch; it waits then for whoever comes next
 * @throws AppError FORBIDDEN
 */
export async function doMaintenance(ctx: Context, run: MaintenanceRow, holder: string, stop: AbortSignal): Promise<void> {
  requireSystem(ctx.actor);
  const lost = new AbortController();
  const heartbeat = setInterval(() => {
    ctx.repos.maintenance.beat(run.id, holder, ctx.now()).then(
      (mine) => mine || lost.abort(),
      () => {}, // the next batch will say what is wrong
    );
  }, HEARTBEAT_MS);
  try {
    await carryOut(ctx, run, holder, stop, lost);
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(0, 500) : 'It failed.';
    if (!lost.signal.aborted) await finish(ctx, run, holder, { status: 'failed', findings: [], message });
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}

async function carryOut(ctx: Context, run: MaintenanceRow, holder: string, stop: AbortSignal, lost: AbortController): Promise<void> {
  const { kind } = run;
  const begun = kind === 'verify' ? { done: 0, wrong: 0 } : { done: run.done, wrong: run.wrong };
  const tally = { total: await ctx.repos.aggregates.remaining({ kind: 'all' }, 0), ...begun, corrected: run.corrected };
  const findings: Finding[] = [];
  const report = async () => {
    const mine = await ctx.change(async (tx) => {
      await tx.publish('maintenance.progress', { runId: run.id });
      return tx.repos.maintenance.progress(run.id, holder, tally, tx.at);
    });
    if (!mine) lost.abort();
  };
  await report();
  const onBatch = async (checked: number, wrong: readonly Finding[]) => {
    findings.push(...wrong.slice(0, FINDINGS_KEPT - findings.length));
    tally.done = checked;
    tally.wrong += wrong.length;
    if (kind === 'recalculate') tally.corrected += wrong.length;
    await report();
  };
  const recount = kind === 'verify' ? previewEverybody : recalculateEverybody;
  const { stopped } = await recount(ctx, { kind: 'all' }, { stop: AbortSignal.any([stop, lost.signal]), onBatch });
  if (!stopped) await finish(ctx, run, holder, { status: 'done', findings, message: null });
  else if (!lost.signal.aborted) await ctx.repos.maintenance.move(run.id, 'running', 'queued');
}

function finish(
  ctx: Context,
  run: MaintenanceRow,
  holder: string,
  end: Parameters<Context['repos']['maintenance']['finish']>[2],
): Promise<void> {
  return ctx.change(async (tx) => {
    if (!(await tx.repos.maintenance.finish(run.id, holder, end, tx.at))) return;
    // A recount leaves nobody wrong: let it be seen.
    if (run.kind === 'recalculate' && end.status === 'done') await tx.repos.maintenance.request('verify', null, tx.at);
    await tx.publish('maintenance.progress', { runId: run.id });
  });
}

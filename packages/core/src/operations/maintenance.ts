import type { MaintenanceKind, MaintenanceRunView } from '@assay/contract';
import { requireRole, requireSystem } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import { repairSellersScores } from '../ratings/recalculate-aggregates.ts';
import { previewEverybody, recalculateEverybody } from '../ratings/recount-everybody.ts';
import type { Finding, MaintenanceRow } from './ports.ts';

/** A run that was not heard of for this long has lost its process. */
const STALE_MS = 30_000;
const FINDINGS_KEPT = 100;

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
  return ctx.transaction(async (store) => {
    const id = await store.maintenance.request(input.kind, actor.id, ctx.now());
    await store.audit.append(auditRecord(ctx, `maintenance.${input.kind}`, 'maintenance', id));
    await store.outbox.append({ topic: 'maintenance.progress', subjectId: id, payload: {} }, ctx.now());
    return toRunView((await store.maintenance.find(id))!);
  });
}

/** The same by the clock. @throws AppError FORBIDDEN */
export async function scheduleVerification(ctx: Context): Promise<void> {
  requireSystem(ctx.actor);
  await ctx.transaction((store) => store.maintenance.request('verify', null, ctx.now()));
}

/** Stops a recalculation after its current batch. @throws AppError UNAUTHENTICATED, FORBIDDEN, ILLEGAL_MOVE */
export const pauseMaintenance = (ctx: Context, input: { id: number }) => move(ctx, input.id, 'running', 'paused');

/** Lets it go on where it was. @throws AppError UNAUTHENTICATED, FORBIDDEN, ILLEGAL_MOVE */
export const resumeMaintenance = (ctx: Context, input: { id: number }) => move(ctx, input.id, 'paused', 'queued');

function move(ctx: Context, id: number, from: 'running' | 'paused', to: 'paused' | 'queued'): Promise<MaintenanceRunView> {
  requireRole(ctx.actor, 'admin', 'ops');
  return ctx.transaction(async (store) => {
    const run = await store.maintenance.find(id);
    if (run?.kind !== 'recalculate' || !(await store.maintenance.move(id, from, to)))
      throw new AppError('ILLEGAL_MOVE', { message: 'This run cannot be paused or resumed now.' });
    await store.audit.append(auditRecord(ctx, `maintenance.${to === 'paused' ? 'paused' : 'resumed'}`, 'maintenance', id));
    await store.outbox.append({ topic: 'maintenance.progress', subjectId: id, payload: {} }, ctx.now());
    return toRunView({ ...run, status: to });
  });
}

/** Counts one seller again and corrects what is wrong. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function repairSeller(ctx: Context, input: { sellerId: number }): Promise<void> {
  const actor = requireRole(ctx.actor, 'admin', 'ops');
  await repairSellersScores({ ...ctx, actor: { kind: 'system', name: `repair by ${actor.id}` } }, [input]);
  await ctx.transaction(async (store) => {
    await store.maintenance.settle(input.sellerId);
    await store.audit.append(auditRecord(ctx, 'aggregates.repaired', 'seller', input.sellerId));
    await store.outbox.append({ topic: 'maintenance.progress', subjectId: 0, payload: {} }, ctx.now());
  });
}

/**
 * Does the run that waits longest, if there is one, to its end or until it is paused. Called by each process again and again:
 * one of them takes it, and another one when that process dies.
 * @param stop ends it after the current batch; it waits then for whoever comes next
 * @returns whether there was one
 * @throws AppError FORBIDDEN
 */
export async function doMaintenance(ctx: Context, stop: AbortSignal): Promise<boolean> {
  requireSystem(ctx.actor);
  const now = ctx.now();
  const run = await ctx.store.maintenance.claim(now, new Date(now.getTime() - STALE_MS));
  if (!run) return false;
  const findings: Finding[] = [];
  const halt = new AbortController();
  try {
    const total = await ctx.store.aggregates.remaining({ kind: 'all' }, 0);
    const tally = {
      total,
      done: run.kind === 'verify' ? 0 : run.done,
      wrong: run.kind === 'verify' ? 0 : run.wrong,
      corrected: run.corrected,
    };
    let status = await report(ctx, run.id, tally);
    const onBatch = async (checked: number, wrong: readonly Finding[]) => {
      findings.push(...wrong.slice(0, FINDINGS_KEPT - findings.length));
      tally.done = checked;
      tally.wrong += wrong.length;
      if (run.kind === 'recalculate') tally.corrected += wrong.length;
      status = await report(ctx, run.id, tally);
      if (status !== 'running') halt.abort();
    };
    const recount = run.kind === 'verify' ? previewEverybody : recalculateEverybody;
    const { stopped } = await recount(ctx, { kind: 'all' }, { stop: AbortSignal.any([stop, halt.signal]), onBatch });
    if (!stopped) await finish(ctx, run, 'done', findings, null);
    else if (status === 'running') await ctx.store.maintenance.move(run.id, 'running', 'queued');
  } catch (error) {
    await finish(ctx, run, 'failed', findings, error instanceof Error ? error.message.slice(0, 500) : 'It failed.');
    throw error;
  }
  return true;
}

/** What the run is to do now. */
function report(ctx: Context, id: number, tally: Pick<MaintenanceRow, 'total' | 'done' | 'wrong' | 'corrected'>) {
  return ctx.transaction(async (store) => {
    const status = await store.maintenance.progress(id, tally, ctx.now());
    await store.outbox.append({ topic: 'maintenance.progress', subjectId: id, payload: tally }, ctx.now());
    return status;
  });
}

function finish(ctx: Context, run: MaintenanceRow, status: 'done' | 'failed', findings: Finding[], message: string | null): Promise<void> {
  return ctx.transaction(async (store) => {
    await store.maintenance.finish(run.id, { status, findings, message }, ctx.now());
    // A recount leaves nobody wrong: let it be seen.
    if (run.kind === 'recalculate' && status === 'done') await store.maintenance.request('verify', null, ctx.now());
    await store.outbox.append({ topic: 'maintenance.progress', subjectId: run.id, payload: { status } }, ctx.now());
  });
}

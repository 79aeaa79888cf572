import type { MaintenanceKind } from '@assay/contract';
import { requireSystem } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { exponential, Interrupted, Postponed, type TaskAttempt, type TaskHandler } from '../kernel/task.ts';
import { previewEverybody, recalculateEverybody } from '../ratings/recount-everybody.ts';
import type { Finding, MaintenanceRow } from './ports.ts';

/** A run without progress for this long has lost its process: a batch takes a fraction of a second. */
export const STALE_MS = 30_000;
const FINDINGS_KEPT = 100;

/** The run of that kind that is not over, or a new one with its task. Returns its id. */
export async function requestRun(tx: Tx, kind: MaintenanceKind, userId: number | null): Promise<number> {
  const { id, isNew } = await tx.repos.maintenance.request(kind, userId, tx.at);
  if (isNew) await enqueueRun(tx, id);
  return id;
}

/** A run has a task for each time that it was queued: paused and resumed, it has another one. */
export const enqueueRun = (tx: Tx, runId: number): Promise<void> =>
  tx.enqueue('maintenance.run', { runId }, { key: `maintenance:${runId}:${tx.at.getTime()}` });

/**
 * Verifies or recalculates all scores, to the end or until the run is paused. After a failure, or when the process ends, a
 * recalculation goes on where it was.
 */
export const runMaintenance: TaskHandler<'maintenance.run'> = {
  attemptsMax: 5,
  retryAfterMs: exponential(STALE_MS, 10 * 60_000),
  concurrency: 1,
  async run(ctx, { runId }, attempt) {
    requireSystem(ctx.actor);
    const now = ctx.now();
    const { holder } = attempt;
    const run = await ctx.repos.maintenance.begin(runId, holder, now, new Date(now.getTime() - STALE_MS));
    if (run === 'held') throw new Postponed('Another process makes progress with the run.', STALE_MS);
    if (!run) return;
    try {
      return { maintenance: run.kind, outcome: await carryOut(ctx, run, holder, attempt) };
    } catch (error) {
      await ctx.repos.maintenance.release(runId, holder); // another attempt need not wait until the run is stale
      throw error;
    }
  },
  onDead: (ctx, { runId }, failure) =>
    ctx.change(async (tx) => {
      if (await tx.repos.maintenance.fail(runId, failure.slice(0, 500), tx.at)) await tx.publish('maintenance.progress', { runId });
    }),
};

async function carryOut(ctx: Context, run: MaintenanceRow, holder: string, attempt: TaskAttempt): Promise<'done' | 'paused'> {
  const { kind } = run;
  const begun = kind === 'verify' ? { done: 0, wrong: 0 } : { done: run.done, wrong: run.wrong };
  const tally = { total: await ctx.repos.aggregates.remaining({ kind: 'all' }, 0), ...begun, corrected: run.corrected };
  const findings: Finding[] = [];
  /** Aborted when the run is paused, or another process goes on with it. */
  const left = new AbortController();
  const report = async () => {
    const isOurs = await ctx.change(async (tx) => {
      await tx.publish('maintenance.progress', { runId: run.id });
      return tx.repos.maintenance.progress(run.id, holder, tally, tx.at);
    });
    if (!isOurs) left.abort();
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
  const { stopped } = await recount(ctx, { kind: 'all' }, { stop: AbortSignal.any([attempt.signal, left.signal]), onBatch });
  if (left.signal.aborted) return 'paused';
  if (stopped) throw new Interrupted('The process stops, or has lost the task.');
  await finish(ctx, run, holder, findings);
  return 'done';
}

const finish = (ctx: Context, run: MaintenanceRow, holder: string, findings: readonly Finding[]): Promise<void> =>
  ctx.change(async (tx) => {
    if (!(await tx.repos.maintenance.finish(run.id, holder, { status: 'done', findings, message: null }, tx.at))) return;
    // A recalculation leaves no wrong score: a verification shows it.
    if (run.kind === 'recalculate') await requestRun(tx, 'verify', null);
    await tx.publish('maintenance.progress', { runId: run.id });
  });

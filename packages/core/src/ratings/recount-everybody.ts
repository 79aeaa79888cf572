import type { Context } from '../kernel/context.ts';
import type { Discrepancy, RecountScope } from './aggregates.ts';
import { finishRecalculation, previewRecalculation, recalculateBatch, startRecalculation } from './recalculate-aggregates.ts';

/** A batch shall take this long: short enough that a rating which waits for it is not noticed. */
const BATCH_MS = 150;
const [SMALLEST, FIRST, LARGEST] = [50, 500, 20_000];
/** After each batch the database is left alone for this share of the time that it took. */
const REST = 0.1;

export interface RecountOptions {
  stop?: AbortSignal;
  /** After each batch: accounts looked at so far, and who of the batch was wrong. */
  onBatch?: (checked: number, wrong: readonly Discrepancy[]) => void | Promise<void>;
}

export interface RecountOutcome {
  checked: number;
  /** Corrected before, by an earlier run that was stopped. */
  correctedBefore: number;
  stopped: boolean;
}

/**
 * Recounts everybody of a scope in batches as large as {@link BATCH_MS} allows, and goes on where an earlier run was stopped.
 * @throws AppError FORBIDDEN; RecalculationRacedError
 */
export async function recalculateEverybody(
  ctx: Context,
  scope: RecountScope,
  { stop, onBatch }: RecountOptions = {},
): Promise<RecountOutcome> {
  let run = await startRecalculation(ctx, scope);
  const correctedBefore = run.corrected;
  const finished = await inBatches(stop, async (size) => {
    const batch = await recalculateBatch(ctx, scope, run, size);
    if (!batch) return false;
    run = batch.run;
    await onBatch?.(run.checked, batch.corrected);
    return true;
  });
  if (finished) await finishRecalculation(ctx, run);
  return { checked: run.checked, correctedBefore, stopped: !finished };
}

/** The same without a change. @throws AppError FORBIDDEN */
export async function previewEverybody(ctx: Context, scope: RecountScope, { stop, onBatch }: RecountOptions = {}): Promise<RecountOutcome> {
  let after = 0;
  let checked = 0;
  const finished = await inBatches(stop, async (size) => {
    const batch = await previewRecalculation(ctx, scope, after, size);
    if (!batch) return false;
    after = batch.upTo;
    checked += batch.accounts;
    await onBatch?.(checked, batch.wrong);
    return true;
  });
  return { checked, correctedBefore: 0, stopped: !finished };
}

/** Calls `work` until it says false, each time with the size that fits into BATCH_MS as measured. Returns false when it was stopped. */
async function inBatches(stop: AbortSignal | undefined, work: (size: number) => Promise<boolean>): Promise<boolean> {
  let size = FIRST;
  for (;;) {
    if (stop?.aborted) return false;
    const from = performance.now();
    if (!(await work(size))) return true;
    const tookMs = performance.now() - from;
    // At most double or half: one slow batch on a busy machine is no reason to crawl.
    size = Math.round(Math.min(LARGEST, Math.max(SMALLEST, size * Math.min(2, Math.max(0.5, BATCH_MS / tookMs)))));
    await new Promise((resolve) => setTimeout(resolve, tookMs * REST));
  }
}

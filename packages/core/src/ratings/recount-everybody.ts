import type { Context } from '../kernel/context.ts';
import { inBatches } from '../kernel/in-batches.ts';
import type { Discrepancy, RecountScope } from './aggregates.ts';
import { finishRecalculation, previewRecalculation, recalculateBatch, startRecalculation } from './recalculate-aggregates.ts';

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
 * Recounts everybody of a scope in batches (`inBatches`), and goes on where an earlier run was stopped.
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

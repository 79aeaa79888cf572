import { requireSystem } from '../context/actor.ts';
import type { Context, Store } from '../context/context.ts';
import { auditRecord } from '../context/records.ts';
import type { Discrepancy, RecalculationRun, RecountScope, Stretch } from './aggregates.ts';

/** Another process recounts the same sellers. */
export class RecalculationRacedError extends Error {
  override readonly name = 'RecalculationRacedError';
}

/** Begins a recount, or finds how far an earlier one of the same scope came. @throws AppError FORBIDDEN */
export function startRecalculation(ctx: Context, scope: RecountScope): Promise<RecalculationRun> {
  requireSystem(ctx.actor);
  return ctx.store.aggregates.openRun(scope, ctx.now());
}

/**
 * Recounts the next sellers and corrects those that were wrong. It locks them first and counts afterwards, by a statement of its
 * own: a rating that was committed before the lock is counted, one that was not adds itself when the lock is gone. Progress is
 * part of the transaction: after a crash the recount goes on exactly behind it.
 * @param size how many accounts at most
 * @returns null when nobody is left
 * @throws AppError FORBIDDEN; RecalculationRacedError
 */
export async function recalculateBatch(
  ctx: Context,
  scope: RecountScope,
  run: RecalculationRun,
  size: number,
): Promise<{ run: RecalculationRun; corrected: Discrepancy[] } | null> {
  requireSystem(ctx.actor);
  const stretch = await ctx.store.aggregates.nextStretch(scope, run.lastSellerId, size);
  if (!stretch) return null;
  return ctx.transaction(async (store) => {
    const corrected = await recount(store, scope, stretch);
    const next: RecalculationRun = {
      id: run.id,
      lastSellerId: stretch.upTo,
      checked: run.checked + stretch.accounts,
      corrected: run.corrected + corrected.length,
    };
    if (!(await store.aggregates.advanceRun(run, next)))
      throw new RecalculationRacedError('Another process is recalculating the same sellers.');
    await correct(ctx, store, corrected);
    return { run: next, corrected };
  });
}

/** The same without a change: who among the next accounts would be corrected. @throws AppError FORBIDDEN */
export async function previewRecalculation(
  ctx: Context,
  scope: RecountScope,
  after: number,
  size: number,
): Promise<{ upTo: number; accounts: number; wrong: Discrepancy[] } | null> {
  requireSystem(ctx.actor);
  const stretch = await ctx.store.aggregates.nextStretch(scope, after, size);
  if (!stretch) return null;
  const wrong = await ctx.store.aggregates.findDiscrepancies(scope, stretch);
  return { upTo: stretch.upTo, accounts: stretch.accounts, wrong: await confirmed(ctx, wrong) };
}

/** @throws AppError FORBIDDEN */
export function finishRecalculation(ctx: Context, run: RecalculationRun): Promise<void> {
  requireSystem(ctx.actor);
  return ctx.transaction(async (store) => {
    await store.aggregates.finishRun(run.id, ctx.now());
    const { checked, corrected } = run;
    await store.audit.append(auditRecord(ctx, 'aggregates.recalculated', 'recalculation', run.id, { checked, corrected }));
  });
}

/**
 * `verifySellersScores` of the documents: who has counts that are not what their ratings say. One statement looks at everybody;
 * who looks wrong is locked and counted again, so that a rating that comes in meanwhile is no false alarm on any engine.
 * @throws AppError FORBIDDEN
 */
export async function verifySellersScores(ctx: Context): Promise<Discrepancy[]> {
  requireSystem(ctx.actor);
  return confirmed(ctx, await ctx.store.aggregates.findDiscrepancies({ kind: 'all' }));
}

/** Counts these sellers again, each under its lock, and corrects who is still wrong. @throws AppError FORBIDDEN */
export async function repairSellersScores(ctx: Context, wrong: readonly Pick<Discrepancy, 'sellerId'>[]): Promise<void> {
  requireSystem(ctx.actor);
  for (const { sellerId } of wrong) {
    await ctx.transaction(async (store) => correct(ctx, store, await recountOne(store, sellerId)));
  }
}

/** Locks first, counts second: see {@link recalculateBatch}. */
async function recount(store: Store, scope: RecountScope, stretch: Stretch): Promise<Discrepancy[]> {
  await store.aggregates.lock(stretch);
  return store.aggregates.findDiscrepancies(scope, stretch);
}

const recountOne = (store: Store, sellerId: number) =>
  recount(store, { kind: 'seller', sellerId }, { after: sellerId - 1, upTo: sellerId });

async function correct(ctx: Context, store: Store, wrong: Discrepancy[]): Promise<void> {
  await store.aggregates.setCounts(wrong);
  await tellCountsMoved(
    ctx,
    store,
    wrong.map(({ sellerId }) => sellerId),
  );
  await store.audit.append(...wrong.map(({ sellerId, ...found }) => auditRecord(ctx, 'aggregates.corrected', 'seller', sellerId, found)));
}

/** So many sellers are told of one by one. */
const TOLD_ONE_BY_ONE = 20;

/** Tells of counts that moved without a rating that moved them: by a correction, or by an import. */
export async function tellCountsMoved(ctx: Context, store: Store, sellerIds: readonly number[]): Promise<void> {
  const subjects = sellerIds.length > TOLD_ONE_BY_ONE ? [0] : [...new Set(sellerIds)];
  for (const subjectId of subjects)
    await store.outbox.append({ topic: 'aggregates.corrected', subjectId, payload: { sellers: sellerIds.length } }, ctx.now());
}

async function confirmed(ctx: Context, suspects: Discrepancy[]): Promise<Discrepancy[]> {
  const wrong: Discrepancy[] = [];
  for (const { sellerId } of suspects) {
    wrong.push(...(await ctx.transaction((store) => recountOne(store, sellerId))));
  }
  return wrong;
}

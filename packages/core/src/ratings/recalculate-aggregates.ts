import { requireSystem } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { auditRecord } from '../kernel/records.ts';
import type { Discrepancy, RecalculationRun, RecountScope, IdRange } from './aggregates.ts';

/** Another process recounts the same sellers. */
export class RecalculationRacedError extends Error {
  override readonly name = 'RecalculationRacedError';
}

/** Begins a recount, or finds how far an earlier one of the same scope came. @throws AppError FORBIDDEN */
export function startRecalculation(ctx: Context, scope: RecountScope): Promise<RecalculationRun> {
  requireSystem(ctx.actor);
  return ctx.repos.aggregates.openRun(scope, ctx.now());
}

/**
 * Recounts the next sellers and corrects those that were wrong. It locks them first and counts afterwards, by a statement of its
 * own: a rating that was committed before the lock is counted, one that was not adds itself when the lock is gone. Progress is
 * part of the transaction: after a crash the recount goes on exactly behind it.
 * @param size how many accounts at most
 * @returns null when no account is left
 * @throws AppError FORBIDDEN; RecalculationRacedError
 */
export async function recalculateBatch(
  ctx: Context,
  scope: RecountScope,
  run: RecalculationRun,
  size: number,
): Promise<{ run: RecalculationRun; corrected: Discrepancy[] } | null> {
  requireSystem(ctx.actor);
  const stretch = await ctx.repos.aggregates.nextStretch(scope, run.lastSellerId, size);
  if (!stretch) return null;
  return ctx.change(async (tx) => {
    const corrected = await recount(tx.repos, scope, stretch);
    const next: RecalculationRun = {
      id: run.id,
      lastSellerId: stretch.upTo,
      checked: run.checked + stretch.accounts,
      corrected: run.corrected + corrected.length,
    };
    if (!(await tx.repos.aggregates.advanceRun(run, next)))
      throw new RecalculationRacedError('Another process is recalculating the same sellers.');
    await correct(tx, corrected);
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
  const stretch = await ctx.repos.aggregates.nextStretch(scope, after, size);
  if (!stretch) return null;
  const wrong = await ctx.repos.aggregates.findDiscrepancies(scope, stretch);
  return { upTo: stretch.upTo, accounts: stretch.accounts, wrong: await confirmed(ctx, wrong) };
}

/** @throws AppError FORBIDDEN */
export function finishRecalculation(ctx: Context, run: RecalculationRun): Promise<void> {
  requireSystem(ctx.actor);
  return ctx.change(async (tx) => {
    await tx.repos.aggregates.finishRun(run.id, tx.at);
    const { checked, corrected } = run;
    await tx.audit('aggregates.recalculated', 'recalculation', run.id, { checked, corrected });
  });
}

/**
 * `verifySellersScores` of the documents: who has counts that are not what their ratings say. One statement looks at everybody;
 * who looks wrong is locked and counted again, so that a rating that comes in meanwhile is no false alarm on any engine.
 * @throws AppError FORBIDDEN
 */
export async function verifySellersScores(ctx: Context): Promise<Discrepancy[]> {
  requireSystem(ctx.actor);
  return confirmed(ctx, await ctx.repos.aggregates.findDiscrepancies({ kind: 'all' }));
}

/** Counts these sellers again, each under its lock, and corrects who is still wrong. @throws AppError FORBIDDEN */
export async function repairSellersScores(ctx: Context, wrong: readonly Pick<Discrepancy, 'sellerId'>[]): Promise<void> {
  requireSystem(ctx.actor);
  for (const { sellerId } of wrong) {
    await ctx.change(async (tx) => correct(tx, await recountOne(tx.repos, sellerId)));
  }
}

/** Locks first, counts second: see {@link recalculateBatch}. */
async function recount(repos: Repositories, scope: RecountScope, stretch: IdRange): Promise<Discrepancy[]> {
  await repos.aggregates.lock(stretch);
  return repos.aggregates.findDiscrepancies(scope, stretch);
}

const recountOne = (repos: Repositories, sellerId: number) =>
  recount(repos, { kind: 'seller', sellerId }, { after: sellerId - 1, upTo: sellerId });

async function correct(tx: Tx, wrong: Discrepancy[]): Promise<void> {
  await tx.repos.aggregates.setCounts(wrong);
  await publishCorrectedCounts(
    tx,
    wrong.map(({ sellerId }) => sellerId),
  );
  await tx.repos.audit.append(...wrong.map(({ sellerId, ...found }) => auditRecord(tx, 'aggregates.corrected', 'seller', sellerId, found)));
}

/** Above this number of sellers one fact stands for all of them. */
const ONE_BY_ONE = 20;

/** Publishes that counts changed without a rating that changed them: by a correction, or by an import. */
export async function publishCorrectedCounts(tx: Tx, sellerIds: readonly number[]): Promise<void> {
  const subjects = sellerIds.length > ONE_BY_ONE ? [null] : [...new Set(sellerIds)];
  for (const sellerId of subjects) await tx.publish('aggregates.corrected', { sellerId, sellers: sellerIds.length });
}

async function confirmed(ctx: Context, suspects: Discrepancy[]): Promise<Discrepancy[]> {
  const wrong: Discrepancy[] = [];
  for (const { sellerId } of suspects) {
    wrong.push(...(await ctx.change((tx) => recountOne(tx.repos, sellerId))));
  }
  return wrong;
}

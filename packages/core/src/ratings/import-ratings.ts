import { foldForSearch } from '@assay/contract';
import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { ImportRacedError, type ImportRun } from '../imports/ports.ts';
import type { ImportedRating } from './import-rules.ts';
import { publishCorrectedCounts } from './recalculate-aggregates.ts';

/** A rating whose people are known. */
export interface ResolvedRating extends Pick<ImportedRating, 'line' | 'rating' | 'comment' | 'at'> {
  sellerId: number;
  raterId: number;
}

export interface RejectedLine {
  line: number;
  reason: string;
}

/** Begins the import of a file, or finds how far an earlier one came. @throws AppError FORBIDDEN */
export function startImport(ctx: Context, file: { source: string; fileName: string; fingerprint: string }): Promise<ImportRun> {
  requireSystem(ctx.actor);
  return ctx.repos.imports.openRun(file, ctx.now());
}

/**
 * Takes the ratings of some lines, and says which cannot be taken. All of it, counts and progress included, is one
 * transaction: after a crash the import goes on exactly behind it.
 * @param lastLine the last line that was looked at, taken or not
 * @param bad lines that were no ratings at all
 * @throws AppError FORBIDDEN; ImportRacedError
 */
export async function importBatch(
  ctx: Context,
  run: ImportRun,
  batch: { ratings: ImportedRating[]; bad: number; lastLine: number },
): Promise<{ run: ImportRun; rejected: RejectedLine[] }> {
  requireSystem(ctx.actor);
  return ctx.change(async (tx) => {
    const resolved = await resolvePeople(tx.repos, run.source, batch.ratings);
    const { fresh, rejected } = await withoutRepeats(tx.repos, resolved);
    const next: ImportRun = {
      ...run,
      linesDone: batch.lastLine,
      imported: run.imported + fresh.length,
      rejected: run.rejected + rejected.length + batch.bad,
    };
    if (!(await tx.repos.imports.advance(run, next))) throw new ImportRacedError('Another process is importing this file.');
    if (fresh.length > 0) {
      await tx.repos.imports.ensureRole(unique(fresh.map(({ raterId }) => raterId)), 'buyer', tx.at);
      await tx.repos.imports.ensureRole(unique(fresh.map(({ sellerId }) => sellerId)), 'seller', tx.at);
      await tx.repos.imports.insertRatings(run.id, fresh);
      await publishCorrectedCounts(tx, unique(fresh.map(({ sellerId }) => sellerId)));
    }
    return { run: next, rejected };
  });
}

/** @throws AppError FORBIDDEN */
export function finishImport(ctx: Context, run: ImportRun): Promise<void> {
  requireSystem(ctx.actor);
  return ctx.change(async (tx) => {
    await tx.repos.imports.finish(run.id, tx.at);
    await tx.audit('ratings.imported', 'import', run.id, { source: run.source, imported: run.imported, rejected: run.rejected });
  });
}

/** The lines of a batch that would be taken now, without taking them. Nothing is written. */
export async function previewBatch(
  ctx: Context,
  source: string,
  ratings: ImportedRating[],
): Promise<{ importable: number; rejected: RejectedLine[] }> {
  requireSystem(ctx.actor);
  const known = await ctx.repos.imports.findAccounts(source, unique(ratings.flatMap(({ rater, seller }) => [rater, seller])));
  // Who is not known yet gets a number of their own below zero.
  const idOf = (externalId: string) => known.get(externalId) ?? known.set(externalId, -1 - known.size).get(externalId)!;
  const resolved = ratings.map((rating) => ({ ...rating, sellerId: idOf(rating.seller), raterId: idOf(rating.rater) }));
  const { fresh, rejected } = await withoutRepeats(ctx.repos, resolved);
  return { importable: fresh.length, rejected };
}

async function resolvePeople(repos: Repositories, source: string, ratings: ImportedRating[]): Promise<ResolvedRating[]> {
  const firstSeen = new Map<string, Date>();
  for (const { rater, seller, at } of ratings) for (const id of [rater, seller]) if (!firstSeen.has(id)) firstSeen.set(id, at);
  const known = await repos.imports.findAccounts(source, [...firstSeen.keys()]);
  const missing = [...firstSeen].filter(([externalId]) => !known.has(externalId));
  const created = await repos.imports.createAccounts(
    source,
    missing.map(([externalId, since]) => {
      const fullName = displayName(externalId);
      return { externalId, fullName, searchName: foldForSearch(fullName), since };
    }),
  );
  const idOf = (externalId: string) => (known.get(externalId) ?? created.get(externalId))!;
  return ratings.map(({ line, rating, comment, at, seller, rater }) => ({
    line,
    rating,
    comment,
    at,
    sellerId: idOf(seller),
    raterId: idOf(rater),
  }));
}

/** A number alone is no name. */
const displayName = (externalId: string) => (/^\d+$/.test(externalId) ? `Trader ${externalId}` : externalId);

/** One rating for each pair: the first one counts. */
async function withoutRepeats<T extends { line: number; sellerId: number; raterId: number }>(
  repos: Repositories,
  ratings: T[],
): Promise<{ fresh: T[]; rejected: RejectedLine[] }> {
  const rated = await repos.imports.ratedPairs(ratings);
  const fresh: T[] = [];
  const rejected: RejectedLine[] = [];
  for (const rating of ratings) {
    const pair = `${rating.sellerId}:${rating.raterId}`;
    if (rated.has(pair)) rejected.push({ line: rating.line, reason: 'this rater has rated this seller already' });
    else fresh.push(rating);
    rated.add(pair);
  }
  return { fresh, rejected };
}

const unique = <T>(values: T[]): T[] => [...new Set(values)];

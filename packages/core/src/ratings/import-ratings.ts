import { foldForSearch } from '@assay/contract';
import { requireSystem } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import type { Repositories } from '../kernel/repositories.ts';
import { ImportRacedError, type ImportRun, type RatedPair } from '../imports/ports.ts';
import { displayName } from './import-people.ts';
import type { ImportedRating } from './import-rules.ts';
import { NewestOfPairs, RATED_ALREADY, type RejectedLine } from './newest-of-pairs.ts';
import { publishCorrectedCounts } from './recalculate-aggregates.ts';
import { recordVersion } from './record-version.ts';

/** A rating whose people are known. */
export interface ResolvedRating extends Pick<ImportedRating, 'line' | 'rating' | 'comment' | 'at'> {
  sellerId: number;
  raterId: number;
}

/** Begins the import of a file, or finds how far an earlier one came. @throws AppError FORBIDDEN */
export function startImport(ctx: Context, file: { source: string; fileName: string; fingerprint: string }): Promise<ImportRun> {
  requireSystem(ctx.actor);
  return ctx.repos.imports.openRun(file, ctx.now());
}

/** Accounts that exist here, by the id of the seller elsewhere. */
export type KnownSellers = ReadonlyMap<string, number>;

/** Remembers which accounts sellers of another marketplace have here, for this import and later ones. @throws AppError FORBIDDEN */
export function linkSellers(ctx: Context, source: string, sellers: KnownSellers): Promise<void> {
  requireSystem(ctx.actor);
  return ctx.change(async (tx) => {
    const known = await tx.repos.imports.findAccounts(source, [...sellers.keys()]);
    const links = [...sellers].filter(([externalId]) => !known.has(externalId));
    await tx.repos.imports.linkAccounts(
      source,
      links.map(([externalId, userId]) => ({ externalId, userId })),
    );
  });
}

/**
 * Takes the ratings of some lines, and says which cannot be taken. A newer rating takes the place of an imported one. All of it,
 * counts and progress included, is one transaction: after a crash the import goes on exactly behind it.
 * @param lastLine the last line that was looked at, taken or not
 * @param bad lines that were no ratings at all
 * @throws AppError FORBIDDEN; ImportRacedError
 */
export async function importBatch(
  ctx: Context,
  run: ImportRun,
  batch: { ratings: ImportedRating[]; bad: number; lastLine: number; sellers?: KnownSellers },
): Promise<{ run: ImportRun; rejected: RejectedLine[] }> {
  requireSystem(ctx.actor);
  return ctx.change(async (tx) => {
    const resolved = await resolvePeople(tx.repos, run.source, batch.ratings, batch.sellers);
    const { fresh, newer, rejected } = await newestOfEach(tx.repos, resolved);
    const next: ImportRun = {
      ...run,
      linesDone: batch.lastLine,
      imported: run.imported + fresh.length + newer.length,
      rejected: run.rejected + rejected.length + batch.bad,
    };
    if (!(await tx.repos.imports.advance(run, next))) throw new ImportRacedError('Another process is importing this file.');
    if (fresh.length > 0) {
      await tx.repos.imports.ensureRole(unique(fresh.map(({ raterId }) => raterId)), 'buyer', tx.at);
      await tx.repos.imports.ensureRole(unique(fresh.map(({ sellerId }) => sellerId)), 'seller', tx.at);
      await tx.repos.imports.insertRatings(run.id, fresh);
      await publishCorrectedCounts(tx, unique(fresh.map(({ sellerId }) => sellerId)));
    }
    for (const { rating, before } of newer) await replaceImported(tx, run.id, rating, before);
    return { run: next, rejected };
  });
}

async function replaceImported(tx: Tx, importRunId: number, { rating, comment, at }: ResolvedRating, before: RatedPair): Promise<void> {
  const old = { ...before, id: before.ratingId, orderId: null };
  await recordVersion(tx, { action: 'replaced', before: old, after: { rating, comment, orderId: null, importRunId, createdAt: at } });
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
  sellers: KnownSellers = new Map(),
): Promise<{ importable: number; rejected: RejectedLine[] }> {
  requireSystem(ctx.actor);
  const known = await ctx.repos.imports.findAccounts(source, unique(ratings.flatMap(({ rater, seller }) => [rater, seller])));
  // Who is not known yet gets a number of their own below zero.
  const idOf = (externalId: string) => known.get(externalId) ?? known.set(externalId, -1 - known.size).get(externalId)!;
  const resolved = ratings.map((rating) => ({
    ...rating,
    sellerId: sellers.get(rating.seller) ?? idOf(rating.seller),
    raterId: idOf(rating.rater),
  }));
  const { fresh, newer, rejected } = await newestOfEach(ctx.repos, resolved);
  return { importable: fresh.length + newer.length, rejected };
}

async function resolvePeople(
  repos: Repositories,
  source: string,
  ratings: ImportedRating[],
  sellers: KnownSellers = new Map(),
): Promise<ResolvedRating[]> {
  const firstSeen = new Map<string, { since: Date; name: string }>();
  for (const { rater, raterName, seller, at: since } of ratings) {
    if (!firstSeen.has(rater)) firstSeen.set(rater, { since, name: raterName ?? rater });
    if (!firstSeen.has(seller) && !sellers.has(seller)) firstSeen.set(seller, { since, name: seller });
  }
  const known = await repos.imports.findAccounts(source, [...firstSeen.keys()]);
  const missing = [...firstSeen].filter(([externalId]) => !known.has(externalId));
  const created = await repos.imports.createAccounts(
    source,
    missing.map(([externalId, { since, name }]) => {
      const fullName = displayName(name);
      return { externalId, fullName, searchName: foldForSearch(fullName), since };
    }),
  );
  const idOf = (externalId: string) => (known.get(externalId) ?? created.get(externalId))!;
  return ratings.map(({ line, rating, comment, at, seller, rater }) => ({
    line,
    rating,
    comment,
    at,
    sellerId: sellers.get(seller) ?? idOf(seller),
    raterId: idOf(rater),
  }));
}

/** One rating for each pair: the newest one counts, of two at the same time the first. What is not imported is never replaced. */
async function newestOfEach<T extends { line: number; sellerId: number; raterId: number; at: Date }>(
  repos: Repositories,
  ratings: T[],
): Promise<{ fresh: T[]; newer: { rating: T; before: RatedPair }[]; rejected: RejectedLine[] }> {
  const rejected: RejectedLine[] = [];
  const pairs = new NewestOfPairs<T>();
  for (const rating of ratings) {
    const isOwn = rating.sellerId === rating.raterId;
    const left = isOwn ? { line: rating.line, reason: 'this account rates itself' } : pairs.add(pairOf(rating), rating);
    if (left) rejected.push(left);
  }
  const { newest } = pairs;
  const rated = new Map((await repos.imports.ratedPairs([...newest.values()])).map((before) => [pairOf(before), before]));
  const fresh: T[] = [];
  const newer: { rating: T; before: RatedPair }[] = [];
  for (const [pair, rating] of newest) {
    const before = rated.get(pair);
    if (!before) fresh.push(rating);
    else if (before.source === 'imported' && before.createdAt < rating.at) newer.push({ rating, before });
    else rejected.push({ line: rating.line, reason: RATED_ALREADY });
  }
  return { fresh, newer, rejected };
}

const pairOf = ({ sellerId, raterId }: { sellerId: number; raterId: number }) => `${sellerId}:${raterId}`;
const unique = <T>(values: T[]): T[] => [...new Set(values)];

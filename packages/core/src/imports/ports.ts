import type { Stars } from '@assay/contract';
import type { ResolvedRating } from '../ratings/import-ratings.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly imports: ImportsRepository;
  }
}

export interface ImportRun {
  id: number;
  source: string;
  /** Every line of the file up to this one is done. */
  linesDone: number;
  imported: number;
  rejected: number;
  finished: boolean;
  finishedAt: Date | null;
}

/** An account of another marketplace that is new here. */
export interface NewExternalAccount {
  externalId: string;
  fullName: string;
  searchName: string;
  since: Date;
}

/** The rating that a pair has. */
export interface RatedPair {
  sellerId: number;
  raterId: number;
  ratingId: number;
  version: number;
  rating: Stars;
  comment: string | null;
  createdAt: Date;
  source: 'purchase' | 'imported' | 'struck';
}

export interface ImportsRepository {
  /** The run of that file, a new one if there is none. */
  openRun(run: { source: string; fileName: string; fingerprint: string }, at: Date): Promise<ImportRun>;
  /** The run of that file; null where there was none. */
  findRun(fingerprint: string): Promise<ImportRun | null>;
  /** False when the run is not at `from` any more: another process imports the same file. */
  advance(run: ImportRun, to: Pick<ImportRun, 'linesDone' | 'imported' | 'rejected'>): Promise<boolean>;
  finish(runId: number, at: Date): Promise<void>;
  /** Begins a finished run anew. False when it is not as it was read: another request began it. */
  reopen(run: Pick<ImportRun, 'id' | 'finishedAt'>): Promise<boolean>;
  /** Who is known of these external ids. */
  findAccounts(source: string, externalIds: string[]): Promise<Map<string, number>>;
  createAccounts(source: string, accounts: NewExternalAccount[]): Promise<Map<string, number>>;
  /** Gives the role to those of them who lack it. */
  ensureRole(userIds: number[], role: 'buyer' | 'seller', at: Date): Promise<void>;
  /** Says which accounts of another marketplace are which users here. */
  linkAccounts(source: string, links: { externalId: string; userId: number }[]): Promise<void>;
  /** The ratings that these pairs have: those that count, and those that were struck out. */
  ratedPairs(pairs: { sellerId: number; raterId: number }[]): Promise<RatedPair[]>;
  /** Ratings, their first versions and the sellers' counts. */
  insertRatings(runId: number, ratings: ResolvedRating[]): Promise<void>;
}

/** Another process imports the same file. */
export class ImportRacedError extends Error {
  override readonly name = 'ImportRacedError';
}

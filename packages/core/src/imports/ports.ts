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
}

/** An account of another marketplace that is new here. */
export interface NewExternalAccount {
  externalId: string;
  fullName: string;
  searchName: string;
  since: Date;
}

export interface ImportsRepository {
  /** The run of that file, a new one if there is none. */
  openRun(run: { source: string; fileName: string; fingerprint: string }, at: Date): Promise<ImportRun>;
  /** False when the run is not at `from` any more: another process imports the same file. */
  advance(run: ImportRun, to: Pick<ImportRun, 'linesDone' | 'imported' | 'rejected'>): Promise<boolean>;
  finish(runId: number, at: Date): Promise<void>;
  /** Who is known of these external ids. */
  findAccounts(source: string, externalIds: string[]): Promise<Map<string, number>>;
  createAccounts(source: string, accounts: NewExternalAccount[]): Promise<Map<string, number>>;
  /** Gives the role to those of them who lack it. */
  ensureRole(userIds: number[], role: 'buyer' | 'seller', at: Date): Promise<void>;
  /** Which of these pairs have a rating that counts or was struck out, as "seller:rater". */
  ratedPairs(pairs: { sellerId: number; raterId: number }[]): Promise<Set<string>>;
  /** Ratings, their first versions and the sellers' counts. */
  insertRatings(runId: number, ratings: ResolvedRating[]): Promise<void>;
}

/** Another process imports the same file. */
export class ImportRacedError extends Error {
  override readonly name = 'ImportRacedError';
}

import type { DeletionObstacle } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly privacy: PrivacyRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Settings {
    /** For so many years orders and payments are kept after the account of a party is deleted. */
    readonly moneyRecordYears: number;
  }
}

/** A row of an export, by the names of its file. */
export type ExportRow = Record<string, unknown>;

export interface ExportPage {
  rows: ExportRow[];
  /** The key by which the next page begins; null where there is no row. */
  last: string | number | null;
}

/** What is erased in batches once an account is closed, in this order. */
export const ERASURE_STEPS = [
  'audit',
  'sessions',
  'answers',
  'emails',
  'votes',
  'replies',
  'reports',
  'follows',
  'basket',
  'addresses',
  'comments',
  'listings',
  'images',
  'verifications',
  'disputes',
  'messages',
  'returns',
] as const;
export type ErasureStep = (typeof ERASURE_STEPS)[number];

export interface PrivacyRepository {
  /** The files of an export, in their order. */
  readonly exportFiles: readonly string[];
  /** Rows of a file that are about a person, after a key of the page before. */
  exportPage(file: string, userId: number, after: string | number | null, limit: number): Promise<ExportPage>;

  /** What keeps an account from being deleted. In a transaction it stays true for admins who delete their accounts at once. */
  obstacles(userId: number): Promise<{ obstacle: DeletionObstacle; count: number }[]>;
  /** Every address that e-mail of the account went to. */
  addresses(userId: number): Promise<string[]>;
  /** Takes name, address, sign-in methods, roles and profile from an account for good. May be done again. @param name by which alerts name it */
  close(userId: number, name: string | null, at: Date): Promise<void>;
  /** Erases up to `limit` rows of a step. Returns how many: fewer when nothing is left. */
  erase(step: ErasureStep, userId: number, limit: number, at: Date): Promise<number>;
  /** Orders of a party that are neither paid nor being paid. */
  unpaidOrders(userId: number, limit: number): Promise<number[]>;
  /** Sellers whom an account follows. */
  followed(userId: number, limit: number): Promise<number[]>;
  /** Files of documents that are stored, or began to arrive before `arriving`. */
  documents(userId: number, arriving: Date, limit: number): Promise<{ id: number; storageKey: string }[]>;
  /** The same of evidence in disputes. */
  evidence(userId: number, arriving: Date, limit: number): Promise<{ id: number; storageKey: string }[]>;
  /** How many images, verifications and files of evidence are left that are not deleted yet. */
  remaining(userId: number): Promise<number>;
  /** Nothing is left to erase. */
  erased(userId: number, at: Date): Promise<void>;

  /** Removes what is left of former members in orders and payments since before then. Returns how many rows: 0 when nothing is left. */
  expireMoneyRecords(before: Date, limit: number): Promise<number>;
}

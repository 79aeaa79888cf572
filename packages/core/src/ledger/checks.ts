import type { LedgerAccount, LedgerDifference } from '@assay/contract';
import type { IdRange } from '../ratings/aggregates.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly ledgerChecks: LedgerChecks;
  }
}

/** Accounts whose balance is never a debit. */
export const CREDIT_ACCOUNTS: readonly LedgerAccount[] = ['held', 'seller_balance', 'reserve', 'payouts_in_transit', 'refunds'];
/** Accounts whose balance is never a credit. */
export const DEBIT_ACCOUNTS: readonly LedgerAccount[] = ['seller_debt'];

/** What the ranges of a check count: entries, balances by their seller, payments by their order. */
export type CheckedIds = 'entries' | 'sellers' | 'payments';

/** A verification that is over. */
export interface VerificationResult {
  startedAt: Date;
  finishedAt: Date;
  entries: number;
  payments: number;
  /** Payments of earlier releases that it posted. */
  posted: number;
  differences: number;
  /** The first hundred of them. */
  findings: LedgerDifference[];
}

/** A difference, with the id of the entry, seller or order in whose range it was found. */
export interface FoundDifference extends LedgerDifference {
  id: number;
}

/** Set-based comparisons of the ledger, in ranges of ids. */
export interface LedgerChecks {
  /** The next range of at most `size` rows; null when there is none left. Of sellers, 0 stands for no seller. */
  nextRange(of: CheckedIds, after: number, size: number): Promise<(IdRange & { rows: number }) | null>;
  /** What differs in a range. */
  differences(of: CheckedIds, range: IdRange): Promise<FoundDifference[]>;
  /** Keeps the result of a verification. */
  keep(result: VerificationResult): Promise<void>;
  /** The last verification; null before the first. */
  last(): Promise<VerificationResult | null>;
}

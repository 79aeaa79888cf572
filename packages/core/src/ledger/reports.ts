import type { LedgerAccount, LedgerFilter, LedgerKind } from '@assay/contract';
import type { PostingLine } from './ports.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly ledgerReports: LedgerReports;
  }
}

/** A balance, debit positive, in minor units. */
export interface BalanceRow {
  currency: string;
  account: LedgerAccount;
  balanceMinor: bigint;
}

export interface EntryRow {
  id: number;
  cause: string;
  kind: LedgerKind;
  currency: string;
  orderId: number | null;
  isTest: boolean;
  at: Date;
}

/** How an entry changed one seller's accounts, debits positive. */
export interface StatementRow extends Omit<EntryRow, 'cause'> {
  held: bigint;
  balance: bigint;
  commission: bigint;
  vat: bigint;
}

/** What people read of the ledger. */
export interface LedgerReports {
  /** The balance of each account, over all sellers, by currency and account. */
  trialBalance(): Promise<BalanceRow[]>;
  /** Newest first. */
  entries(filter: LedgerFilter & { limit: number; before?: number | undefined }): Promise<EntryRow[]>;
  /** The postings of entries, in their order. */
  linesOf(entryIds: readonly number[]): Promise<(PostingLine & { entryId: number })[]>;
  balancesOf(sellerId: number): Promise<BalanceRow[]>;
  /** Entries that have postings of a seller in a currency, newest first. */
  statement(query: { sellerId: number; currency: string; limit: number; before?: number | undefined }): Promise<StatementRow[]>;
}

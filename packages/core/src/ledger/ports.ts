import type { LedgerAccount, LedgerKind } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly ledger: LedgerRepository;
  }
}

/** One line of an entry: a debit is positive, a credit negative, in minor units of the entry's currency. */
export interface PostingLine {
  account: LedgerAccount;
  /** Whose order or payout it is; null where it is no seller's. */
  sellerId: number | null;
  amountMinor: bigint;
}

export interface NewEntry {
  /** What happened, once: "payment:12". At most 80 characters. */
  cause: string;
  kind: LedgerKind;
  currency: string;
  orderId: number | null;
  /** The test provider moved no money. */
  isTest: boolean;
  /** When it happened. */
  at: Date;
  lines: readonly PostingLine[];
}

/** Sums of postings by account, debits positive. An account without postings is missing. */
export type AccountSums = ReadonlyMap<LedgerAccount, bigint>;

/** Entries and postings are only added: the database refuses to change or delete them. */
export interface LedgerRepository {
  isPosted(cause: string): Promise<boolean>;
  /** When the entry with that cause happened; null where it is not posted. */
  postedAt(cause: string): Promise<Date | null>;
  /** Locks the balances of a seller in a currency until the transaction ends. */
  lock(sellerId: number | null, currency: string): Promise<void>;
  /** The balances of a seller in a currency. */
  balances(sellerId: number, currency: string): Promise<AccountSums>;
  /** Sums of what was posted for an order, over all its entries but fees of the provider. */
  sumsOfOrder(orderId: number): Promise<AccountSums>;
  /** The postings of the entry with that cause; none where it is not posted. */
  linesOf(cause: string): Promise<PostingLine[]>;
  /** @throws Raced when the cause has been posted meanwhile */
  add(entry: NewEntry): Promise<void>;
  /** Adds lines to the balances that they belong to, in the order of their keys. */
  shiftBalances(currency: string, lines: readonly PostingLine[]): Promise<void>;
}

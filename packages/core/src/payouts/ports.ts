declare module '../kernel/context.ts' {
  interface PureServices {
    readonly bankFiles: BankFiles;
  }
}

/** A bank account that money comes from or goes to. */
export interface BankAccount {
  holder: string;
  iban: string;
  bic: string | null;
}

/** One transfer of a bank file. */
export interface CreditTransfer {
  /** Ours: the bank gives it back in its statements. */
  endToEndId: string;
  /** In cents. */
  amount: bigint;
  to: BankAccount;
  /** What the seller reads on the statement. */
  purpose: string;
}

/** Transfers in euros that the bank executes together. */
export interface CreditTransferFile {
  /** Ours: a bank takes a file with the same id once. */
  messageId: string;
  createdAt: Date;
  /** The day on which the bank executes it. */
  executeOn: Date;
  from: BankAccount;
  transfers: readonly CreditTransfer[];
}

/** What a bank says about one transfer of ours. */
export interface StatementEntry {
  endToEndId: string;
  /** In minor units of the currency; null where the statement does not say it for this transfer alone. */
  amount: bigint | null;
  currency: string;
  /** paid: it left our account; returned: the bank sent it back. */
  kind: 'paid' | 'returned';
  /** Why the bank sent it back: a code of ISO 20022 such as AC04; null where it does not say. */
  reason: string | null;
}

/** Files that banks read and write. */
export interface BankFiles {
  /** A credit transfer of ISO 20022, pain.001.001.09, piece by piece: other requests go on meanwhile. */
  creditTransfers(file: CreditTransferFile): AsyncGenerator<string>;
  /**
   * The transfers that a statement (camt.053) or a notification (camt.054) says are booked. Other requests go on meanwhile.
   * @throws AppError VALIDATION_FAILED (it is no such file, or too long)
   */
  readStatement(file: Uint8Array): Promise<StatementEntry[]>;
}

import type { LedgerKind, PayoutCallKind, PayoutCallStatus, PayoutInterval, PayoutMethod, PayoutStatus } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly payouts: PayoutsRepository;
    readonly payoutCalls: PayoutCallsRepository;
    readonly payoutFiles: PayoutFilesRepository;
  }
}

declare module '../kernel/context.ts' {
  interface PureServices {
    readonly bankFiles: BankFiles;
  }
  interface Settings {
    readonly payouts: PayoutPolicy;
  }
}

/** What the operator decides about payouts. */
export interface PayoutPolicy {
  /** How often a seller is paid out who has not chosen. */
  readonly schedule: PayoutInterval;
  /** The least amount that is paid out, in minor units by currency. */
  readonly minimums: ReadonlyMap<string, bigint>;
  /** The share of a seller's money that is kept back, in basis points. */
  readonly reserveBps: number;
  /** So long after its release money is kept from payouts, in milliseconds. */
  readonly holdMs: number;
  /** The account that bank files pay from; null where none is set. */
  readonly account: BankAccount | null;
  /** What the payout provider can count, in minor units of a currency; null where sellers have no accounts at one. */
  readonly unitOf: ((currency: string) => bigint) | null;
  /** Whether money of the test provider may go into a bank file: never in production. */
  readonly sendsTestMoney: boolean;
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

/** When a seller is paid out, and what stands against it. */
export interface PayoutSettingsRow {
  schedule: PayoutInterval;
  nextAt: Date;
  /** Why an admin holds payouts; null where none does. */
  heldReason: string | null;
  heldAt: Date | null;
  /** When a payout came back; null where none did. */
  returnedAt: Date | null;
}

export interface PayoutRow {
  id: number;
  sellerId: number;
  sellerName: string;
  currency: string;
  amountMinor: bigint;
  status: PayoutStatus;
  method: PayoutMethod;
  /** The end-to-end id, by which statements name it. */
  reference: string;
  masked: string;
  /** Some of it is money of the test provider. */
  isTest: boolean;
  fileId: number | null;
  reason: string | null;
  createdAt: Date;
  sentAt: Date | null;
  settledAt: Date | null;
}

/** A posting that a payout pays out, with what else its entry did for the seller. Amounts are in minor units, above zero for the seller. */
export interface PayoutLineRow {
  entryId: number;
  kind: LedgerKind;
  orderId: number | null;
  at: Date;
  amount: bigint;
  commission: bigint;
  vat: bigint;
  /** Paid off what the seller owed. */
  debt: bigint;
}

/** What was released to a seller in one currency not long ago, in minor units. */
export interface PendingMoney {
  currency: string;
  pending: bigint;
  /** When the part that was released first was released. */
  first: Date;
  last: Date;
}

/** What a seller has in one currency, in minor units. */
export interface SellerMoney {
  currency: string;
  /** All of it; a part may be pending. */
  balance: bigint;
  reserved: bigint;
  debt: bigint;
}

export interface PayoutsRepository {
  settings(sellerId: number): Promise<PayoutSettingsRow | null>;
  /** Settings for sellers with money who have none. Returns how many. */
  addMissingSettings(settings: Pick<PayoutSettingsRow, 'schedule' | 'nextAt'>, limit: number, at: Date): Promise<number>;
  /** Settings of a seller, where there are none yet. */
  ensureSettings(sellerId: number, settings: Pick<PayoutSettingsRow, 'schedule' | 'nextAt'>, at: Date): Promise<void>;
  setSchedule(sellerId: number, settings: Pick<PayoutSettingsRow, 'schedule' | 'nextAt'>, at: Date): Promise<void>;
  /** Holds payouts, or with null releases them. False when nothing changed. */
  hold(sellerId: number, reason: string | null, at: Date): Promise<boolean>;
  markReturned(sellerId: number, at: Date): Promise<void>;
  /** Sellers whose payout moment has come, those that wait for longest first. */
  due(at: Date, limit: number): Promise<{ sellerId: number; nextAt: Date }[]>;
  /** Moves the payout moment. False when another process did. */
  advance(sellerId: number, from: Date, to: Date, at: Date): Promise<boolean>;

  /** What a seller has, for each currency. */
  moneyOf(sellerId: number): Promise<SellerMoney[]>;
  /**
   * What a seller has of orders whose money was released after a moment, and not paid out, for each currency. What was taken back of such
   * an order since then is not in it.
   */
  pendingOf(sellerId: number, after: Date): Promise<PendingMoney[]>;
  /** Sellers with money, by id. */
  sellersWithMoney(after: number, limit: number): Promise<{ sellerId: number; sellerName: string }[]>;
  /** Whether a payout, payment or refund of the seller has an unknown outcome. */
  hasUnresolved(sellerId: number): Promise<boolean>;

  create(payout: Pick<PayoutRow, 'sellerId' | 'currency' | 'amountMinor' | 'method' | 'reference' | 'masked'>, at: Date): Promise<number>;
  /**
   * Claims the seller's postings for a payout: each is paid out once. The caller has locked the balance.
   * @param from `last`: those that the seller's last payout has left, or that came since; `all`: any that is not claimed
   * @param pendingAfter money of orders that was released after this moment is left to a later payout; null leaves none
   * @returns what the payout has claimed, and whether some of it is money of the test provider
   */
  claimLines(
    payoutId: number,
    of: Pick<PayoutRow, 'sellerId' | 'currency'>,
    from: 'last' | 'all',
    pendingAfter: Date | null,
  ): Promise<{ amount: bigint; isTest: boolean }>;
  /** Some of it is money of the test provider: an operator sends it by hand where a provider would. */
  markTest(payoutId: number): Promise<void>;
  /** The provider was asked what became of it. */
  markChecked(payoutId: number, at: Date): Promise<void>;
  /** Payouts through a provider that are on their way, or were paid lately, and were not asked about since a moment. */
  toCheck(query: { checkedBefore: Date; paidSince: Date }, limit: number): Promise<number[]>;
  find(id: number): Promise<PayoutRow | null>;
  findByReferences(references: readonly string[]): Promise<PayoutRow[]>;
  /** Newest first. */
  list(query: { sellerId?: number; status?: PayoutStatus; before?: number; limit: number }): Promise<PayoutRow[]>;
  /** In the order of their entries. */
  lines(payout: Pick<PayoutRow, 'id' | 'sellerId'>, after: number, limit: number): Promise<PayoutLineRow[]>;
  /** From the status that was read to another one. False when it has another status. */
  transition(payout: Pick<PayoutRow, 'id' | 'status'>, to: PayoutStatus, reason: string | null, at: Date): Promise<boolean>;
  /** How many payouts have each status; a status without payouts is missing. */
  countByStatus(): Promise<Partial<Record<PayoutStatus, number>>>;
}

/** What the provider is asked for a payout. A payout has one call of each kind at most. */
export interface PayoutCallRow {
  payoutId: number;
  kind: PayoutCallKind;
  provider: string;
  /** The seller's account at the provider. */
  account: string;
  /** The idempotency key that the provider gets. */
  key: string;
  /** 1 for the first key. */
  attempt: number;
  /** When the key was made. */
  keyedAt: Date;
  status: PayoutCallStatus;
  /** The provider's; null until it has one. */
  reference: string | null;
  /** Why it was refused, or failed at the bank, or why its outcome is not known. */
  failure: string | null;
}

export interface PayoutCallsRepository {
  /** Adds a pending call with a random key. False where the payout has one of the kind. */
  add(call: Pick<PayoutCallRow, 'payoutId' | 'kind' | 'provider' | 'account'>, at: Date): Promise<boolean>;
  /** Of payouts: by payout, in the order in which they are sent. */
  listOf(payoutIds: readonly number[]): Promise<PayoutCallRow[]>;
  findByReference(reference: string): Promise<PayoutCallRow | null>;
  /** Whether any call has no outcome yet; calls of payouts that have ended do not count. */
  hasOpen(): Promise<boolean>;
  /** From pending or unresolved to `to`. False when it has ended, or has another key by now. */
  settle(
    call: Pick<PayoutCallRow, 'payoutId' | 'kind' | 'attempt'>,
    to: Pick<PayoutCallRow, 'status' | 'failure'> & { reference?: string },
    at: Date,
  ): Promise<boolean>;
  /** Gives a call without success a new key. False when it is done, or has another one. */
  renewKey(call: Pick<PayoutCallRow, 'payoutId' | 'kind' | 'attempt'>, failure: string | null, at: Date): Promise<boolean>;
  /** Why the bank did not take what the provider had accepted. */
  noteFailure(call: Pick<PayoutCallRow, 'payoutId' | 'kind'>, failure: string, at: Date): Promise<void>;
}

/** A bank file. It is not stored: it is written again from its payouts. */
export interface PayoutFileRow {
  id: number;
  messageId: string;
  executeOn: Date;
  createdAt: Date;
  cancelledAt: Date | null;
}

export interface PayoutFilesRepository {
  create(file: Pick<PayoutFileRow, 'messageId' | 'executeOn'>, at: Date): Promise<number>;
  find(id: number): Promise<PayoutFileRow | null>;
  /** Newest first, with what is in them. */
  list(limit: number): Promise<(PayoutFileRow & { payouts: number; amountMinor: bigint })[]>;
  /** Payouts that wait for a bank file, of sellers without a hold; in the order of their ids. */
  waiting(query: { after: number; limit: number; withTestMoney: boolean }): Promise<PayoutRow[]>;
  /** Puts a pending payout into a file: it is sent. False when it is not pending any more. */
  add(fileId: number, payoutId: number, masked: string, at: Date): Promise<boolean>;
  /** Payouts of a file, in the order of their ids. */
  payoutsOf(fileId: number, after: number, limit: number): Promise<PayoutRow[]>;
  /** The file did not reach the bank. False when it was cancelled before. */
  cancel(fileId: number, at: Date): Promise<boolean>;
  /** Takes a sent payout out of its file: it is pending again. False when it is not sent any more. */
  takeOut(fileId: number, payoutId: number): Promise<boolean>;
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

import type { PayoutAccountState, PayoutCallKind } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly payoutAccounts: PayoutAccountsRepository;
  }
}

/** A seller's account at the payout provider, as the provider said last. */
export interface PayoutAccountRow {
  sellerId: number;
  provider: string;
  /** The idempotency key with which it is made. */
  key: string;
  /** When the key was made. */
  keyedAt: Date;
  /** The provider's; null until it has one. */
  reference: string | null;
  state: PayoutAccountState;
  /** What the provider wants to know or to see, one a line; null where nothing is. */
  missing: string | null;
  country: string;
  /** The only one that is paid out to it; null until the provider said so. */
  currency: string | null;
  /** The bank account behind it. */
  masked: string | null;
  /** When its owner was proved last and sent to the provider's pages. */
  confirmedAt: Date;
  /** Since when the seller is paid in another way; null where the account is used. */
  stoppedAt: Date | null;
  checkedAt: Date | null;
  updatedAt: Date;
}

/** An account as the provider has it now. */
export interface ProviderAccount {
  state: Exclude<PayoutAccountState, 'none'>;
  missing: readonly string[];
  currency: string | null;
  masked: string | null;
}

export interface PayoutAccountsRepository {
  find(sellerId: number): Promise<PayoutAccountRow | null>;
  findByReference(reference: string): Promise<PayoutAccountRow | null>;
  /** An account that is still to be made, with a random key. Does nothing where the seller has one. */
  create(account: Pick<PayoutAccountRow, 'sellerId' | 'provider' | 'country'>, at: Date): Promise<void>;
  /** The provider has made it. False where it has a reference, or another key by now. */
  setReference(account: Pick<PayoutAccountRow, 'sellerId' | 'key'>, reference: string, at: Date): Promise<boolean>;
  /** A new key for an account that the provider knows nothing of. False where it has a reference, or another key by now. */
  renewKey(account: Pick<PayoutAccountRow, 'sellerId' | 'key'>, at: Date): Promise<boolean>;
  /** Removes one that the provider refused to make. */
  removeUnmade(account: Pick<PayoutAccountRow, 'sellerId' | 'key'>): Promise<void>;
  /** Its owner was proved: it is used from now on. */
  confirm(sellerId: number, at: Date): Promise<void>;
  /** The seller is paid in another way from now on. False where it was so before. */
  stop(sellerId: number, at: Date): Promise<boolean>;
  /** The seller has none any more; it stays at the provider. False where there was none. */
  remove(sellerId: number): Promise<boolean>;
  /** What the provider says now. */
  save(reference: string, account: Omit<ProviderAccount, 'missing'> & { missing: string | null }, at: Date): Promise<void>;
  /** Those that were asked about before a moment: `unready`, or `ready`. Those that wait for longest first. */
  toCheck(before: { unready: Date; ready: Date }, limit: number): Promise<PayoutAccountRow[]>;
}

/** What the provider is asked to move for a payout. */
export interface PayoutOrder {
  kind: PayoutCallKind;
  payoutId: number;
  /** The seller's account at the provider. */
  account: string;
  amountMinor: bigint;
  currency: string;
  /** The provider's id of the transfer; null before there is one. */
  transfer: string | null;
  /** When the key was made: a look-up reads from then on. */
  keyedAt: Date;
}

/**
 * The provider's answer: done under its reference; refused for good; or refused for now, because the marketplace has too little there yet.
 * A call that throws has an unknown outcome.
 */
export type PayoutOutcome =
  { status: 'done'; reference: string } | { status: 'refused'; reason: string } | { status: 'not-yet'; reason: string };

/** What became of a payout from an account to its bank. */
export type BankOutcome = { status: 'sent' } | { status: 'paid' } | { status: 'failed'; reason: string };

/**
 * Pays sellers out to accounts of their own. Calls may be repeated for 24 hours with the same key; later the key means nothing to it, and a
 * look-up takes the place of a repeat.
 */
export interface PayoutProvider {
  /** Makes an account for a seller. */
  createAccount(
    seller: { sellerId: number; email: string | null; country: string },
    options: { idempotencyKey: string },
  ): Promise<Exclude<PayoutOutcome, { status: 'not-yet' }>>;
  /** The reference of the account that was made with a key; null when the provider knows of none. */
  findAccount(key: string, since: Date): Promise<string | null>;
  /** An account as it is now; null where the provider has closed it. */
  account(reference: string): Promise<ProviderAccount | null>;
  /** A page of the provider's on which the seller enters what is missing; it works once, for minutes. */
  accountLink(reference: string, pages: { returnUrl: string; refreshUrl: string }): Promise<string>;
  /** Amounts that it pays out are multiples of this, in minor units. */
  unitOf(currency: string): bigint;
  send(order: PayoutOrder, options: { idempotencyKey: string }): Promise<PayoutOutcome>;
  /** What became of a call, by its key; null when the provider knows nothing of it. */
  lookUp(order: PayoutOrder, key: string): Promise<PayoutOutcome | null>;
  /** What became of the payout from an account to its bank, after it was accepted. */
  bankOutcome(payout: { reference: string; account: string }): Promise<BankOutcome>;
}

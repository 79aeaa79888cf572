import type { PaymentStatus, PaymentStep, REFUND_STATUSES, RefundReason } from '@assay/contract';
import type { PayoutProvider } from '../payout-accounts/ports.ts';
import type { ProviderDispute, ProviderRecords } from './provider-records.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly charges: ChargesRepository;
    readonly payments: PaymentsRepository;
    readonly refunds: RefundsRepository;
    readonly providerEvents: ProviderEventsRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Services {
    readonly payments: PaymentProvider;
  }
  interface Settings {
    /** Payments go to the provider that moves no money. */
    readonly testPayments: boolean;
  }
}

/** The name of the provider that moves no money. */
export const TEST_PROVIDER = 'test';

/**
 * The payment of an order, its share of a charge: there is one at most, and it may be attempted again after it failed, by another charge.
 */
export interface PaymentRow {
  orderId: number;
  /** The charge that pays this attempt; null where an older release began it: see `earlierCharge`. */
  chargeId: number | null;
  provider: string;
  /** The provider's; empty until it has one. */
  reference: string;
  amountE8: bigint;
  currency: string;
  status: PaymentStatus;
  /** 1 for the first attempt. */
  attempt: number;
  refundedE8: bigint;
  /** Claimed by refunds without an outcome. */
  refundPendingE8: bigint;
  /** What the buyer's bank has taken back, and not given back. */
  chargedBackE8: bigint;
  /** The buyer disputes it at their bank, which has not decided. */
  isDisputedAtBank: boolean;
  /** Why the last attempt failed, or why its outcome is not known. */
  failure: string | null;
  /** When the attempt began, and its key was made. */
  begunAt: Date;
}

export interface PaymentsRepository {
  find(orderId: number): Promise<PaymentRow | null>;
  /**
   * Begins the first attempt, or the next one after a failed one. The caller has locked the order.
   * @returns the attempt; null when there is a payment that is pending, unresolved or captured
   */
  begin(
    payment: Pick<PaymentRow, 'orderId' | 'provider' | 'amountE8' | 'currency'> & { chargeId: number },
    at: Date,
  ): Promise<number | null>;
  /** From one of `from` to `to`. False when it is in another state, or another attempt is under way. */
  settle(
    payment: Pick<PaymentRow, 'orderId' | 'attempt'>,
    from: readonly PaymentStatus[],
    to: { status: PaymentStatus; reference?: string; failure?: string },
    at: Date,
  ): Promise<boolean>;
  /** Claims an amount for a refund. False when the payment is not captured, or less is left of it. */
  claimRefund(orderId: number, amountE8: bigint, at: Date): Promise<boolean>;
  /** Ends the claim: the amount was given back, or is free again. */
  endRefund(orderId: number, amountE8: bigint, done: boolean, at: Date): Promise<void>;
  /** Those of older releases, without a charge, whose outcome is not known: oldest first. */
  listUnresolved(limit: number): Promise<PaymentRow[]>;
  /** A refund that was given back did not arrive: the amount is free again. */
  returnRefund(orderId: number, amountE8: bigint, at: Date): Promise<void>;
}

/** One payment at the provider: of one order, or of several of a checkout. Its orders' payments are its shares, and sum to its amount. */
export interface ChargeRow {
  /** Null where an older release began it: it has no row, and pays one order. */
  id: number | null;
  provider: string;
  /** The provider's; empty until it has one. */
  reference: string;
  amountE8: bigint;
  currency: string;
  /** The idempotency key that the provider gets. */
  key: string;
  status: PaymentStatus;
  /** Why it failed, or why its outcome is not known. */
  failure: string | null;
  /** When it began, and its key was made. */
  begunAt: Date;
  /** By ascending order. After it failed, the orders that another charge pays are not among them. */
  shares: readonly PaymentRow[];
}

export interface NewCharge extends Pick<ChargeRow, 'provider' | 'amountE8' | 'currency'> {
  /** The checkout; null for an order of an older release. */
  groupId: number | null;
  buyerId: number;
}

export interface ChargesRepository {
  find(id: number): Promise<ChargeRow | null>;
  findByKey(key: string): Promise<ChargeRow | null>;
  /** Inserts a pending charge with a random key. @returns its id */
  create(charge: NewCharge, at: Date): Promise<number>;
  /** From one of `from` to `to`. False when it is in another state. */
  settle(
    id: number,
    from: readonly PaymentStatus[],
    to: { status: PaymentStatus; reference?: string; failure?: string },
    at: Date,
  ): Promise<boolean>;
  /** Those whose outcome is not known, oldest first. */
  listUnresolved(limit: number): Promise<ChargeRow[]>;
}

export type RefundStatus = (typeof REFUND_STATUSES)[number];

export interface RefundRow {
  id: number;
  orderId: number;
  amountE8: bigint;
  reason: RefundReason;
  /** The account that asked for it; null where a deadline did. */
  requestedBy: number | null;
  status: RefundStatus;
  /** 1 for the first key. */
  attempt: number;
  /** The idempotency key that the provider gets. */
  key: string;
  /** When the key was made. */
  keyedAt: Date;
  /** The provider's; empty until it has one. */
  reference: string;
  /** Why it was refused, or why its outcome is not known. */
  failure: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface RefundsRepository {
  find(id: number): Promise<RefundRow | null>;
  findByKey(key: string): Promise<RefundRow | null>;
  /** From done to failed, because the buyer's bank returned it. False when it is not done. */
  markReturned(refund: Pick<RefundRow, 'id' | 'attempt'>, failure: string, at: Date): Promise<boolean>;
  /** Of an order, oldest first. */
  listOf(orderId: number): Promise<RefundRow[]>;
  /** Inserts a pending refund. @param key of an earlier release; by default one of its own. @returns its id */
  create(refund: Pick<RefundRow, 'orderId' | 'amountE8' | 'reason' | 'requestedBy'>, at: Date, key?: string): Promise<number>;
  /** From pending or unresolved to `to`. False when it has ended, or has another key by now. */
  settle(
    refund: Pick<RefundRow, 'id' | 'attempt'>,
    to: { status: RefundStatus; reference?: string; failure?: string },
    at: Date,
  ): Promise<boolean>;
  /** Gives an open refund a new key, because the provider knows nothing of the one before. False when it has ended, or has another one. */
  renewKey(refund: Pick<RefundRow, 'id' | 'attempt'>, at: Date): Promise<boolean>;
  /** Those whose outcome is not known, oldest first. */
  listUnresolved(limit: number): Promise<RefundRow[]>;
}

/**
 * A provider's answer: done under its reference, refused for a reason that a repeat does not change, or waiting for the buyer or a bank:
 * an event brings the end then. A call that throws has an unknown outcome.
 */
export type ProviderOutcome =
  { status: 'done'; reference: string } | { status: 'refused'; reason: string } | { status: 'waiting'; reference: string };

export interface ProviderCharge {
  /** The orders that it pays, ascending. */
  orderIds: readonly number[];
  amountE8: bigint;
  currency: string;
}

export interface ProviderRefund {
  orderId: number;
  /** Of the payment. */
  reference: string;
  amountE8: bigint;
  currency: string;
}

/** A call as the provider may know it: it has the key in its metadata. */
export interface ProviderCall {
  kind: 'payment' | 'refund';
  key: string;
  /** Of the payment; empty where it is not known. */
  reference: string;
}

/**
 * Takes money and gives it back. Both calls may be repeated for 24 hours: with the same key, a provider moves money once and gives the
 * same answer. Later the key means nothing to it, and a look-up takes the place of a repeat.
 */
export interface PaymentProvider {
  readonly name: string;
  capture(charge: ProviderCharge, options: { idempotencyKey: string }): Promise<ProviderOutcome>;
  refund(refund: ProviderRefund, options: { idempotencyKey: string }): Promise<ProviderOutcome>;
  /** What became of a call; null when the provider knows nothing of it. */
  lookUp(call: ProviderCall): Promise<ProviderOutcome | null>;
  /** What the provider says by itself; a provider without events is only asked. */
  readonly events?: ProviderEventSource;
  /** What it has, to be compared with what the marketplace has; a provider without records cannot be compared. */
  readonly records?: ProviderRecords;
  /** Where buyers pay on a form of the provider's; a provider without one takes the money when it is asked. */
  readonly form?: PaymentForm;
  /** Where sellers are paid out to accounts at the provider; missing where the operator has not switched it on. */
  readonly payouts?: PayoutProvider;
}

/** The form on which a buyer makes a payment that waits. */
export interface PaymentForm {
  /** Names the marketplace to the provider's script in the buyer's browser. */
  readonly publishableKey: string;
  /** How far a payment is, and what the script needs for it. */
  open(reference: string): Promise<PaymentFormState>;
  /** Ends a payment that its buyer has not made. One that a bank works on goes on: the outcome says so. May be repeated. */
  cancel(reference: string): Promise<ProviderOutcome>;
}

export interface PaymentFormState {
  step: PaymentStep;
  /** Lets a browser make this one payment: only its buyer gets it, and it is never stored. */
  clientSecret: string;
  /** Why the last try failed, for the buyer. */
  failure: string | null;
}

/** What a provider says happened. It is a hint alone: what happened is looked up. */
export interface ProviderEvent {
  /** The provider's id: an event may come twice. */
  id: string;
  type: string;
  subject: 'payment' | 'refund' | 'dispute' | 'account' | 'payout' | 'transfer';
  /** The provider's id of the payment, refund, dispute, account, payout or transfer. */
  reference: string;
  /** By the provider's clock. */
  createdAt: Date;
}

/** A payment or refund as its provider has it now. */
export interface ProviderObject {
  /** Of the call that made it; empty where the marketplace did not make it. */
  key: string;
  /** The orders that it names, "12, 13", for an admin; empty where it names none. */
  orders: string;
  outcome: ProviderOutcome;
}

export interface ProviderEventSource {
  /**
   * Reads an event that came by a webhook. Null where it is about nothing that the product has.
   * @param signature the header in which the provider proves that it sent the body, moments ago
   * @throws AppError BAD_REQUEST
   */
  read(body: Buffer, signature: string): ProviderEvent | null;
  /** The provider's own list of events from then on: those that no webhook brought are in it, too. */
  since(at: Date): AsyncIterable<ProviderEvent>;
  /** The payment or refund that an event is about; null where the provider does not know it. */
  find(event: { subject: 'payment' | 'refund'; reference: string }): Promise<ProviderObject | null>;
  /** The dispute that an event is about; null where the provider does not know it. */
  findDispute(reference: string): Promise<ProviderDispute | null>;
}

/** Received: not acted on yet. Parked: about nothing that the product knows how to act on; an admin looks at it. */
export interface ProviderEventRow extends Omit<ProviderEvent, 'id'> {
  id: number;
  provider: string;
  eventId: string;
  status: 'received' | 'done' | 'parked';
  /** Why it is parked. */
  failure: string | null;
  receivedAt: Date;
}

export interface ProviderEventsRepository {
  isStored(provider: string, eventId: string): Promise<boolean>;
  /** Stores an event that was received. @returns its id; null where it was stored before */
  add(provider: string, event: ProviderEvent, at: Date): Promise<number | null>;
  find(id: number): Promise<ProviderEventRow | null>;
  /** From one state to another. False when it is in another one. */
  settle(id: number, from: ProviderEventRow['status'], to: Pick<ProviderEventRow, 'status' | 'failure'>, at: Date): Promise<boolean>;
  /** Oldest first. */
  listParked(limit: number): Promise<ProviderEventRow[]>;
  /** How far the list of events was read; null before the first time. */
  pulledTo(provider: string): Promise<Date | null>;
  setPulledTo(provider: string, to: Date): Promise<void>;
  /** Deletes events that were done before. Returns how many. */
  purge(before: Date): Promise<number>;
}

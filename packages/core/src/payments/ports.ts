import type { PaymentStatus } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly payments: PaymentsRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Services {
    readonly payments: PaymentProvider;
  }
}

/** The name of the provider that moves no money. */
export const TEST_PROVIDER = 'test';

/** The payment of an order: there is one at most, and it may be attempted again after it failed. */
export interface PaymentRow {
  orderId: number;
  provider: string;
  /** The provider's; empty until the money is captured. */
  reference: string;
  amountE8: bigint;
  currency: string;
  status: PaymentStatus;
  /** 1 for the first attempt. */
  attempt: number;
}

export interface PaymentsRepository {
  find(orderId: number): Promise<PaymentRow | null>;
  /**
   * Begins the first attempt, or the next one after a failed one. The caller has locked the order.
   * @returns the attempt; null when there is a payment that is pending or captured
   */
  begin(payment: Pick<PaymentRow, 'orderId' | 'provider' | 'amountE8' | 'currency'>, at: Date): Promise<number | null>;
  /** From `from` to `to`. False when it is in another state, or another attempt is under way. */
  settle(
    payment: Pick<PaymentRow, 'orderId' | 'attempt'>,
    from: PaymentStatus,
    to: { status: PaymentStatus; reference?: string; failure?: string },
    at: Date,
  ): Promise<boolean>;
}

/** A provider's answer: captured under its reference, or refused for a reason that a repeat does not change. */
export type CaptureOutcome = { captured: true; reference: string } | { captured: false; reason: string };

/**
 * Takes money and gives it back. Both calls may be repeated: with the same key, a provider moves money once and gives the same answer.
 * A call that throws has an unknown outcome and is repeated with its key.
 */
export interface PaymentProvider {
  readonly name: string;
  capture(charge: { orderId: number; amountE8: bigint; currency: string }, options: { idempotencyKey: string }): Promise<CaptureOutcome>;
  refund(payment: { reference: string; amountE8: bigint; currency: string }, options: { idempotencyKey: string }): Promise<void>;
}

import type { ChargebackStatus } from '@assay/contract';
import type { ProviderObject, ProviderOutcome } from './ports.ts';

/** A dispute at the buyer's bank as its provider has it now. */
export interface ProviderDispute {
  /** The payment that it is about; null where the provider names none. */
  payment: ProviderObject | null;
  amountE8: bigint;
  currency: string;
  status: ChargebackStatus;
  /** The bank's, in the provider's words. */
  reason: string;
  /** How many movements of money there were for it: none is taken back, so that more are newer. */
  steps: number;
  isWithdrawn: boolean;
  isReinstated: boolean;
  /** What the provider charges for it; in another currency where it settles in one. */
  fee: { amountE8: bigint; currency: string } | null;
  /** Until when it takes evidence. */
  evidenceDueAt: Date | null;
  openedAt: Date;
}

interface RecordOf {
  /** The provider's id. */
  reference: string;
  amountE8: bigint;
  currency: string;
  /** The payment that it is, or is about; null where the provider names none. */
  payment: ProviderObject | null;
}

/** A payment, refund or dispute of the provider's lists. */
export type ProviderRecord = RecordOf &
  (
    | { kind: 'payment'; outcome: ProviderOutcome }
    /** The key is empty where the marketplace did not ask for the refund. */
    | { kind: 'refund'; outcome: ProviderOutcome; key: string }
    | { kind: 'dispute'; dispute: ProviderDispute }
  );

export interface ProviderRecords {
  /** What was made from a moment to before another one. */
  list(span: { from: Date; to: Date }): AsyncIterable<ProviderRecord>;
  /** Null where the provider does not know it. */
  find(kind: 'payment' | 'refund' | 'chargeback', reference: string): Promise<ProviderRecord | null>;
}

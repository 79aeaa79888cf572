import type { ReconciledKind, ReconciliationDifference } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly reconciliation: ReconciliationRepository;
  }
}

/** A time, from its first moment to before its last. */
export interface Span {
  from: Date;
  to: Date;
}

export interface DifferenceRow extends ReconciliationDifference {
  id: number;
  provider: string;
  foundAt: Date;
  seenAt: Date;
}

/** A row that was made in a span. */
export interface MadeRow {
  id: number;
  orderId: number;
  reference: string;
}

export interface ReconciliationRepository {
  /** Until when everything was compared; null before the first time. */
  reconciledTo(provider: string): Promise<Date | null>;
  /** Keeps that a span was compared. */
  keepRun(run: Span & { provider: string; compared: number; differences: number }, at: Date): Promise<void>;
  /** Captured payments, refunds that were done and chargebacks, by when they were made here. @param after an id */
  madeIn(kind: ReconciledKind, provider: string, span: Span, after: number, limit: number): Promise<MadeRow[]>;
  /** Keeps a difference, once while it is open. True where it is new. */
  raise(provider: string, difference: ReconciliationDifference, at: Date): Promise<boolean>;
  /** Oldest first. */
  open(limit: number): Promise<DifferenceRow[]>;
  find(id: number): Promise<DifferenceRow | null>;
  /** An admin has dealt with it. False when it is not open any more. */
  resolve(id: number, by: { adminId: number; reason: string }, at: Date): Promise<boolean>;
  /** How many are open; of one seller, where it is given. */
  countOpen(sellerId?: number): Promise<number>;
}

import type { DisputeAction, DisputeOutcome, DisputeReason, DisputeStatus, DocumentType } from '@assay/contract';
import type { OrderRow } from '../orders/ports.ts';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly disputes: DisputesRepository;
    readonly disputeFiles: DisputeFilesRepository;
  }
}

/** A dispute about an order; an order has one at most. */
export interface DisputeRow {
  id: number;
  orderId: number;
  reason: DisputeReason;
  status: DisputeStatus;
  /** The state that the order was in. */
  openedFrom: OrderRow['status'];
  /** What the seller offers to refund. */
  offerE8: bigint | null;
  /** As it was decided or agreed; null before. */
  outcome: DisputeOutcome | null;
  /** What was decided to be refunded; null where it is all that is left by then. */
  amountE8: bigint | null;
  /** The admin who decided first; null where none did. */
  decidedBy: number | null;
  createdAt: Date;
  closedAt: Date | null;
}

/** A dispute with its order, for lists. */
export interface DisputeOfOrder
  extends DisputeRow, Pick<OrderRow, 'title' | 'buyerId' | 'buyerName' | 'sellerId' | 'sellerName' | 'currency'> {
  priceE8: bigint;
  shippingE8: bigint;
  /** When the time for the next step is over. */
  dueAt: Date | null;
}

/** What a side, an admin or a deadline did. */
export interface DisputeEventRow {
  action: DisputeAction;
  /** `SYSTEM_ID` where it happened by itself. */
  actorId: number;
  text: string | null;
  amountE8: bigint | null;
  outcome: DisputeOutcome | null;
  at: Date;
}

export type NewDisputeEvent = Omit<DisputeEventRow, 'at'>;

/** What a step changes of a dispute beside its state. */
export type DisputeChange = Partial<Pick<DisputeRow, 'offerE8' | 'outcome' | 'amountE8' | 'decidedBy' | 'closedAt'>>;

export interface DisputesRepository {
  ofOrder(orderId: number): Promise<DisputeRow | null>;
  find(id: number): Promise<DisputeRow | null>;
  /** Opens a dispute, with its first event. Returns its id. */
  create(dispute: Pick<DisputeRow, 'orderId' | 'reason' | 'openedFrom'>, event: NewDisputeEvent, at: Date): Promise<number>;
  /** From one state to another, with the event that it is. False when it is in another state. */
  transition(dispute: DisputeRow, to: DisputeStatus, change: DisputeChange, event: NewDisputeEvent, at: Date): Promise<boolean>;
  /** Oldest first. */
  events(disputeId: number): Promise<DisputeEventRow[]>;
  /** In one of these states, oldest first. @param after an id */
  list(statuses: readonly DisputeStatus[], after: number, limit: number): Promise<DisputeOfOrder[]>;
  count(statuses: readonly DisputeStatus[]): Promise<number>;
  /** Whether there is an active admin besides these people. */
  hasAdminBesides(ids: readonly number[]): Promise<boolean>;
}

/** A file that one side of a dispute has added. */
export interface DisputeFileRow {
  id: number;
  disputeId: number;
  uploaderId: number;
  storageKey: string;
  type: DocumentType;
  bytes: number;
  createdAt: Date;
}

export interface DisputeFilesRepository {
  /** A file that is on its way: its row comes first, so that no file is stored without one. */
  add(file: Omit<DisputeFileRow, 'id' | 'createdAt'>, at: Date): Promise<number>;
  /** It has arrived. @param keyId of the key that sealed it; null where none did. @returns false when it is gone meanwhile */
  stored(id: number, keyId: string | null, at: Date): Promise<boolean>;
  /** Those that have arrived, oldest first. */
  listOf(disputeId: number): Promise<DisputeFileRow[]>;
  /** Files of one side that have arrived, or are on their way since. */
  countOf(disputeId: number, uploaderId: number, since: Date): Promise<number>;
  /** One that has arrived. */
  find(id: number): Promise<DisputeFileRow | null>;
  /** Stored files with a greater id that another key sealed, or none, by id. */
  sealedByOthers(keyId: string, after: number, limit: number): Promise<Pick<DisputeFileRow, 'id' | 'storageKey'>[]>;
  /** Another key has sealed it. False when it is gone meanwhile. */
  sealed(id: number, keyId: string): Promise<boolean>;
  /** Files that may go: never arrived, or of disputes that were closed before. */
  leftovers(before: { arriving: Date; closed: Date }, limit: number): Promise<Pick<DisputeFileRow, 'id' | 'storageKey'>[]>;
  /** Its file is gone. The row stays. */
  removed(id: number, at: Date): Promise<void>;
}

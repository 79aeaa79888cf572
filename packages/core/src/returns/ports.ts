import type { DeliveryAddress, ReturnAction, ReturnReason, ReturnStatus } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly returns: ReturnsRepository;
  }
}

/** Items of an order that its buyer sends back; an order has one open return at most. */
export interface ReturnRow {
  id: number;
  orderId: number;
  reason: ReturnReason;
  status: ReturnStatus;
  /** When its state ends by itself; null where it is final. */
  dueAt: Date | null;
  /** Where it is sent; null until the seller accepts, and where it was erased. */
  address: DeliveryAddress | null;
  carrier: string | null;
  trackingNumber: string | null;
  /** What was refunded; null before. */
  refundE8: bigint | null;
  createdAt: Date;
  closedAt: Date | null;
}

export interface ReturnItemRow {
  returnId: number;
  itemId: number;
  quantity: number;
}

/** What a side or a deadline did. */
export interface ReturnEventRow {
  action: ReturnAction;
  /** `SYSTEM_ID` where it happened by itself. */
  actorId: number;
  text: string | null;
  at: Date;
}
export type NewReturnEvent = Omit<ReturnEventRow, 'at'>;

/** What a step changes of a return beside its state. */
export type ReturnChange = Partial<Pick<ReturnRow, 'address' | 'carrier' | 'trackingNumber' | 'refundE8'>>;

export interface ReturnsRepository {
  find(id: number): Promise<ReturnRow | null>;
  /** The open return of an order. */
  openOf(orderId: number): Promise<ReturnRow | null>;
  /** Oldest first. */
  listOf(orderId: number): Promise<ReturnRow[]>;
  /** Items of the returns of an order. */
  itemsOf(orderId: number): Promise<ReturnItemRow[]>;
  /** Oldest first. */
  events(returnId: number): Promise<ReturnEventRow[]>;
  /** Asks for a return, with its first event. The change has locked the order. Returns its id. */
  create(
    of: Pick<ReturnRow, 'orderId' | 'reason' | 'dueAt'>,
    items: readonly Omit<ReturnItemRow, 'returnId'>[],
    event: NewReturnEvent,
    at: Date,
  ): Promise<number>;
  /** From one state to another, with the event that it is; without a deadline it is closed. False when it is in another state. */
  transition(
    row: Pick<ReturnRow, 'id' | 'status'>,
    to: ReturnStatus,
    change: ReturnChange & { dueAt: Date | null },
    event: NewReturnEvent,
    at: Date,
  ): Promise<boolean>;
  /** Orders with an open return whose state has ended by a moment, longest due first. */
  listDue(by: Date, limit: number): Promise<number[]>;
  /** Sets when the state of an open return ends. */
  setDue(id: number, dueAt: Date): Promise<void>;
}

import type { OrderReason, OrderStatus, PaymentStatus } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly orders: OrdersRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Settings {
    readonly orderTimes: OrderTimes;
  }
}

/** How long an order may be in its states, in milliseconds. */
export interface OrderTimes {
  /** To pay. */
  paymentMs: number;
  /** From the payment until it is shipped. */
  shippingMs: number;
  /** From the shipment until it counts as delivered. */
  deliveryMs: number;
  /** From the delivery until it counts as received. */
  confirmationMs: number;
  /** So long before the end of a state an e-mail reminds of it. */
  reminderMs: number;
}

/** How an order is on its way. */
export interface Shipment {
  carrier: string | null;
  trackingNumber: string | null;
}

export interface OrderRow extends Shipment {
  id: number;
  listingId: number;
  sellerId: number;
  sellerName: string;
  buyerId: number;
  buyerName: string;
  title: string;
  category: string;
  priceE8: bigint;
  currency: string;
  status: OrderStatus;
  /** Of its payment; null when none was begun. */
  payment: PaymentStatus | null;
  /** The test provider has its payment. */
  testPayment: boolean;
  ratingId: number | null;
  createdAt: Date;
  updatedAt: Date;
  completedAt: Date | null;
  /** When the state of `dueStatus` ends by itself. An earlier release changes the state alone: it holds for that state only. */
  dueAt: Date | null;
  dueStatus: OrderStatus | null;
}

export interface OrderEventRow {
  from: OrderStatus | null;
  to: OrderStatus;
  actorId: number;
  reason: OrderReason | null;
  at: Date;
}

/** What a transition changes beside the state. */
export interface OrderTransition {
  actorId: number;
  reason: OrderReason | null;
  dueAt: Date | null;
  /** Kept as it is where none is given. */
  shipment?: Shipment;
}

export interface OrderQuery {
  as: 'buyer' | 'seller';
  userId: number;
  limit: number;
  /** Only orders with a smaller id. */
  before?: number;
}

/** What stands between an order and its listing. */
export type Competition = 'being-paid' | 'sold' | null;

export interface OrdersRepository {
  findById(id: number): Promise<OrderRow | null>;
  /** Newest first. */
  list(query: OrderQuery): Promise<OrderRow[]>;
  events(orderId: number): Promise<OrderEventRow[]>;
  create(
    order: Pick<OrderRow, 'listingId' | 'sellerId' | 'buyerId' | 'title' | 'priceE8' | 'currency' | 'dueAt'>,
    at: Date,
  ): Promise<number>;
  /** Locks an order until the transaction ends. Does nothing when there is none. */
  lock(id: number): Promise<void>;
  /**
   * Whether another order of the listing is being paid now, or was paid since this one was placed (until `before`, where it is given) and
   * was not cancelled. The caller has locked the listing where it acts on the answer.
   */
  competition(order: Pick<OrderRow, 'id' | 'listingId' | 'createdAt'>, before?: Date): Promise<Competition>;
  /** Placed orders of a listing for which no payment is under way, oldest first. */
  listUnpaid(listingId: number, limit: number): Promise<OrderRow[]>;
  /** False when the order is not in `from` any more. */
  transition(id: number, from: OrderStatus, to: OrderStatus, change: OrderTransition, at: Date): Promise<boolean>;
  /** Orders whose state has ended by a moment, longest due first. */
  listDue(status: OrderStatus, by: Date, limit: number): Promise<number[]>;
  /** Sets when the state ends by itself. False when the order is in another state. */
  setDue(id: number, status: OrderStatus, dueAt: Date): Promise<boolean>;
  /** Gives orders a deadline that an earlier release has left without one. Returns how many, `limit` at most. */
  adopt(status: OrderStatus, dueAt: Date, limit: number): Promise<number>;
  /** Orders whose state ends by a moment and of which no e-mail has reminded, first due first. */
  listToRemind(status: OrderStatus, by: Date, limit: number): Promise<number[]>;
  /** Notes that an e-mail reminds of the deadline. False when one has, or the order is in another state. */
  remind(id: number, status: OrderStatus, at: Date): Promise<boolean>;
}

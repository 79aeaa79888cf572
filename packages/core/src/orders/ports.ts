import type { OrderStatus, PaymentStatus } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly orders: OrdersRepository;
  }
}

export interface OrderRow {
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
}

export interface OrderEventRow {
  from: OrderStatus | null;
  to: OrderStatus;
  actorId: number;
  at: Date;
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
  create(order: Pick<OrderRow, 'listingId' | 'sellerId' | 'buyerId' | 'title' | 'priceE8' | 'currency'>, at: Date): Promise<number>;
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
  transition(id: number, from: OrderStatus, to: OrderStatus, actorId: number, at: Date): Promise<boolean>;
}

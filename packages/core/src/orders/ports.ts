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

export interface OrdersRepository {
  findById(id: number): Promise<OrderRow | null>;
  /** Newest first. */
  list(query: OrderQuery): Promise<OrderRow[]>;
  events(orderId: number): Promise<OrderEventRow[]>;
  create(order: Pick<OrderRow, 'listingId' | 'sellerId' | 'buyerId' | 'title' | 'priceE8' | 'currency'>, at: Date): Promise<number>;
  /** Locks an order until the transaction ends. Does nothing when there is none. */
  lock(id: number): Promise<void>;
  /** False when the order is not in `from` any more. */
  transition(id: number, from: OrderStatus, to: OrderStatus, actorId: number, at: Date): Promise<boolean>;
}

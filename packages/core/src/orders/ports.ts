import type { OrderStatus } from '@assay/contract';

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
  /** False when the order is not in `from` any more. */
  move(id: number, from: OrderStatus, to: OrderStatus, actorId: number, at: Date): Promise<boolean>;
  recordPayment(
    payment: { orderId: number; provider: string; reference: string; amountE8: bigint; currency: string },
    at: Date,
  ): Promise<void>;
  findPayment(orderId: number): Promise<{ reference: string; status: string } | null>;
  markRefunded(orderId: number, at: Date): Promise<void>;
}

export interface Charge {
  orderId: number;
  amountE8: bigint;
  currency: string;
}

/** Who takes the money. */
export interface PaymentProvider {
  readonly name: string;
  /** Captures the amount and returns the provider's reference. */
  charge(charge: Charge): Promise<string>;
  refund(reference: string): Promise<void>;
}

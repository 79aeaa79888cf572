import type { DeliveryAddress, ListingStatus, OrderReason, OrderStatus, PaymentStatus } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly orders: OrdersRepository;
    readonly stock: StockRepository;
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
  /** From the shipment until the payment is released, where it is not held until the buyer confirms. */
  releaseMs: number;
  /** After an order is completed, to open a dispute. */
  disputeMs: number;
  /** After an order is completed, to ask for a return. */
  returnMs: number;
  /** For the buyer to send back what a seller accepts. */
  returnShippingMs: number;
  /** For the seller to answer a dispute, or a request for a return. */
  answerMs: number;
  /** For the buyer to accept or refuse that answer. */
  replyMs: number;
  /** For an admin to decide about a dispute. */
  decisionMs: number;
  /** For a side to appeal the decision. */
  appealMs: number;
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
  /** Of its items together; the buyer pays {@link totalE8Of}. */
  priceE8: bigint;
  shippingE8: bigint;
  currency: string;
  status: OrderStatus;
  /** Of its payment; null when none was begun. */
  payment: PaymentStatus | null;
  /** The test provider has its payment. */
  testPayment: boolean;
  /** The provider waits for the buyer or a bank. */
  paymentWaits: boolean;
  /** The charge that pays it, or tried to last; null where none was begun, or by an older release. */
  chargeId: number | null;
  ratingId: number | null;
  /** Null for an order of an older release. */
  groupId: number | null;
  /** What the buyer wrote to the seller. */
  note: string | null;
  /** Null where nothing was chosen: an order of an older release, or one of a listing by itself. */
  delivery: 'ship' | 'pickup' | null;
  /** The payment is held until the buyer confirms that it arrived. */
  escrowEnabled: boolean;
  createdAt: Date;
  updatedAt: Date;
  completedAt: Date | null;
  /** When the state of `dueStatus` ends by itself. An earlier release changes the state alone: it holds for that state only. */
  dueAt: Date | null;
  dueStatus: OrderStatus | null;
  /** When the time since the shipment releases its payment; null where something else does, or it is released. */
  releaseAt: Date | null;
}

/** What decides when the payment of an order is released. */
export type ReleasingOrder = Pick<OrderRow, 'id' | 'title' | 'currency' | 'status' | 'dueAt' | 'dueStatus' | 'releaseAt'>;

export interface OrderItemRow {
  id: number;
  orderId: number;
  listingId: number;
  title: string;
  /** Its path, when the order was placed. */
  category: string;
  unitPriceE8: bigint;
  quantity: number;
  /** Units that were cancelled before the order was shipped. */
  cancelled: number;
  /** What became of the others. None: the order is one of an older release, and has reserved nothing. */
  stock: 'none' | 'reserved' | 'sold' | 'released';
}

/** One checkout. */
export interface OrderGroupRow {
  id: number;
  buyerId: number;
  currency: string;
  /** As it was then; null where all of it is picked up, and for an order of a listing by itself. */
  address: DeliveryAddress | null;
  createdAt: Date;
}

export type NewOrderItem = Omit<OrderItemRow, 'id' | 'orderId' | 'cancelled'>;

/** Units of an item that a side has cancelled. */
export interface CancelledItemRow {
  itemId: number;
  quantity: number;
  actorId: number;
  reason: OrderReason;
  at: Date;
}

/** An order to be placed, and what it is about: the first item names it. */
export interface NewOrder extends Pick<
  OrderRow,
  'groupId' | 'sellerId' | 'buyerId' | 'priceE8' | 'shippingE8' | 'currency' | 'note' | 'delivery' | 'escrowEnabled' | 'dueAt'
> {
  items: readonly NewOrderItem[];
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
  /** Kept as it is where it is not said. */
  releaseAt?: Date | null;
  /** Kept as it is where none is given. */
  shipment?: Shipment;
}

export interface OrderQuery {
  as: 'buyer' | 'seller';
  userId: number;
  /** Only orders in that state. */
  status?: OrderStatus;
  limit: number;
  /** Only orders with a smaller id. */
  before?: number;
}

export interface OrdersRepository {
  findById(id: number): Promise<OrderRow | null>;
  /** Newest first. */
  list(query: OrderQuery): Promise<OrderRow[]>;
  /** How many sales of a seller are in a state. */
  countSales(sellerId: number, status: OrderStatus): Promise<number>;
  events(orderId: number): Promise<OrderEventRow[]>;
  /** Opens a group of orders: one checkout. */
  /** Checkouts of a buyer with an order that is not paid. */
  countUnpaidGroups(buyerId: number): Promise<number>;
  createGroup(group: Omit<OrderGroupRow, 'id' | 'createdAt'>, at: Date): Promise<number>;
  findGroup(id: number): Promise<OrderGroupRow | null>;
  /** Oldest first. */
  listOfGroup(groupId: number): Promise<OrderRow[]>;
  create(order: NewOrder, at: Date): Promise<number>;
  /** The items of orders, in their order; orders of an older release are missing. */
  items(orderIds: readonly number[]): Promise<Map<number, OrderItemRow[]>>;
  /** Oldest first. */
  cancelledItems(orderId: number): Promise<CancelledItemRow[]>;
  /** Notes that units of items are cancelled. The change has locked the order. */
  cancelItems(orderId: number, cancelled: readonly CancelledItemRow[]): Promise<void>;
  addItems(orderId: number, items: readonly NewOrderItem[]): Promise<void>;
  /** Locks an order until the transaction ends. Does nothing when there is none. */
  lock(id: number): Promise<void>;
  /** Whether another order of the listing was paid after this one was placed and until `before`, and was not cancelled. */
  soldToAnother(order: Pick<OrderRow, 'id' | 'listingId' | 'createdAt'>, before: Date): Promise<boolean>;
  /** False when the order is not in `from` any more. */
  transition(id: number, from: OrderStatus, to: OrderStatus, change: OrderTransition, at: Date): Promise<boolean>;
  /** Orders whose state has ended by a moment, longest due first. */
  listDue(status: OrderStatus, by: Date, limit: number): Promise<number[]>;
  /** Sets when the state ends by itself. False when the order is in another state. */
  setDue(id: number, status: OrderStatus, dueAt: Date): Promise<boolean>;
  /** Orders whose payment the time since the shipment releases by a moment, first due first. */
  listToRelease(by: Date, limit: number): Promise<number[]>;
  /** Sets when the time since the shipment releases the payment; null where it has, or is not to. */
  setRelease(id: number, releaseAt: Date | null): Promise<void>;
  /** Shipped and delivered orders of a seller whose state ends first, and those whose payment is released first: so many of each. */
  listToBeReleased(sellerId: number, limit: number): Promise<ReleasingOrder[]>;
  /** Gives orders a deadline that an earlier release has left without one. Returns how many, `limit` at most. */
  adopt(status: OrderStatus, dueAt: Date, limit: number): Promise<number>;
  /** Orders whose state ends by a moment and of which no e-mail has reminded, first due first. */
  listToRemind(status: OrderStatus, by: Date, limit: number): Promise<number[]>;
  /** Notes that an e-mail reminds of the deadline. False when one has, or the order is in another state. */
  remind(id: number, status: OrderStatus, at: Date): Promise<boolean>;
}

/** Units of listings that orders hold. {@link reserve} and the other functions of `stock.ts` are the only callers. */
export interface StockRepository {
  /** One guarded UPDATE. False when the listing is in none of these states, or has fewer units left. */
  reserve(listingId: number, quantity: number, statuses: readonly ListingStatus[]): Promise<boolean>;
  /** Reserved units become sold ones. @throws Error when fewer are reserved */
  sell(listingId: number, quantity: number, at: Date): Promise<void>;
  /** Reserved units can be ordered again. @throws Error when fewer are reserved */
  release(listingId: number, quantity: number): Promise<void>;
  /** Sold units are in stock again. */
  restock(listingId: number, quantity: number, at: Date): Promise<void>;
  /** False when the item is not in `from` any more. */
  moveItem(itemId: number, from: OrderItemRow['stock'], to: OrderItemRow['stock']): Promise<boolean>;
  /** The state that a listing had before a sale marked it sold; null when something else was its last move. */
  statusBeforeSale(listingId: number): Promise<ListingStatus | null>;
}

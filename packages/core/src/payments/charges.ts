import type { PaymentStatus } from '@assay/contract';
import type { Reads } from '../kernel/context.ts';
import type { OrderRow } from '../orders/ports.ts';
import type { ChargeRow, PaymentRow } from './ports.ts';

/** Of a charge or payment that has no outcome yet. */
export const OPEN_PAYMENT: readonly PaymentStatus[] = ['pending', 'unresolved'];

/** Of a charge or payment whose money arrived, also where it is given back. */
export const CAPTURED_PAYMENT: readonly PaymentStatus[] = ['captured', 'refunding', 'refunded'];

/** The key of the task that captures a charge. */
export const captureTaskKey = (chargeId: number): string => `charge:${chargeId}:capture`;

/** The key that an older release gave the provider: it paid each order by itself. */
const earlierKey = ({ orderId, attempt }: Pick<PaymentRow, 'orderId' | 'attempt'>): string => `payment:${orderId}:capture:${attempt}`;
const EARLIER_KEY = /^payment:([1-9]\d{0,8}):capture:([1-9]\d{0,8})$/;

/** A payment that an older release began, or that was there before charges, as the charge of its order alone. */
export const earlierCharge = (payment: PaymentRow): ChargeRow => {
  const { provider, reference, amountE8, currency, status, failure, begunAt } = payment;
  // Refunds do not change what was charged.
  const charged = status === 'refunding' || status === 'refunded' ? 'captured' : status;
  const key = earlierKey(payment);
  return { id: null, provider, reference, amountE8, currency, key, status: charged, failure, begunAt, shares: [payment] };
};

/** A charge as its provider was asked for it. */
export const callOfCharge = ({ provider, key, reference, begunAt }: ChargeRow) => ({
  kind: 'payment' as const,
  provider,
  key,
  reference,
  keyedAt: begunAt,
});

/** The charge that pays an order, or tried to last; null when none was begun. */
export async function chargeOfOrder({ repos }: Pick<Reads, 'repos'>, orderId: number): Promise<ChargeRow | null> {
  const payment = await repos.payments.find(orderId);
  if (!payment) return null;
  return payment.chargeId === null ? earlierCharge(payment) : repos.charges.find(payment.chargeId);
}

/** The charge with a key that a provider has. One of an attempt that another one replaced has no shares. */
export async function chargeWithKey({ repos }: Pick<Reads, 'repos'>, key: string): Promise<ChargeRow | null> {
  const [, orderId, attempt] = EARLIER_KEY.exec(key) ?? [];
  if (!orderId) return key ? repos.charges.findByKey(key) : null;
  const payment = await repos.payments.find(Number(orderId));
  if (!payment) return null;
  const charge = earlierCharge({ ...payment, attempt: Number(attempt) });
  return payment.chargeId === null && payment.attempt === Number(attempt) ? charge : { ...charge, status: 'failed', shares: [] };
}

/** What a charge pays of one order. */
export interface Share {
  payment: PaymentRow;
  order: OrderRow;
}

/** Payments with their orders, by ascending seller: the ledger locks their balances in that order. The change has locked the orders. */
export async function withOrders({ repos }: Pick<Reads, 'repos'>, payments: readonly PaymentRow[]): Promise<Share[]> {
  const shares: Share[] = [];
  for (const payment of payments) {
    const order = await repos.orders.findById(payment.orderId);
    if (!order) throw new Error(`The order ${payment.orderId} of a payment is missing.`);
    shares.push({ payment, order });
  }
  return shares.toSorted((a, b) => a.order.sellerId - b.order.sellerId);
}

/** The same charge as it is now. */
export async function chargeNow(reads: Pick<Reads, 'repos'>, charge: ChargeRow): Promise<ChargeRow> {
  const now = charge.id === null ? await chargeWithKey(reads, charge.key) : await reads.repos.charges.find(charge.id);
  if (!now) throw new Error(`The charge with the key ${charge.key} is missing.`);
  return now;
}

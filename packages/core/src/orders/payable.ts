import { formatPriceE8, type Payable } from '@assay/contract';
import type { OrderRow } from './ports.ts';
import { movesFor } from './rules.ts';
import { totalE8Of } from './totals.ts';

/** Of the orders of one checkout, those that its buyer can pay now. */
export const payableTogether = (orders: readonly OrderRow[]): OrderRow[] =>
  orders.filter((order) => movesFor('buyer', order).includes('pay'));

/** Of the orders of one checkout, those whose payment waits for the buyer or a bank: by the payment. */
export function waitingTogether(orders: readonly OrderRow[]): OrderRow[][] {
  const waiting = orders.filter(({ paymentWaits }) => paymentWaits);
  return [...Map.groupBy(waiting, ({ id, chargeId }) => (chargeId === null ? `order ${id}` : `charge ${chargeId}`)).values()];
}

/** Null where there are none. */
export function payableView(orders: readonly OrderRow[]): Payable | null {
  const [first] = orders;
  if (!first) return null;
  const totalE8 = orders.reduce((sum, order) => sum + totalE8Of(order), 0n);
  return { orderIds: orders.map(({ id }) => id), total: formatPriceE8(totalE8, first.currency) };
}

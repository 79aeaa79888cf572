import type { OrderItemRow, OrderRow } from './ports.ts';

/** The largest amount that the database holds, in 1/100,000,000. */
export const AMOUNT_MAX_E8 = 999_999_999_999_999_999n;

/** What the buyer pays for an order: its items and shipping, in 1/100,000,000 of its currency. */
export const totalE8Of = ({ priceE8, shippingE8 }: Pick<OrderRow, 'priceE8' | 'shippingE8'>): bigint => priceE8 + shippingE8;

/** The item of an order that an older release placed: one unit of its listing. It has no id and is not stored. */
export const soleItem = ({ id, listingId, title, category, priceE8 }: OrderRow): OrderItemRow => ({
  id: 0,
  orderId: id,
  listingId,
  title,
  category,
  unitPriceE8: priceE8,
  quantity: 1,
  cancelled: 0,
  stock: 'none',
});

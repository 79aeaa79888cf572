import { minorOf } from '@assay/contract';
import type { Reads, Tx } from '../kernel/context.ts';
import type { OrderItemRow, OrderRow } from '../orders/ports.ts';
import { soleItem } from '../orders/totals.ts';
import { DEFAULT_TIER } from '../sellers/ports.ts';
import { feesOfSale, vatOf, type Sale } from './rules.ts';
import type { OrderFeesRow } from './ports.ts';

/** What a sale of a seller costs at a moment. */
export async function quoteFees(
  { repos, settings }: Pick<Reads, 'repos' | 'settings'>,
  sale: Omit<Sale, 'tier'>,
  at: Date,
): Promise<Omit<OrderFeesRow, 'orderId'>> {
  const rules = await repos.fees.rulesFor(sale.sellerId, at);
  const profile = await repos.sellers.profileOf(sale.sellerId);
  const seller = await repos.fees.taxDetails(sale.sellerId);
  return feesOfSale({ ...sale, tier: profile?.tierId ?? DEFAULT_TIER }, rules, vatOf(settings.operator, seller, at), at);
}

const saleOf = ({ sellerId, currency, shippingE8 }: OrderRow, items: readonly OrderItemRow[]): Omit<Sale, 'tier'> => ({
  sellerId,
  currency,
  items: items.map(({ category, unitPriceE8, quantity }) => ({ category, amountMinor: minorOf(unitPriceE8 * BigInt(quantity), currency) })),
  shippingMinor: minorOf(shippingE8, currency),
});

/** Stores what an order costs its seller, in the change that places it: later rules, rates and tax details do not reach it. */
export async function freezeFees(tx: Tx, { orderId }: { orderId: number }): Promise<void> {
  const order = await tx.repos.orders.findById(orderId);
  if (!order) throw new Error(`The order ${orderId} that was just placed is missing.`);
  const items = (await tx.repos.orders.items([orderId])).get(orderId) ?? [soleItem(order)];
  await tx.repos.fees.freeze({ orderId, ...(await quoteFees(tx, saleOf(order, items), tx.at)) });
}

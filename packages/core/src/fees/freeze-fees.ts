import { minorOf } from '@assay/contract';
import type { Reads, Tx } from '../kernel/context.ts';
import type { OrderRow } from '../orders/ports.ts';
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

const saleOf = ({ sellerId, currency, category, priceE8 }: OrderRow): Omit<Sale, 'tier'> => ({
  sellerId,
  currency,
  items: [{ category, amountMinor: minorOf(priceE8, currency) }],
  shippingMinor: 0n,
});

/** Stores what an order costs its seller, in the change that places it: later rules, rates and tax details do not reach it. */
export async function freezeFees(tx: Tx, { orderId }: { orderId: number }): Promise<void> {
  const order = await tx.repos.orders.findById(orderId);
  if (!order) throw new Error(`The order ${orderId} that was just placed is missing.`);
  await tx.repos.fees.freeze({ orderId, ...(await quoteFees(tx, saleOf(order), tx.at)) });
}

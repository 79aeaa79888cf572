import type { Reads, Tx } from '../kernel/context.ts';
import { ledgerMinorOf } from '../ledger/ledger-minor.ts';
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

/** An order as a sale. Prices of early releases may have more decimals than their currency: they are rounded, as in the ledger. */
async function saleOf({ repos }: Tx, order: OrderRow): Promise<Omit<Sale, 'tier'>> {
  const { id, sellerId, currency, shippingE8 } = order;
  const items = (await repos.orders.items([id])).get(id);
  if (!items) throw new Error(`The order ${id} that was just placed has no items.`);
  return {
    sellerId,
    currency,
    items: items.map(({ category, unitPriceE8, quantity }) => ({
      category,
      amountMinor: ledgerMinorOf(unitPriceE8 * BigInt(quantity), currency),
    })),
    shippingMinor: ledgerMinorOf(shippingE8, currency),
  };
}

/** Stores what an order costs its seller, in the change that places it: later rules, rates and tax details do not reach it. */
export async function freezeFees(tx: Tx, { orderId }: { orderId: number }): Promise<void> {
  const order = await tx.repos.orders.findById(orderId);
  if (!order) throw new Error(`The order ${orderId} that was just placed is missing.`);
  await tx.repos.fees.freeze({ orderId, ...(await quoteFees(tx, await saleOf(tx, order), tx.at)) });
}

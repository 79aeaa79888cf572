import type { Tx } from '../kernel/context.ts';

/** What the marketplace keeps of a sale, in minor units of the order's currency. */
export interface OrderFees {
  commission: bigint;
  /** VAT on the commission. */
  vat: bigint;
}

/** The fees of an order, as they were when it was placed: the marketplace takes none. */
export const feesOfOrder = (_tx: Tx, _order: { id: number; currency: string }): Promise<OrderFees> =>
  Promise.resolve({ commission: 0n, vat: 0n });

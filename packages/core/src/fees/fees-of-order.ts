import type { Reads } from '../kernel/context.ts';
import type { Fees } from './rules.ts';

/** The fees of an order in minor units, as they were frozen when it was placed; nothing for an order from before there were fees. */
export async function feesOfOrder({ repos }: Pick<Reads, 'repos'>, { id }: { id: number }): Promise<Fees> {
  const fees = await repos.fees.find(id);
  return { commission: fees?.commissionMinor ?? 0n, vat: fees?.vatMinor ?? 0n };
}

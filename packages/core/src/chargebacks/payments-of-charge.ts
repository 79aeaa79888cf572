import type { Reads } from '../kernel/context.ts';
import { chargeWithKey } from '../payments/charges.ts';
import type { PaymentRow, ProviderObject } from '../payments/ports.ts';

/**
 * The payments of orders that a payment at the provider is for, by ascending order. None where an attempt that another one replaced has it;
 * null where no order of this marketplace does.
 */
export async function paymentsOfCharge(
  reads: Pick<Reads, 'repos'>,
  provider: string,
  { key }: ProviderObject,
): Promise<readonly PaymentRow[] | null> {
  const charge = await chargeWithKey(reads, key);
  return charge?.provider === provider ? charge.shares : null;
}

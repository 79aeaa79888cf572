import type { Reads } from '../kernel/context.ts';
import { captureKey } from '../payments/capture-payment.ts';
import type { PaymentRow, ProviderObject } from '../payments/ports.ts';

/**
 * The payments of orders that a payment at the provider is for, by ascending order. None where no order of this marketplace has it, or an
 * attempt that another one replaced.
 */
export async function paymentsOfCharge({ repos }: Reads, provider: string, { key, orderId }: ProviderObject): Promise<PaymentRow[]> {
  const payment = orderId === null ? null : await repos.payments.find(orderId);
  return payment?.provider === provider && captureKey(payment) === key ? [payment] : [];
}

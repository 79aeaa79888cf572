import { formatPriceE8 } from '@assay/contract';
import { emailOwner } from '../accounts/notify-owner.ts';
import type { Tx } from '../kernel/context.ts';
import { chargebackMessage } from '../mail/chargeback-messages.ts';
import type { OrderRow } from '../orders/ports.ts';
import type { ChargebackRow } from './ports.ts';

/** Notifies the seller of what the buyer's bank did about a payment. */
export async function emailOfChargeback(tx: Tx, order: OrderRow, { amountE8, status, evidenceDueAt }: ChargebackRow): Promise<void> {
  const seller = await tx.repos.accounts.findById(order.sellerId);
  if (!seller) return;
  const amount = `${formatPriceE8(amountE8, order.currency)} ${order.currency}`;
  const news = { orderId: order.id, title: order.title, amount, status, evidenceDueAt };
  await emailOwner(tx, seller, 'dispute', chargebackMessage(tx.settings.publicUrl, seller.fullName, news));
}

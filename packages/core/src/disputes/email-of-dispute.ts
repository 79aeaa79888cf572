import { formatPriceE8 } from '@assay/contract';
import { emailOwner } from '../accounts/notify-owner.ts';
import type { Tx } from '../kernel/context.ts';
import { disputeMessage, type DisputeNews } from '../mail/dispute-messages.ts';
import type { OrderRow } from '../orders/ports.ts';
import { partyOf, type Party } from '../orders/rules.ts';
import type { NewDisputeEvent } from './ports.ts';

/** Notifies the other side of what one did; both sides, where an admin or a deadline did it. */
export async function emailOfDispute(
  tx: Tx,
  order: OrderRow,
  { action, actorId, outcome, amountE8, dueAt = null }: Omit<NewDisputeEvent, 'text'> & { dueAt?: Date | null },
): Promise<void> {
  const by = partyOf(order, actorId);
  const amount = amountE8 === null ? null : `${formatPriceE8(amountE8, order.currency)} ${order.currency}`;
  for (const to of (['buyer', 'seller'] as const satisfies readonly Party[]).filter((party) => party !== by)) {
    const account = await tx.repos.accounts.findById(to === 'buyer' ? order.buyerId : order.sellerId);
    if (!account) continue;
    const news: DisputeNews = { orderId: order.id, title: order.title, to, action, outcome, amount, dueAt };
    await emailOwner(tx, account, 'dispute', disputeMessage(tx.settings.publicUrl, account.fullName, news));
  }
}

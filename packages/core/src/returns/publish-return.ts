import type { ReturnAction, ReturnStatus } from '@assay/contract';
import { emailOwner } from '../accounts/notify-owner.ts';
import type { Tx } from '../kernel/context.ts';
import { returnMessage, type ReturnNews } from '../mail/return-messages.ts';
import type { OrderRow } from '../orders/ports.ts';
import { partyOf, type Party } from '../orders/rules.ts';

interface ReturnStep {
  returnId: number;
  action: ReturnAction;
  actorId: number;
  status: ReturnStatus;
  dueAt: Date | null;
  /** With its currency; null where nothing is refunded. */
  amount: string | null;
}

/** Audits and publishes a step of a return. */
export async function publishReturn(tx: Tx, order: OrderRow, { returnId, action }: ReturnStep): Promise<void> {
  const { id: orderId, sellerId, buyerId } = order;
  await tx.audit(`return.${action}`, 'order', orderId, { returnId });
  await tx.publish('return.changed', { orderId, sellerId, buyerId, returnId });
}

/** Notifies the other side of a step by e-mail; both sides of what a deadline did. */
export async function emailOfReturn(tx: Tx, order: OrderRow, { action, actorId, status, dueAt, amount }: ReturnStep): Promise<void> {
  const { id: orderId, sellerId, buyerId, title } = order;
  const by = partyOf(order, actorId);
  for (const to of (['buyer', 'seller'] as const satisfies readonly Party[]).filter((party) => party !== by)) {
    const account = await tx.repos.accounts.findById(to === 'buyer' ? buyerId : sellerId);
    if (!account) continue;
    const news: ReturnNews = { orderId, title, to, action, status, dueAt, amount };
    await emailOwner(tx, account, 'return', returnMessage(tx.settings.publicUrl, account.fullName, news));
  }
}

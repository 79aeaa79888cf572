import type { ReconciliationView, ResolveDifferenceInput } from '@assay/contract';
import { requireRole } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireNotOwn } from '../kernel/own-case.ts';
import { releaseSeller } from '../payouts/hold-payouts.ts';
import { RECONCILIATION_HOLD } from './reconcile.ts';

const SHOWN_MAX = 100;

/** Differences with the payment provider that no admin has resolved. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function listDifferences(ctx: Context): Promise<ReconciliationView> {
  requireRole(ctx.actor, 'admin');
  const { reconciliation } = ctx.repos;
  const to = await reconciliation.reconciledTo(ctx.services.payments.name);
  const rows = await reconciliation.open(SHOWN_MAX);
  return {
    reconciledTo: to?.toISOString() ?? null,
    differences: rows.map((row) => ({ ...row, foundAt: row.foundAt.toISOString(), seenAt: row.seenAt.toISOString() })),
  };
}

/**
 * An admin has dealt with a difference. Payouts of its seller go on, where they were on hold for it and no other difference is open. It is
 * found again where it is still there.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, DIFFERENCE_NOT_FOUND, OWN_CASE
 */
export async function resolveDifference(ctx: Context, { id, reason }: ResolveDifferenceInput): Promise<void> {
  const admin = requireRole(ctx.actor, 'admin');
  await ctx.change(async (tx) => {
    const { reconciliation, payouts, orders } = tx.repos;
    const found = await reconciliation.find(id);
    if (!found) throw new AppError('DIFFERENCE_NOT_FOUND');
    const { sellerId, check, kind, reference, orderId } = found;
    const order = orderId === null ? null : await orders.findById(orderId);
    requireNotOwn(tx.actor, ...[sellerId, order?.buyerId].filter((one) => typeof one === 'number'));
    if (!(await reconciliation.resolve(id, { adminId: admin.id, reason }, tx.at))) throw new AppError('DIFFERENCE_NOT_FOUND');
    await tx.audit('reconciliation.resolved', 'reconciliation', id, { check, kind, reference, orderId, reason });
    if (sellerId === null || (await reconciliation.countOpen(sellerId)) > 0) return;
    if ((await payouts.settings(sellerId))?.heldReason === RECONCILIATION_HOLD) await releaseSeller(tx, sellerId);
  });
}

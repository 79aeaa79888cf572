import type { DecideVerificationInput, VerificationQueue } from '@assay/contract';
import { requireRole } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { verificationDecidedMessage } from '../mail/messages.ts';
import { queueEmail } from '../mail/queue-email.ts';
import { toDocumentView } from './get-verification.ts';

const WAITING_SHOWN = 50;
const DECIDED_SHOWN = 20;

/** Papers that wait for a decision, those that wait longest first, and what was decided last. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export async function listVerifications(ctx: Context): Promise<VerificationQueue> {
  const admin = requireRole(ctx.actor, 'admin');
  const { verifications } = ctx.repos;
  const [waiting, waitingCount, decided] = await Promise.all([
    verifications.waiting(WAITING_SHOWN),
    verifications.countWaiting(),
    verifications.decided(DECIDED_SHOWN),
  ]);
  const files = await verifications.documentsOf(waiting.map(({ id }) => id));
  return {
    waiting: waiting.map(({ id, userId, sellerName, legalName, country, submittedAt, createdAt, rejectedBefore }) => ({
      id,
      userId,
      sellerName,
      legalName: legalName ?? '',
      country: country ?? '',
      submittedAt: (submittedAt ?? createdAt).toISOString(),
      rejectedBefore,
      files: (files.get(id) ?? []).map(toDocumentView),
      own: userId === admin.id,
    })),
    waitingCount,
    decided: decided.map(({ id, userId, sellerName, status, reason, deciderName, decidedAt, createdAt }) => ({
      id,
      userId,
      sellerName,
      approved: status === 'approved',
      reason,
      decidedBy: deciderName,
      decidedAt: (decidedAt ?? createdAt).toISOString(),
    })),
  };
}

/** How many papers wait for a decision. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export function countVerifications(ctx: Context): Promise<number> {
  requireRole(ctx.actor, 'admin');
  return ctx.repos.verifications.countWaiting();
}

/**
 * Decides about papers that were handed in, and tells the seller.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, VERIFICATION_NOT_FOUND, OWN_VERIFICATION, VERIFICATION_DECIDED
 */
export async function decideVerification(ctx: Context, { id, approve, reason }: DecideVerificationInput): Promise<void> {
  const admin = requireRole(ctx.actor, 'admin');
  await ctx.change(async (tx) => {
    const now = tx.at;
    const row = await tx.repos.verifications.find(id);
    if (!row || row.status === 'draft') throw new AppError('VERIFICATION_NOT_FOUND');
    if (row.userId === admin.id) throw new AppError('OWN_VERIFICATION');
    const told = approve ? null : (reason ?? '');
    if (!(await tx.repos.verifications.decide(id, { approve, reason: told, decidedBy: admin.id }, now)))
      throw new AppError('VERIFICATION_DECIDED');
    const action = approve ? 'verification.approved' : 'verification.rejected';
    await tx.audit(action, 'verification', id, { sellerId: row.userId, ...(told ? { reason: told } : {}) });
    await tx.publish('verification.changed', { userId: row.userId, kind: 'documents' });
    const seller = await tx.repos.accounts.findById(row.userId);
    if (seller?.email)
      await queueEmail(
        tx,
        { userId: seller.id, recipient: seller.email },
        approve ? 'verification-approved' : 'verification-rejected',
        verificationDecidedMessage(tx.settings.publicUrl, seller.fullName, told),
      );
  });
}

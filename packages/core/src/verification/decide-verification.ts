import type { DecideVerificationInput, VerificationQueue } from '@assay/contract';
import { requireRole } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { verificationDecidedMessage } from '../mail/messages.ts';
import { queueEmail } from '../mail/queue-email.ts';
import { transition, type StateMachine } from '../kernel/transition.ts';
import type { VerificationRow } from './ports.ts';
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

/** How a decision changes a verification. */
const DECISION: StateMachine<VerificationRow, { reason: string | null; decidedBy: number }> = {
  update: (tx, { id }, to, decision) => tx.repos.verifications.decide(id, { approve: to === 'approved', ...decision }, tx.at),
  async record(tx, { id, userId }, to, { reason }) {
    await tx.audit(`verification.${to}`, 'verification', id, { sellerId: userId, ...(reason ? { reason } : {}) });
    await tx.publish('verification.changed', { userId, kind: 'documents' });
  },
};

/**
 * Decides about submitted documents, and notifies the seller by e-mail.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, VERIFICATION_NOT_FOUND, OWN_VERIFICATION, VERIFICATION_DECIDED
 */
export async function decideVerification(ctx: Context, { id, approve, reason }: DecideVerificationInput): Promise<void> {
  const admin = requireRole(ctx.actor, 'admin');
  await ctx.change(async (tx) => {
    const row = await tx.repos.verifications.find(id);
    if (!row || row.status === 'draft') throw new AppError('VERIFICATION_NOT_FOUND');
    if (row.userId === admin.id) throw new AppError('OWN_VERIFICATION');
    if (row.status !== 'submitted') throw new AppError('VERIFICATION_DECIDED');
    const reasonGiven = approve ? null : (reason ?? '');
    await transition(tx, DECISION, row, approve ? 'approved' : 'rejected', { reason: reasonGiven, decidedBy: admin.id });
    const seller = await tx.repos.accounts.findById(row.userId);
    if (seller?.email)
      await queueEmail(
        tx,
        { userId: seller.id, recipient: seller.email },
        approve ? 'verification-approved' : 'verification-rejected',
        verificationDecidedMessage(tx.settings.publicUrl, seller.fullName, reasonGiven),
      );
  });
}

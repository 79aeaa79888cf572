import type { DeletionObstacle, DeletionView, OwnerProof } from '@assay/contract';
import { endSessions } from '../accounts/end-sessions.ts';
import { requireOtherAccount, type AccountRef } from '../accounts/manage-roles.ts';
import { provedAddressOf } from '../accounts/notify-owner.ts';
import type { AccountRow } from '../accounts/ports.ts';
import { lockProven, proveOwner } from '../accounts/prove-owner.ts';
import { requireMovableEmail } from '../accounts/rules.ts';
import { requireSystem, requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { accountDeletedMessage } from '../mail/messages.ts';
import { queueEmail } from '../mail/queue-email.ts';

/** The erasure runs once more then: a request that was under way during the first run may have written something. */
const AGAIN_MS = 3_600_000;

const SAYS: Record<DeletionObstacle, (count: number) => string> = {
  'open-purchases': (count) => `Purchases that are not completed: ${count}. Confirm that they arrived, or cancel them.`,
  'open-sales': (count) => `Sales that are not completed: ${count}. Ship them, or cancel them.`,
  'pending-payments': (count) => `Payments that are under way: ${count}. Wait until they are settled.`,
  balance: () => 'Your balance is not zero yet. It is paid out first; what you owe is settled first.',
  'open-appeals': (count) => `Appeals that wait for a decision: ${count}.`,
  'last-admin': () => 'This is the only account of an admin. Make another account an admin first.',
};

/** Whether my account can be deleted, and what would stay. @throws AppError UNAUTHENTICATED */
export async function getDeletion(ctx: Context): Promise<DeletionView> {
  const { id } = requireUser(ctx.actor);
  return { obstacles: await ctx.repos.privacy.obstacles(id), moneyRecordYears: ctx.settings.moneyRecordYears };
}

/**
 * Deletes my account. It is closed at once: nothing signs in to it, and nothing shows its name. The rest is erased by a task, in batches.
 * @throws AppError UNAUTHENTICATED, DELETION_REFUSED (what has to end first is in its fields), FORBIDDEN (a demo account), EDIT_CONFLICT, or
 * why I am not proved, see {@link proveOwner}
 */
export async function deleteMyAccount(ctx: Context, proof: OwnerProof): Promise<void> {
  const proven = await proveOwner(ctx, proof);
  requireMovableEmail(proven.email);
  await forgetWrittenMail(ctx, proven.id);
  await ctx.change(async (tx) => {
    await lockProven(tx, proven);
    await close(tx, proven);
  });
}

/** The same by a command. @throws AppError FORBIDDEN, NOT_FOUND, DELETION_REFUSED */
export async function deleteAccount(ctx: Context, ref: AccountRef): Promise<{ id: number }> {
  requireSystem(ctx.actor);
  const found = 'id' in ref ? await ctx.repos.accounts.findById(ref.id) : await ctx.repos.accounts.findByEmail(ref.email);
  if (found) await forgetWrittenMail(ctx, found.id);
  return ctx.change(async (tx) => {
    const account = await requireOtherAccount(tx, ref);
    await close(tx, account);
    return { id: account.id };
  });
}

/** E-mail that was written into files in place of being sent; refused deletions delete none. */
async function forgetWrittenMail(ctx: Context, userId: number): Promise<void> {
  if ((await ctx.repos.privacy.obstacles(userId)).length === 0) await ctx.services.mailer.forget(await ctx.repos.privacy.addresses(userId));
}

async function close(tx: Tx, account: AccountRow): Promise<void> {
  const { id, fullName } = account;
  const obstacles = await tx.repos.privacy.obstacles(id);
  if (obstacles.length > 0)
    throw new AppError('DELETION_REFUSED', {
      fields: obstacles.map(({ obstacle, count }) => ({ field: obstacle, message: SAYS[obstacle](count) })),
    });
  const recipient = provedAddressOf(account);
  await endSessions(tx, id);
  await tx.repos.privacy.close(id, fullName, tx.at);
  tx.securityEvent('account-deleted', { userId: id });
  await tx.audit('account.deleted', 'user', id);
  await publishClosed(tx, id);
  if (recipient) {
    const { publicUrl, moneyRecordYears } = tx.settings;
    await queueEmail(tx, { userId: null, recipient }, 'account-deleted', accountDeletedMessage(publicUrl, moneyRecordYears));
  }
  await tx.enqueue('account.erase', { userId: id }, { key: `erase:${id}` });
  await tx.enqueue('account.erase', { userId: id }, { key: `erase-again:${id}`, notBefore: new Date(tx.at.getTime() + AGAIN_MS) });
}

/** Everything that shows the account is read again. */
export async function publishClosed(tx: Tx, userId: number): Promise<void> {
  await tx.publish('account.changed', { userId });
  await tx.publish('seller.updated', { sellerId: userId });
  await tx.publish('account.renamed', { userId, publicName: true });
}

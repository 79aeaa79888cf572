import type { EmailLink, EmailTokenInput } from '@assay/contract';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';

/** What a link is good for. Changes nothing. */
export async function getEmailLink(ctx: Context, { token }: EmailTokenInput): Promise<EmailLink> {
  const link = await ctx.repos.verifications.findEmailLink(ctx.pure.tokens.hashLinkToken(token));
  if (!link) return { state: 'unknown', email: null };
  const state = link.usedAt ? 'used' : link.expiresAt > ctx.now() ? 'good' : 'expired';
  return { state, email: link.email };
}

/**
 * Uses a link: the address that it was sent to is proved, if the account still has it. The link is enough, signed in or not.
 * @throws AppError EMAIL_LINK_INVALID
 */
export async function confirmEmail(ctx: Context, { token }: EmailTokenInput): Promise<void> {
  const hash = ctx.pure.tokens.hashLinkToken(token);
  await ctx.change(async (tx) => {
    const now = tx.at;
    const link = (await tx.repos.verifications.useEmailLink(hash, now)) ? await tx.repos.verifications.findEmailLink(hash) : null;
    if (!link || !(await proveAddress(tx, link.userId, link.email))) throw new AppError('EMAIL_LINK_INVALID');
  });
}

/**
 * The owner of a mailbox has proved that an account's address is theirs. Other accounts that named it without a proof lose it: an
 * address is not lost to its owner because another person registered it first.
 * @returns false when the account has another address by now, or another account has proved it
 */
export async function proveAddress(tx: Tx, userId: number, email: string): Promise<boolean> {
  const losers = await tx.repos.verifications.verifyEmail(userId, email, tx.at);
  if (!losers) return false;
  for (const loser of losers) {
    await tx.audit('email.lost', 'user', loser);
    await tx.publish('verification.changed', { userId: loser, kind: 'email' });
  }
  await tx.audit('email.verified', 'user', userId);
  await tx.publish('verification.changed', { userId, kind: 'email' });
  return true;
}

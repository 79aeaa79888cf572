import type { EmailLink, EmailTokenInput } from '@assay/contract';
import type { Context } from '../kernel/context.ts';
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
    if (!link || !(await tx.repos.verifications.verifyEmail(link.userId, link.email, now))) throw new AppError('EMAIL_LINK_INVALID');
    await tx.audit('email.verified', 'user', link.userId);
    await tx.publish('verification.changed', { userId: link.userId, kind: 'email' });
  });
}

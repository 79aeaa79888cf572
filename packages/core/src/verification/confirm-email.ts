import type { EmailLink, EmailTokenInput } from '@assay/contract';
import type { Context } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';

/** What a link is good for. Changes nothing, whoever asks. */
export async function getEmailLink(ctx: Context, { token }: EmailTokenInput): Promise<EmailLink> {
  const link = await ctx.store.verifications.findEmailLink(ctx.services.tokens.hashLinkToken(token));
  if (!link) return { state: 'unknown', email: null };
  const state = link.usedAt ? 'used' : link.expiresAt > ctx.now() ? 'good' : 'expired';
  return { state, email: link.email };
}

/**
 * Uses a link: the address that it was sent to is proved, if the account still has it. For whoever has the link, signed in or not.
 * @throws AppError EMAIL_LINK_INVALID
 */
export async function confirmEmail(ctx: Context, { token }: EmailTokenInput): Promise<void> {
  const hash = ctx.services.tokens.hashLinkToken(token);
  await ctx.transaction(async (store) => {
    const now = ctx.now();
    const link = (await store.verifications.useEmailLink(hash, now)) ? await store.verifications.findEmailLink(hash) : null;
    if (!link || !(await store.verifications.verifyEmail(link.userId, link.email, now))) throw new AppError('EMAIL_LINK_INVALID');
    await store.audit.append(auditRecord(ctx, 'email.verified', 'user', link.userId));
    await store.outbox.append({ topic: 'verification.changed', subjectId: link.userId, payload: { kind: 'email' } }, now);
  });
}

import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { verifyEmailMessage } from '../mail/messages.ts';
import { queueEmail } from '../mail/queue-email.ts';
import { DAY_MS, EMAIL_LINK_MS, waitForLink } from './rules.ts';

/** Makes a link for an address and sends it there, in the transaction of what causes it. Only its hash is kept. */
export async function queueEmailLink(tx: Tx, { id, fullName, email }: { id: number; fullName: string; email: string }): Promise<void> {
  const { token, hash } = tx.pure.tokens.newLinkToken();
  const createdAt = tx.at;
  const expiresAt = new Date(createdAt.getTime() + EMAIL_LINK_MS);
  await tx.repos.verifications.addEmailLink({ tokenHash: hash, userId: id, email, createdAt, expiresAt });
  await queueEmail(tx, { userId: id, recipient: email }, 'verify-email', verifyEmailMessage(tx.settings.publicUrl, fullName, token));
}

/**
 * Sends me another link to confirm my e-mail address.
 * @throws AppError UNAUTHENTICATED, SESSION_ENDED, EMAIL_MISSING, EMAIL_ALREADY_VERIFIED, EMAIL_LINK_LIMIT
 */
export async function sendEmailLink(ctx: Context): Promise<void> {
  const user = requireUser(ctx.actor);
  await ctx.change(async (tx) => {
    const now = tx.at;
    await tx.repos.accounts.lock(user.id, now); // what is counted stays true
    const account = await tx.repos.accounts.findById(user.id);
    if (!account) throw new AppError('SESSION_ENDED');
    const { email } = account;
    if (email === null) throw new AppError('EMAIL_MISSING');
    if (account.emailVerifiedAt) throw new AppError('EMAIL_ALREADY_VERIFIED');
    const sent = await tx.repos.verifications.emailLinksSince({ userId: user.id, email }, new Date(now.getTime() - DAY_MS));
    const waitMs = waitForLink(sent, now);
    if (waitMs > 0) throw new AppError('EMAIL_LINK_LIMIT', { retryAfterS: Math.ceil(waitMs / 1000) });
    await queueEmailLink(tx, { ...account, email });
    await tx.audit('email.link-sent', 'user', user.id);
    await tx.publish('verification.changed', { userId: user.id, kind: 'email' });
  });
}

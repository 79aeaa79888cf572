import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { addressTakenMessage, verifyEmailMessage } from '../mail/messages.ts';
import { queueEmail } from '../mail/queue-email.ts';
import { DAY_MS, EMAIL_LINK_MS, waitForLink } from './rules.ts';

/**
 * Makes a link by which an account proves an address, and sends it there, in the transaction of what causes it; only its hash is kept.
 * Where another account has proved the address, the e-mail says so in place of the link, and nothing else differs. The limit of e-mails
 * for the account and to the address holds for every caller.
 * @returns 0, or in how many ms another link may be sent: then none is
 */
export async function queueEmailLink(tx: Tx, { id, email }: { id: number; email: string }): Promise<number> {
  const day = new Date(tx.at.getTime() + DAY_MS);
  await tx.repos.attempts.lock(tx.pure.tokens.hashLinkToken(`mail-to:${email}`), day); // what is counted below stays true
  const sent = await tx.repos.verifications.emailLinksSince({ userId: id, email }, new Date(tx.at.getTime() - DAY_MS));
  const waitMs = waitForLink(sent, tx.at);
  if (waitMs > 0) return waitMs;
  const { token, hash } = tx.pure.tokens.newLinkToken();
  const expiresAt = new Date(tx.at.getTime() + EMAIL_LINK_MS);
  await tx.repos.verifications.addEmailLink({ tokenHash: hash, userId: id, email, createdAt: tx.at, expiresAt });
  const owner = await tx.repos.accounts.provenOwner(email);
  const { publicUrl } = tx.settings;
  const body = owner === null || owner === id ? verifyEmailMessage(publicUrl, token) : addressTakenMessage(publicUrl);
  await queueEmail(tx, { userId: id, recipient: email }, 'verify-email', body);
  return 0;
}

/**
 * Sends me another link to confirm my e-mail address.
 * @throws AppError UNAUTHENTICATED, SESSION_ENDED, EMAIL_MISSING, EMAIL_ALREADY_VERIFIED, EMAIL_LINK_LIMIT
 */
export async function sendEmailLink(ctx: Context): Promise<void> {
  const user = requireUser(ctx.actor);
  await ctx.change(async (tx) => {
    await tx.repos.accounts.lock(user.id, tx.at); // what is counted stays true
    const account = await tx.repos.accounts.findById(user.id);
    if (!account) throw new AppError('SESSION_ENDED');
    const { email } = account;
    if (email === null) throw new AppError('EMAIL_MISSING');
    if (account.emailVerifiedAt) throw new AppError('EMAIL_ALREADY_VERIFIED');
    const waitMs = await queueEmailLink(tx, { id: user.id, email });
    if (waitMs > 0) throw new AppError('EMAIL_LINK_LIMIT', { retryAfterS: Math.ceil(waitMs / 1000) });
    await tx.audit('email.link-sent', 'user', user.id);
    await tx.publish('verification.changed', { userId: user.id, kind: 'email' });
  });
}

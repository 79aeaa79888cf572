import { requireUser } from '../context/actor.ts';
import type { Context, Store } from '../context/context.ts';
import { AppError } from '../context/errors.ts';
import { auditRecord } from '../context/records.ts';
import { verifyEmailMessage } from '../mail/messages.ts';
import { queueEmail } from '../mail/queue-email.ts';
import { DAY_MS, EMAIL_LINK_MS, waitForLink } from './rules.ts';

/** Makes a link for an address and sends it there, in the transaction of what causes it. Only its hash is kept. */
export async function queueEmailLink(
  ctx: Context,
  store: Store,
  { id, fullName, email }: { id: number; fullName: string; email: string },
): Promise<void> {
  const { token, hash } = ctx.services.tokens.newLinkToken();
  const createdAt = ctx.now();
  const expiresAt = new Date(createdAt.getTime() + EMAIL_LINK_MS);
  await store.verifications.addEmailLink({ tokenHash: hash, userId: id, email, createdAt, expiresAt });
  await queueEmail(
    ctx,
    store,
    { userId: id, recipient: email },
    'verify-email',
    verifyEmailMessage(ctx.settings.publicUrl, fullName, token),
  );
}

/**
 * Sends me another link to confirm my e-mail address.
 * @throws AppError UNAUTHENTICATED, SESSION_ENDED, EMAIL_MISSING, EMAIL_ALREADY_VERIFIED, EMAIL_LINK_LIMIT
 */
export async function sendEmailLink(ctx: Context): Promise<void> {
  const user = requireUser(ctx.actor);
  await ctx.transaction(async (store) => {
    const now = ctx.now();
    await store.accounts.hold(user.id, now); // what is counted stays true
    const account = await store.accounts.findById(user.id);
    if (!account) throw new AppError('SESSION_ENDED');
    const { email } = account;
    if (email === null) throw new AppError('EMAIL_MISSING');
    if (account.emailVerifiedAt) throw new AppError('EMAIL_ALREADY_VERIFIED');
    const sent = await store.verifications.emailLinksSince({ userId: user.id, email }, new Date(now.getTime() - DAY_MS));
    const waitMs = waitForLink(sent, now);
    if (waitMs > 0) throw new AppError('EMAIL_LINK_LIMIT', { retryAfterS: Math.ceil(waitMs / 1000) });
    await queueEmailLink(ctx, store, { ...account, email });
    await store.audit.append(auditRecord(ctx, 'email.link-sent', 'user', user.id));
    await store.outbox.append({ topic: 'verification.changed', subjectId: user.id, payload: { kind: 'email' } }, now);
  });
}

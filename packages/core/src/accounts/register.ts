import { foldForSearch, type RegisterInput } from '@assay/contract';
import type { Context } from '../kernel/context.ts';
import { queueEmailLink } from '../verification/send-email-link.ts';
import { openSession, type OpenedSession, type SignInDevice } from './open-session.ts';
import { requireSafePassword } from './password-rules.ts';

/**
 * A new account, signed in at once; a link to confirm its e-mail is sent. The answer is the same where another account has proved the
 * address: the e-mail says so, and the new account can never confirm it.
 * @throws AppError VALIDATION_FAILED
 */
export async function register(ctx: Context, input: RegisterInput & { device: SignInDevice }): Promise<OpenedSession> {
  await requireSafePassword(ctx, input.password, input);
  const passwordHash = await ctx.services.passwords.hash(input.password);
  return ctx.change(async (tx) => {
    const account = await tx.repos.accounts.create({
      email: input.email,
      fullName: input.fullName,
      searchName: foldForSearch(input.fullName),
      passwordHash,
      roles: ['buyer'],
      at: tx.at,
    });
    await tx.as({ kind: 'user', id: account.id, roles: account.roles, sessionId: '' }).audit('account.registered', 'user', account.id);
    await queueEmailLink(tx, { id: account.id, email: input.email });
    return openSession(tx, account, input.device);
  });
}

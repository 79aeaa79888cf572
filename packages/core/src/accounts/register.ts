import { foldForSearch, type RegisterInput } from '@assay/contract';
import { actingAs, type Context } from '../context/context.ts';
import { auditRecord } from '../context/records.ts';
import { queueEmailLink } from '../verification/send-email-link.ts';
import { openSession, type OpenedSession } from './open-session.ts';

/** A new account, signed in at once; a link to confirm its e-mail is sent. @throws AppError EMAIL_TAKEN */
export async function register(ctx: Context, input: RegisterInput & { device: string | null }): Promise<OpenedSession> {
  const passwordHash = await ctx.services.passwords.hash(input.password);
  return ctx.transaction(async (store) => {
    const account = await store.accounts.create({
      email: input.email,
      fullName: input.fullName,
      searchName: foldForSearch(input.fullName),
      passwordHash,
      roles: ['buyer'],
      at: ctx.now(),
    });
    await store.audit.append(
      auditRecord(
        actingAs(ctx, { kind: 'user', id: account.id, roles: account.roles, sessionId: '' }),
        'account.registered',
        'user',
        account.id,
      ),
    );
    await queueEmailLink(ctx, store, { ...account, email: input.email });
    return openSession(ctx, store, account, input.device);
  });
}

import { foldForSearch, type RegisterInput } from '@assay/contract';
import { actingAs, type Context } from '../context/context.ts';
import { auditRecord } from '../context/records.ts';
import { openSession, type OpenedSession } from './open-session.ts';

/** A new account, signed in at once. @throws AppError EMAIL_TAKEN */
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
    return openSession(ctx, store, account, input.device);
  });
}

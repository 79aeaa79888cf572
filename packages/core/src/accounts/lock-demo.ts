import { requireSystem } from '../context/actor.ts';
import type { Context } from '../context/context.ts';
import { auditRecord } from '../context/records.ts';
import { DEMO_EMAIL_DOMAIN } from './rules.ts';

/** Takes the demo accounts' passwords away: nobody can sign in with them any more. Returns how many. @throws AppError FORBIDDEN */
export async function lockDemoAccounts(ctx: Context): Promise<number> {
  requireSystem(ctx.actor);
  return ctx.transaction(async (store) => {
    const locked = await store.accounts.clearPasswords(DEMO_EMAIL_DOMAIN);
    if (locked > 0) await store.audit.append(auditRecord(ctx, 'demo.locked', 'user', DEMO_EMAIL_DOMAIN, { accounts: locked }));
    return locked;
  });
}

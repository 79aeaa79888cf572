import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { DEMO_EMAIL_DOMAIN } from './rules.ts';

/** Removes the passwords of the demo accounts, so that they cannot sign in. Returns how many. @throws AppError FORBIDDEN */
export async function lockDemoAccounts(ctx: Context): Promise<number> {
  requireSystem(ctx.actor);
  return ctx.change(async (tx) => {
    const locked = await tx.repos.accounts.clearPasswords(DEMO_EMAIL_DOMAIN);
    if (locked > 0) await tx.audit('demo.locked', 'user', DEMO_EMAIL_DOMAIN, { accounts: locked });
    return locked;
  });
}

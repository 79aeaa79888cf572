import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { removeFactors } from '../second-factor/reset.ts';
import { endSessions } from './end-sessions.ts';
import { DEMO_EMAIL_DOMAIN, POWERFUL_ROLES } from './rules.ts';

/**
 * Shuts the demo accounts: disables them, removes their passwords, wallets and second factors, takes the roles of admins and operators, and ends their
 * sessions. Returns how many had any of these. @throws AppError FORBIDDEN
 */
export async function lockDemoAccounts(ctx: Context): Promise<number> {
  requireSystem(ctx.actor);
  return ctx.change(async (tx) => {
    const { accounts } = tx.repos;
    const { total } = await accounts.countUsable(DEMO_EMAIL_DOMAIN, POWERFUL_ROLES, tx.at);
    const ids = await accounts.lockDomain(DEMO_EMAIL_DOMAIN, POWERFUL_ROLES, tx.at);
    for (const userId of ids) {
      await endSessions(tx, userId);
      await removeFactors(tx, userId);
      await tx.publish('account.changed', { userId });
    }
    if (total > 0) await tx.audit('demo.locked', 'user', DEMO_EMAIL_DOMAIN, { accounts: total });
    return total;
  });
}

import { requireSystem } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';

const BATCH = 200;

/**
 * Removes what is left of former members in orders and payments once the law no longer asks for them. Called by a job.
 * @returns how many rows
 * @throws AppError FORBIDDEN
 */
export async function expireMoneyRecords(ctx: Context): Promise<number> {
  requireSystem(ctx.actor);
  const before = ctx.now();
  before.setUTCFullYear(before.getUTCFullYear() - ctx.settings.moneyRecordYears);
  for (let total = 0; ;) {
    const rows = await ctx.change((tx) => tx.repos.privacy.expireMoneyRecords(before, BATCH));
    if (rows === 0) return total;
    total += rows;
  }
}

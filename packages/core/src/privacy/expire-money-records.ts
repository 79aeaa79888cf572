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
  await forgetInvoices(ctx, before);
  for (let total = 0; ;) {
    const rows = await ctx.change((tx) => tx.repos.privacy.expireMoneyRecords(before, BATCH));
    if (rows === 0) return total;
    total += rows;
  }
}

/** Deletes the files of documents first, then what their rows say of persons: cut off in between, it is done again. */
async function forgetInvoices(ctx: Context, before: Date): Promise<void> {
  for (;;) {
    const expired = await ctx.repos.invoices.listExpired(before, BATCH);
    for (const { id, storageKey } of expired) {
      await ctx.services.invoices.delete(storageKey);
      await ctx.change((tx) => tx.repos.invoices.forget(id));
    }
    if (expired.length < BATCH) return;
  }
}

import { VACATION_DAYS_MAX, type SellerView, type VacationInput } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context, Tx } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireSeller } from '../sellers/require-seller.ts';
import { getSeller } from '../sellers/sellers.ts';

const DAY_MS = 86_400_000;

/**
 * Closes the actor's store until a day, or opens it now. It opens again by itself at the beginning of that day (UTC).
 * @throws AppError UNAUTHENTICATED, SELLER_NOT_FOUND, VALIDATION_FAILED (a day in the past, or too far ahead)
 */
export async function setVacation(ctx: Context, { closedUntil }: VacationInput): Promise<SellerView> {
  const { id } = requireUser(ctx.actor);
  await ctx.change(async (tx) => {
    const until = closedUntil === null ? null : new Date(`${closedUntil}T00:00:00.000Z`);
    requireSoon(tx, until);
    if (!(await tx.repos.stores.close(id, until, tx.at))) throw new AppError('SELLER_NOT_FOUND');
    await tx.audit(until ? 'store.closed' : 'store.opened', 'seller', id, until ? { until: closedUntil } : undefined);
    await tx.publish('seller.updated', { sellerId: id });
  });
  return getSeller(ctx, id);
}

/** @throws AppError VALIDATION_FAILED */
function requireSoon({ at }: Tx, until: Date | null): void {
  if (!until || (until > at && until.getTime() <= at.getTime() + VACATION_DAYS_MAX * DAY_MS)) return;
  const message = until > at ? 'A vacation lasts a year at most.' : 'Choose a day in the future.';
  throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'closedUntil', message }] });
}

/** The store takes orders, in the change that places one. @throws AppError STORE_CLOSED, SELLER_NOT_FOUND, STORE_GONE */
export async function requireOpenStore(tx: Tx, sellerId: number): Promise<void> {
  const seller = await requireSeller(tx.repos, sellerId);
  if (!seller.closedUntil || seller.closedUntil <= tx.at) return;
  const day = seller.closedUntil.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  throw new AppError('STORE_CLOSED', { message: `This store is closed until ${day}.` });
}

import type { TaxDetailsInput, TaxDetailsView } from '@assay/contract';
import { requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { requireSeller } from '../sellers/require-seller.ts';

/** Who I am on invoices. @throws AppError UNAUTHENTICATED */
export async function getTaxDetails(ctx: Context): Promise<TaxDetailsView> {
  const { id } = requireUser(ctx.actor);
  const row = await ctx.repos.fees.taxDetails(id);
  if (!row) return { details: null };
  const { name, address, country, vatNumber, updatedAt } = row;
  return { details: { name, address, country, vatNumber, updatedAt: updatedAt.toISOString() } };
}

/**
 * Saves who I am on invoices; orders that are placed from now on are taxed by it.
 * @throws AppError UNAUTHENTICATED, SELLER_NOT_FOUND, VALIDATION_FAILED
 */
export async function saveTaxDetails(ctx: Context, input: TaxDetailsInput): Promise<TaxDetailsView> {
  const { id } = requireUser(ctx.actor);
  const vatNumber = input.vatNumber ? await ctx.services.vatNumbers.check(input.country, input.vatNumber) : null;
  if (input.vatNumber && !vatNumber)
    throw new AppError('VALIDATION_FAILED', {
      fields: [{ field: 'vatNumber', message: 'This is not a VAT number of that country. Look for a mistyped digit.' }],
    });
  await ctx.change(async (tx) => {
    await requireSeller(tx.repos, id);
    const { name, address, country } = input;
    await tx.repos.fees.saveTaxDetails({ userId: id, name, address, country, vatNumber }, tx.at);
    await tx.audit('tax-details.changed', 'user', id, { country, hasVatNumber: vatNumber !== null });
    await tx.publish('tax-details.changed', { userId: id });
  });
  return getTaxDetails(ctx);
}

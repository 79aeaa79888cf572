import {
  e8OfMinor,
  fitsCurrency,
  formatPriceE8,
  minorOf,
  parsePriceE8,
  type FeesView,
  type FieldError,
  type QuoteFeesQuery,
} from '@assay/contract';
import { requireRole, requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { quoteFees } from './freeze-fees.ts';
import type { OrderFeesRow } from './ports.ts';

function toFeesView(fees: Omit<OrderFeesRow, 'orderId'>): FeesView {
  const { currency, baseMinor, commissionMinor, vatMinor, vatBasisPoints, vatTreatment, vatCountry } = fees;
  const amount = (minor: bigint) => formatPriceE8(e8OfMinor(minor, currency), currency);
  return {
    currency,
    total: amount(baseMinor),
    commission: amount(commissionMinor),
    vat: amount(vatMinor),
    vatBasisPoints,
    vatTreatment,
    vatCountry,
    receives: amount(baseMinor - commissionMinor - vatMinor),
    lines: fees.lines.map((line) => ({
      ruleId: line.ruleId,
      base: amount(line.baseMinor),
      basisPoints: line.basisPoints,
      fixed: amount(line.fixedMinor),
      minimum: amount(line.minimumMinor),
      commission: amount(line.commissionMinor),
    })),
  };
}

/**
 * What a sale would cost its seller now: me, or any seller for an admin.
 * @throws AppError UNAUTHENTICATED, FORBIDDEN (of another seller), VALIDATION_FAILED
 */
export async function getFeeQuote(ctx: Context, query: QuoteFeesQuery): Promise<FeesView> {
  const { id } = requireUser(ctx.actor);
  const { sellerId = id, category, price, shipping, currency } = query;
  if (sellerId !== id) requireRole(ctx.actor, 'admin');
  const tooFine = (['price', 'shipping'] as const).filter((field) => !fitsCurrency(query[field], currency));
  if (tooFine.length > 0) throw new AppError('VALIDATION_FAILED', { fields: tooFine.map(decimalsError) });
  const items = [{ category, amountMinor: minorOf(parsePriceE8(price), currency) }];
  const sale = { sellerId, currency, items, shippingMinor: minorOf(parsePriceE8(shipping), currency) };
  return toFeesView(await quoteFees(ctx, sale, ctx.now()));
}

const decimalsError = (field: string): FieldError => ({ field, message: 'The amount has more decimals than the currency.' });

/**
 * What an order costs its seller, as it was frozen; null for an order from before there were fees.
 * @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND (also another's, and the buyer's)
 */
export async function getOrderFees(ctx: Context, { id }: { id: number }): Promise<{ fees: FeesView | null }> {
  const actor = requireUser(ctx.actor);
  const order = await ctx.repos.orders.findById(id);
  if (order?.sellerId !== actor.id) throw new AppError('ORDER_NOT_FOUND');
  const fees = await ctx.repos.fees.find(id);
  return { fees: fees && toFeesView(fees) };
}

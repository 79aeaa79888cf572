import { EU_COUNTRIES, isWithin, proportion, sharesOf, vatRateOf, type VatTreatment } from '@assay/contract';
import type { CommissionRuleRow, FeeLineRow, OrderFeesRow } from './ports.ts';

/** Basis points of the whole. */
const WHOLE = 10_000n;

/** Who the marketplace's operator is on invoices, and where it charges VAT. */
export interface Operator {
  name: string;
  /** Its lines, without the country. */
  address: string;
  /** ISO 3166-1. */
  country: string;
  /** Null: not registered for VAT, so no VAT is charged. */
  vatNumber: string | null;
  /** Other countries where it is registered; EU stands for the one-stop shop. */
  vatAbroad: readonly string[];
}

/** What decides how the commission of a seller is taxed. */
export interface TaxedSeller {
  country: string;
  vatNumber: string | null;
}

/** A part of a sale: its category and its price in minor units. */
export interface SaleItem {
  category: string;
  amountMinor: bigint;
}

export interface Sale {
  sellerId: number;
  tier: string;
  currency: string;
  items: readonly SaleItem[];
  shippingMinor: bigint;
}

/** Commission and its VAT in minor units, zero or more. The seller pays both. */
export interface Fees {
  commission: bigint;
  vat: bigint;
}

const depth = (path: string | null) => (path === null ? 0 : path.split('/').length);

/** The one order of rules, the most specific first: seller, depth of the category, tier, currency, the later beginning, the later id. */
function bySpecificity(a: CommissionRuleRow, b: CommissionRuleRow): number {
  return (
    Number(b.sellerId !== null) - Number(a.sellerId !== null) ||
    depth(b.categoryPath) - depth(a.categoryPath) ||
    Number(b.tier !== null) - Number(a.tier !== null) ||
    Number(b.currency !== null) - Number(a.currency !== null) ||
    b.validFrom.getTime() - a.validFrom.getTime() ||
    b.id - a.id
  );
}

/** The rule that charges an item of a sale: the most specific of those that hold; null where none does. */
export function ruleFor(
  rules: readonly CommissionRuleRow[],
  { sellerId, tier, currency }: Pick<Sale, 'sellerId' | 'tier' | 'currency'>,
  category: string,
  at: Date,
): CommissionRuleRow | null {
  const holds = (rule: CommissionRuleRow) =>
    rule.validFrom <= at &&
    (rule.validUntil === null || rule.validUntil > at) &&
    (rule.sellerId ?? sellerId) === sellerId &&
    (rule.tier ?? tier) === tier &&
    (rule.currency ?? currency) === currency &&
    (rule.categoryPath === null || isWithin(category, rule.categoryPath));
  return rules.filter(holds).toSorted(bySpecificity)[0] ?? null;
}

/** How the commission of a seller is taxed: which country's standard rate, or why none. */
export function vatOf(
  operator: Operator | null,
  seller: TaxedSeller | null,
  at: Date,
): { treatment: VatTreatment; country: string | null; basisPoints: number } {
  const without = (treatment: VatTreatment) => ({ treatment, country: null, basisPoints: 0 });
  if (!operator?.vatNumber) return without('none');
  const standard = (country: string) => {
    const basisPoints = vatRateOf(country, at);
    return basisPoints === null ? without('none') : { treatment: 'standard' as const, country, basisPoints };
  };
  if (!seller || seller.country === operator.country) return standard(operator.country);
  const bothInEu = EU_COUNTRIES.has(operator.country) && EU_COUNTRIES.has(seller.country);
  const registered = operator.vatAbroad.includes(EU_COUNTRIES.has(seller.country) ? 'EU' : seller.country);
  if (seller.vatNumber) return without(bothInEu || registered ? 'reverse-charge' : 'outside');
  if (registered) return standard(seller.country);
  // Below the threshold of the one-stop shop, consumers of other member states are taxed at home.
  return bothInEu ? standard(operator.country) : without('outside');
}

/** What one rule charges for its part of a sale: percentage and fixed amount, at least the minimum. */
function lineOf(rule: CommissionRuleRow | null, baseMinor: bigint): FeeLineRow {
  const { basisPoints, fixedMinor, minimumMinor } = rule ?? { basisPoints: 0, fixedMinor: 0n, minimumMinor: 0n };
  const charged = proportion(baseMinor, BigInt(basisPoints), WHOLE) + fixedMinor;
  const atLeast = charged > minimumMinor ? charged : minimumMinor;
  return {
    ruleId: rule?.id ?? null,
    basisPoints,
    fixedMinor,
    minimumMinor,
    baseMinor,
    commissionMinor: atLeast < baseMinor ? atLeast : baseMinor,
  };
}

/** Lines whose sum, with VAT, is above the sale are lowered in proportion: a sale never costs the seller more than it brings. */
function withinSale(lines: readonly FeeLineRow[], baseMinor: bigint, vatBasisPoints: bigint): FeeLineRow[] {
  const commission = lines.reduce((sum, line) => sum + line.commissionMinor, 0n);
  if (commission + proportion(commission, vatBasisPoints, WHOLE) <= baseMinor) return [...lines];
  const lowered = (baseMinor * WHOLE) / (WHOLE + vatBasisPoints);
  const shares = sharesOf(
    lowered,
    lines.map(({ commissionMinor }) => commissionMinor),
  );
  return lines.map((line, index) => ({ ...line, commissionMinor: shares[index]! }));
}

/**
 * The fees of a sale. Commission is charged on items and shipping, which each item has a share of; VAT comes on top of it. A fixed amount
 * and a minimum count once for all items of one rule. Each step is rounded half away from zero to the minor unit.
 */
export function feesOfSale(
  sale: Sale,
  rules: readonly CommissionRuleRow[],
  vat: { treatment: VatTreatment; country: string | null; basisPoints: number },
  at: Date,
): Omit<OrderFeesRow, 'orderId'> {
  const prices = sale.items.map(({ amountMinor }) => amountMinor);
  const free = prices.every((price) => price === 0n);
  const shipping = sharesOf(sale.shippingMinor, free ? prices.map(() => 1n) : prices);
  const parts = sale.items.map(({ category, amountMinor }, index) => ({
    rule: ruleFor(rules, sale, category, at),
    baseMinor: amountMinor + shipping[index]!,
  }));
  const baseMinor = parts.reduce((sum, part) => sum + part.baseMinor, 0n);
  const byRule = Map.groupBy(parts, ({ rule }) => rule?.id ?? null);
  const charged = [...byRule.values()].map((group) =>
    lineOf(
      group[0]!.rule,
      group.reduce((sum, part) => sum + part.baseMinor, 0n),
    ),
  );
  const lines = withinSale(charged, baseMinor, BigInt(vat.basisPoints));
  const commissionMinor = lines.reduce((sum, line) => sum + line.commissionMinor, 0n);
  return {
    currency: sale.currency,
    baseMinor,
    commissionMinor,
    vatMinor: proportion(commissionMinor, BigInt(vat.basisPoints), WHOLE),
    vatBasisPoints: vat.basisPoints,
    vatTreatment: vat.treatment,
    vatCountry: vat.country,
    frozenAt: at,
    lines,
  };
}

/**
 * What of an order's fees a refund reverses. All refunds of an order together reverse exactly what was charged for what they refund,
 * in any number of parts.
 * @param refundedBefore what earlier refunds of the order gave back, in minor units
 * @param refund what this one gives back
 * @param total what the buyer paid
 * @throws RangeError where more is refunded than was paid
 */
export function reversedFees({ commission, vat }: Fees, refundedBefore: bigint, refund: bigint, total: bigint): Fees {
  if (refundedBefore < 0n || refund < 0n || refundedBefore + refund > total)
    throw new RangeError('Refunds are zero or more, and no more than what was paid.');
  if (total === 0n) return { commission: 0n, vat: 0n };
  const part = (amount: bigint) => proportion(amount, refundedBefore + refund, total) - proportion(amount, refundedBefore, total);
  return { commission: part(commission), vat: part(vat) };
}

import { decimalOf, digitsOf, fitsCurrency, formatPriceE8, isAboveZero, parsePriceE8, PRICE } from '@assay/contract';
import { money } from '#lib/format.ts';

/** A draft that has no price yet: zero until it was first for sale, and never again. */
export const isUnpriced = ({ publishedAt, price }: { publishedAt: string | null; price: string }): boolean =>
  publishedAt === null && /^[0.]+$/.test(price);

/** How an amount in the currency is written: "12.50", "1200", "0.05000000". */
export const exampleOf = (currency: string): string => {
  const digits = digitsOf(currency);
  if (digits === 0) return '1200';
  return digits > 2 ? `0.${'05'.padEnd(digits, '0')}` : '12.50';
};

/** "EUR: 2 decimals, such as 12.50" */
export function priceHint(currency: string): string {
  const digits = digitsOf(currency);
  return `${digits === 0 ? 'No decimals' : `Up to ${digits} decimals`}, such as ${exampleOf(currency)}.`;
}

/** What buyers will see of a price while it is typed, digit by digit as it is; null while it is none. */
export function pricePreview(typed: string, currency: string): string | null {
  const amount = decimalOf(typed);
  const isPrice = PRICE.test(amount) && isAboveZero(amount) && fitsCurrency(amount, currency);
  return isPrice ? money(formatPriceE8(parsePriceE8(amount), currency), currency) : null;
}

import { CURRENCIES, type BulkChange, type Currency } from '@assay/contract';

type PriceChange = Extract<BulkChange, { kind: 'price-percent' | 'price-amount' }>;

/** The most that a price can be: DECIMAL(18,8). */
const MAX_E8 = 999_999_999_999_999_999n;

/** Signed decimal text as a whole number of 10^-decimals: ("-12.5", 2) → -1250n. */
function scaled(text: string, decimals: number): bigint {
  const [whole = '0', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  const value = BigInt(whole) * 10n ** BigInt(decimals) + BigInt(fraction.padEnd(decimals, '0') || '0');
  return text.startsWith('-') ? -value : value;
}

/** The nearest multiple of `unit` to numerator/denominator; a half goes away from zero. Exact. */
function roundTo(unit: bigint, numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const step = denominator * unit;
  const rounded = ((size + step / 2n) / step) * unit;
  return numerator < 0n ? -rounded : rounded;
}

/**
 * A price after a change, rounded to the digits of its currency, half away from zero: 10 % off 0.05 EUR is 0.05 EUR (0.045).
 * @param priceE8 in 1/100,000,000 of the currency
 * @returns null where it could be no price: zero or less, or more than a price can be
 */
export function changedPrice(priceE8: bigint, currency: Currency, change: PriceChange): bigint | null {
  const unit = 10n ** BigInt(8 - CURRENCIES[currency]);
  const price =
    change.kind === 'price-percent'
      ? roundTo(unit, priceE8 * (10_000n + scaled(change.percent, 2)), 10_000n)
      : roundTo(unit, priceE8 + scaled(change.amount, 8), 1n);
  return price > 0n && price <= MAX_E8 ? price : null;
}

// Free of zod: pages add amounts up.
import { digitsOf } from './currencies.ts';

/** Prices are stored in 1/100,000,000 of a currency; the ledger counts the smallest unit that the currency has. */
const e8PerMinor = (currency: string): bigint => 10n ** BigInt(8 - digitsOf(currency));

/**
 * An amount of 1/100,000,000 in minor units, such as cents.
 * @throws RangeError where the amount has more decimals than the currency
 */
export function minorOf(amountE8: bigint, currency: string): bigint {
  const scale = e8PerMinor(currency);
  if (amountE8 % scale !== 0n) throw new RangeError(`An amount in ${currency} has ${digitsOf(currency)} decimals at most.`);
  return amountE8 / scale;
}

/** Minor units in 1/100,000,000 of the currency. */
export const e8OfMinor = (minor: bigint, currency: string): bigint => minor * e8PerMinor(currency);

/**
 * `amount` × `numerator` ÷ `denominator`, rounded half away from zero to a whole minor unit.
 * @throws RangeError where the denominator is not above zero
 */
export function proportion(amount: bigint, numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('The denominator is above zero.');
  const product = amount * numerator;
  const half = product < 0n ? -denominator : denominator;
  return (2n * product + half) / (2n * denominator); // BigInt division cuts towards zero
}

/**
 * Divides an amount in proportion to weights by the largest remainder (Hamilton's method): the shares always add up to the amount, and
 * each differs from its exact part by less than one unit. Of equal remainders the earlier one gets the unit.
 * @param amount zero or more, in minor units
 * @throws RangeError where the amount or a weight is negative, or all weights are zero
 */
export function sharesOf(amount: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (amount < 0n || total <= 0n || weights.some((weight) => weight < 0n))
    throw new RangeError('An amount is divided by weights of zero or more, of which one is above zero.');
  const shares = weights.map((weight) => (amount * weight) / total);
  const left = Number(amount - shares.reduce((sum, share) => sum + share, 0n));
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (amount * weight) % total }))
    .toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  for (const { index } of byRemainder.slice(0, left)) shares[index]! += 1n;
  return shares;
}

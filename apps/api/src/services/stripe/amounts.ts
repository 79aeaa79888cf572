import { digitsOf, e8OfMinor, isIsoCurrency, minorOf } from '@assay/contract';

/** Stripe counts these in hundredths, although they have no smaller unit any more; the hundredths are zero. */
const IN_HUNDREDTHS: ReadonlySet<string> = new Set(['ISK', 'UGX']);
/** Stripe counts these in hundredths, but pays out whole ones alone. */
const PAID_OUT_WHOLE: ReadonlySet<string> = new Set(['HUF', 'TWD']);
/** Stripe counts these without decimals. */
const WITHOUT_DECIMALS: ReadonlySet<string> = new Set(['MGA']);

/**
 * An amount as Stripe counts it: the currency's minor units, with Stripe's exceptions. Amounts with three decimals end in zero.
 * @throws RangeError that says why Stripe cannot charge it
 */
export function stripeAmountOf(amountE8: bigint, currency: string): number {
  if (!isIsoCurrency(currency)) throw new RangeError(`Stripe takes no payments in ${currency}.`);
  return stripeAmountOfMinor(minorOf(amountE8, currency), currency);
}

/** The same for an amount in minor units. @throws RangeError that says why Stripe cannot count it */
export function stripeAmountOfMinor(minor: bigint, currency: string): number {
  if (!isIsoCurrency(currency)) throw new RangeError(`Stripe takes no payments in ${currency}.`);
  const amount = IN_HUNDREDTHS.has(currency) ? minor * 100n : WITHOUT_DECIMALS.has(currency) ? wholeOf(minor, currency) : minor;
  if (digitsOf(currency) === 3 && amount % 10n !== 0n) throw new RangeError(`Stripe takes amounts in ${currency} with two decimals.`);
  if (amount > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('The amount is too high for Stripe.');
  return Number(amount);
}

function wholeOf(minor: bigint, currency: string): bigint {
  if (minor % 100n !== 0n) throw new RangeError(`Stripe takes amounts in ${currency} without decimals.`);
  return minor / 100n;
}

/** What Stripe pays out are multiples of this, in minor units. */
export function stripeUnitOf(currency: string): bigint {
  if (PAID_OUT_WHOLE.has(currency) || WITHOUT_DECIMALS.has(currency)) return 10n ** BigInt(digitsOf(currency));
  return digitsOf(currency) === 3 ? 10n : 1n;
}

/** An amount as Stripe counts it, in 1/100,000,000. Hundredths that Stripe does not use are zero; others would be lost. */
export function e8OfStripeAmount(amount: number, currency: string): bigint {
  const minor = BigInt(amount);
  if (IN_HUNDREDTHS.has(currency)) return e8OfMinor(minor / 100n, currency);
  return e8OfMinor(WITHOUT_DECIMALS.has(currency) ? minor * 100n : minor, currency);
}

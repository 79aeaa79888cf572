import { z } from 'zod';
import { decimalOf, isAmbiguousAmount } from './amounts.ts';
import { CURRENCIES, TOKEN_CODES, type Currency as CurrencyCode } from './currencies.ts';

export const Currency = z.enum(Object.keys(CURRENCIES) as [CurrencyCode, ...CurrencyCode[]], {
  error: `The currency is a code of ISO 4217 such as EUR, or ${TOKEN_CODES.join(', ')}.`,
});

export type Currency = CurrencyCode;

const E8 = 100_000_000n;

/** Decimal text to a whole number of 1/100,000,000, exactly. Expects what {@link PriceText} accepts. */
export function parsePriceE8(value: string): bigint {
  const [whole = '0', fraction = ''] = value.split('.');
  return BigInt(whole) * E8 + BigInt(fraction.padEnd(8, '0'));
}

/** The exact decimal text of an amount, with at least as many decimals as the currency has: "12.50". */
export function formatPriceE8(amountE8: bigint, currency: string): string {
  const decimals = CURRENCIES[currency as CurrencyCode] ?? 2;
  const fraction = (amountE8 % E8).toString().padStart(8, '0').replace(/0+$/, '').padEnd(decimals, '0');
  return fraction ? `${amountE8 / E8}.${fraction}` : String(amountE8 / E8);
}

export const PRICE_FORMAT = 'Enter a price such as 12.50.';
const PRICE = /^\d{1,10}(\.\d{1,8})?$/;

/** Why an amount is refused that has no reading, two of them, or too many digits. */
export function amountProblem(typed: unknown): string {
  if (typeof typed !== 'string') return PRICE_FORMAT;
  if (isAmbiguousAmount(typed)) return `${typed.trim()} can be read as a thousand or as a decimal. Write it with a point, such as 1234.00.`;
  return /^\d+(\.\d+)?$/.test(typed) ? 'A price has at most 10 digits before the point and 8 after it.' : PRICE_FORMAT;
}

/** An amount of zero or more as decimal text, also read from "12,50" and "5e-7": up to 10 digits before the point and 8 after it. */
export const AmountText = z
  .string({ error: PRICE_FORMAT })
  .overwrite(decimalOf)
  .regex(PRICE, { error: ({ input }) => amountProblem(input), abort: true });

/** The same above zero. */
export const PriceText = AmountText.refine((value) => /[1-9]/.test(value), 'The price is above zero.').meta({ example: '12.50' });

/** Does the amount have no more decimals than its currency? */
export function fitsCurrency(price: string, currency: CurrencyCode): boolean {
  const fraction = (price.split('.')[1] ?? '').replace(/0+$/, '');
  return fraction.length <= CURRENCIES[currency];
}

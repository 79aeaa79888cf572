import { z } from 'zod';
import { decimalOf, isAboveZero, isAmbiguousAmount, PRICE } from './amounts.ts';
import { CURRENCIES, TOKEN_CODES, type Currency as CurrencyCode } from './currencies.ts';

export const Currency = z.enum(Object.keys(CURRENCIES) as [CurrencyCode, ...CurrencyCode[]], {
  error: `The currency is a code of ISO 4217 such as EUR, or ${TOKEN_CODES.join(', ')}.`,
});

export type Currency = CurrencyCode;

export const PRICE_FORMAT = 'Enter a price such as 12.50.';

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
export const PriceText = AmountText.refine(isAboveZero, 'The price is above zero.').meta({ example: '12.50' });

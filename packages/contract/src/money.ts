import { z } from 'zod';
import { CURRENCIES, type Currency as CurrencyCode } from './choices.ts';

export const Currency = z.enum(Object.keys(CURRENCIES) as [CurrencyCode, ...CurrencyCode[]], {
  error: `The currency is one of ${Object.keys(CURRENCIES).join(', ')}.`,
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

/** An amount as decimal text: up to 10 digits before the point and 8 behind it, above zero. */
export const PriceText = z
  .string({ error: PRICE_FORMAT })
  .trim()
  .regex(/^\d{1,10}(\.\d{1,8})?$/, PRICE_FORMAT)
  .refine((value) => /[1-9]/.test(value), 'The price is above zero.')
  .meta({ example: '12.50' });

/** Does the amount have no more decimals than its currency? */
export function fitsCurrency(price: string, currency: CurrencyCode): boolean {
  const fraction = (price.split('.')[1] ?? '').replace(/0+$/, '');
  return fraction.length <= CURRENCIES[currency];
}

import { z } from 'zod';

/** Currencies and how many decimals each one has. */
export const CURRENCIES = { EUR: 2, USD: 2, GBP: 2, CHF: 2, JPY: 0, BTC: 8, ETH: 8, USDC: 6 } as const;
export type Currency = keyof typeof CURRENCIES;
export const Currency = z.enum(Object.keys(CURRENCIES) as [Currency, ...Currency[]], { error: `The currency is one of ${Object.keys(CURRENCIES).join(', ')}.` });

const E8 = 100_000_000n;

/** Decimal text to a whole number of 1/100,000,000, exactly. Expects what {@link PriceText} accepts. */
export function parsePriceE8(value: string): bigint {
  const [whole = '0', fraction = ''] = value.split('.');
  return BigInt(whole) * E8 + BigInt(fraction.padEnd(8, '0'));
}

/** The exact decimal text of an amount, with at least as many decimals as the currency has: "12.50". */
export function formatPriceE8(amountE8: bigint, currency: string): string {
  const decimals = CURRENCIES[currency as Currency] ?? 2;
  const fraction = (amountE8 % E8).toString().padStart(8, '0').replace(/0+$/, '').padEnd(decimals, '0');
  return fraction ? `${amountE8 / E8}.${fraction}` : String(amountE8 / E8);
}

/** An amount as decimal text: up to 10 digits before the point and 8 behind it, above zero. */
export const PriceText = z
  .string({ error: 'The price is decimal text such as "12.50".' })
  .trim()
  .regex(/^\d{1,10}(\.\d{1,8})?$/, 'The price is decimal text such as "12.50", at most 10 digits before the point and 8 behind it.')
  .refine((value) => /[1-9]/.test(value), 'The price is above zero.')
  .meta({ example: '12.50' });

/** Does the amount have no more decimals than its currency? */
export function fitsCurrency(price: string, currency: Currency): boolean {
  const fraction = (price.split('.')[1] ?? '').replace(/0+$/, '');
  return fraction.length <= CURRENCIES[currency];
}

import { CURRENCIES, type Currency } from '@assay/contract';

const DOLLARS: readonly Currency[] = ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN', 'BRL', 'ARS', 'CLP', 'COP'];
const SIGNS: Readonly<Record<string, readonly Currency[]>> = {
  '€': ['EUR'],
  '£': ['GBP'],
  '¥': ['JPY', 'CNY'],
  '₿': ['BTC'],
  Ξ: ['ETH'],
  '₹': ['INR'],
  '₩': ['KRW'],
  '₽': ['RUB'],
  '₺': ['TRY'],
  '₴': ['UAH'],
  zł: ['PLN'],
  Kč: ['CZK'],
  $: DOLLARS,
  US$: ['USD'],
  'US $': ['USD'],
  C$: ['CAD'],
  'C $': ['CAD'],
  A$: ['AUD'],
  'AU $': ['AUD'],
};
const MONEY = /^([\p{L}\p{Sc}][\p{L}\p{Sc} ]{0,4}?)?\s*([+-]?\d.*?)\s*([\p{L}\p{Sc}]{1,5})?$/su;

/**
 * An amount and the currencies that the sign or code beside it may mean, the likeliest first: "86.00 EUR", "€ 9,90", "US $12.00". A text with
 * another word beside the number comes back as it is.
 */
export function splitMoney(cell: string): { amount: string; currencies: readonly Currency[] } {
  const whole = { amount: cell, currencies: [] };
  const [, before, amount, after] = MONEY.exec(cell.trim()) ?? [];
  const unit = (before ?? after)?.trim();
  if (amount === undefined || unit === undefined || (before !== undefined && after !== undefined)) return whole;
  const code = unit.toUpperCase();
  if (Object.hasOwn(CURRENCIES, code)) return { amount, currencies: [code as Currency] };
  return Object.hasOwn(SIGNS, unit) ? { amount, currencies: SIGNS[unit]! } : whole;
}

/**
 * The currency of a line: that of its column; else of the sign beside its price, where that means one currency, or may mean the assumed
 * one. A sign that may mean several is never guessed: an amount in another currency is another price.
 * @param said that of the column, where there is a sound one
 * @param assumed that of the listing or the file; null where there is none
 * @returns null where the line does not say it, and what is wrong
 */
export function currencyOfLine(
  { price, shipping }: { price: readonly Currency[]; shipping: readonly Currency[] },
  said: Currency | undefined,
  assumed: Currency | null,
): { currency: Currency | null; errors: { column: 'price' | 'shipping_price'; message: string }[] } {
  let currency = said ?? null;
  if (currency === null && price.length > 0) {
    const [only, ...others] = price;
    currency = others.length === 0 ? only! : (price.find((one) => one === assumed) ?? null);
    if (currency === null)
      return { currency, errors: [{ column: 'price', message: `The price may be in ${only} or ${others[0]}: name its currency.` }] };
  }
  const known = currency ?? assumed;
  const errors = (
    [
      ['price', 'price', price],
      ['shipping_price', 'price of shipping', shipping],
    ] as const
  ).flatMap(([column, name, candidates]) =>
    known === null || candidates.length === 0 || candidates.includes(known)
      ? []
      : [{ column, message: `The ${name} is in ${candidates[0]}, the currency is ${known}.` }],
  );
  return { currency, errors };
}

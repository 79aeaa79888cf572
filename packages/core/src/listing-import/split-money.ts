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
  if (code in CURRENCIES) return { amount, currencies: [code as Currency] };
  return unit in SIGNS ? { amount, currencies: SIGNS[unit]! } : whole;
}

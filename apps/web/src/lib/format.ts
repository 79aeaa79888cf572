import { CURRENCIES, type Currency } from '@assay/contract';

export { percentText as percent } from '@assay/contract';

const SYMBOLS: Partial<Record<string, string>> = { EUR: '€', USD: '$', GBP: '£', JPY: '¥', BTC: '₿', ETH: 'Ξ' };
const NBSP = '\u00A0';

/** "1,502" */
export const count = (value: number): string => value.toLocaleString('en');

/** "312 ratings", "1 rating" */
export const counted = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;

/** A difference with its sign, the minus a real one: "−0.13", "+0.02", "0.00" */
export function signed(value: number, digits = 2): string {
  const size = Math.abs(value).toFixed(digits);
  if (Number(size) === 0) return size;
  return `${value < 0 ? '−' : '+'}${size}`;
}

/** Decimal text with its currency, without ever passing through a float: "€ 1,234.50" */
export function money(amount: string, currency: string): string {
  const [whole = '0', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${SYMBOLS[currency] ?? currency}${NBSP}${grouped}${fraction ? `.${fraction}` : ''}`;
}

export const currencies = Object.keys(CURRENCIES) as Currency[];

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const DAY_OF_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
  timeZoneName: 'short',
});

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** "09:12 UTC" */
export const timeOfDay = (iso: string): string => `${TIME.format(new Date(iso))} UTC`;
/** "22 Nov", where the year is plain. */
export const dayOfYear = (iso: string): string => DAY_OF_YEAR.format(new Date(iso));
/** "22 Nov 2026", in UTC on the server and in every browser. */
export const day = (iso: string): string => DAY.format(new Date(iso));
/** "March 2023" */
export const month = (iso: string): string => MONTH.format(new Date(iso));
/** "22 Nov 2026, 09:30 UTC" */
export const moment = (iso: string): string => MOMENT.format(new Date(iso));

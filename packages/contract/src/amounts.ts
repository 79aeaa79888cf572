// Free of zod: pages show what an amount is while it is typed.
import { digitsOf } from './currencies.ts';

/** Between groups of three digits: a point, a comma, a space of any width, an apostrophe. */
const GROUPED = /^([1-9]\d{0,2})(?:([.,' \u00A0\u2009\u202F’])\d{3})(?:\2\d{3})*(?:(?!\2)([.,])\d+)?$/;
/** One comma before three digits is a decimal to some readers and a thousand to others. */
const AMBIGUOUS = /^[1-9]\d{0,2},\d{3}$/;
const EXPONENT = /^(\d+)(?:[.,](\d+))?[eE]([+-]?\d{1,2})$/;

/** May the text be read as two amounts, such as "1,234"? */
export const isAmbiguousAmount = (typed: string): boolean => AMBIGUOUS.test(unsigned(typed.trim()).digits);

/**
 * An amount as people, spreadsheets and JavaScript write it, as decimal text: "12,50", "1.234,56", "1,234.56", "1 234,56" and "5e-7".
 * A single point is a decimal one. Text that has no reading, or two of them ({@link isAmbiguousAmount}), comes back as it is, trimmed.
 */
export function decimalOf(typed: string): string {
  const text = typed.trim();
  const { sign, digits } = unsigned(text);
  const exponent = EXPONENT.exec(digits);
  if (exponent) return sign + shifted(exponent[1]!, exponent[2] ?? '', Number(exponent[3]));
  if (/^\d+(\.\d+)?$/.test(digits)) return sign + digits;
  if (AMBIGUOUS.test(digits)) return text;
  if (/^\d+,\d+$/.test(digits)) return sign + digits.replace(',', '.');
  const grouped = GROUPED.exec(digits);
  if (!grouped) return text;
  const [, , , point] = grouped;
  const [whole, fraction] = point ? [digits.slice(0, digits.lastIndexOf(point)), digits.slice(digits.lastIndexOf(point) + 1)] : [digits];
  return sign + whole.replace(/\D/g, '') + (fraction === undefined ? '' : `.${fraction}`);
}

function unsigned(text: string): { sign: string; digits: string } {
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/s.exec(text)!;
  return { sign, digits };
}

/** whole.fraction times ten to the power of `exponent`, digit by digit. */
function shifted(whole: string, fraction: string, exponent: number): string {
  const digits = (whole + fraction).padStart(whole.length + fraction.length + Math.max(0, -exponent), '0');
  const padded = digits.padEnd(digits.length + Math.max(0, exponent - fraction.length), '0');
  const decimals = Math.max(0, fraction.length - exponent);
  const split = padded.length - decimals;
  const before = padded.slice(0, split).replace(/^0+(?=\d)/, '') || '0';
  const after = padded.slice(split).replace(/0+$/, '');
  return after ? `${before}.${after}` : before;
}

/** An amount of zero or more as decimal text: up to 10 digits before the point and 8 after it. */
export const PRICE = /^\d{1,10}(\.\d{1,8})?$/;

/** Whether decimal text is more than zero. */
export const isAboveZero = (amount: string): boolean => /[1-9]/.test(amount);

const E8 = 100_000_000n;

/** Decimal text to a whole number of 1/100,000,000, exactly. Expects what {@link PRICE} accepts. */
export function parsePriceE8(value: string): bigint {
  const [whole = '0', fraction = ''] = value.split('.');
  return BigInt(whole) * E8 + BigInt(fraction.padEnd(8, '0'));
}

/** The exact decimal text of an amount, with at least as many decimals as the currency has: "12.50". */
export function formatPriceE8(amountE8: bigint, currency: string): string {
  const fraction = (amountE8 % E8).toString().padStart(8, '0').replace(/0+$/, '').padEnd(digitsOf(currency), '0');
  return fraction ? `${amountE8 / E8}.${fraction}` : String(amountE8 / E8);
}

/** Whether decimal text has no more decimals than its currency. */
export function fitsCurrency(price: string, currency: string): boolean {
  const fraction = (price.split('.')[1] ?? '').replace(/0+$/, '');
  return fraction.length <= digitsOf(currency);
}

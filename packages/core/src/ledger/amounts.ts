import { e8OfMinor, formatPriceE8 } from '@assay/contract';

/** An amount of minor units as decimal text, "-" before it where it is below zero. */
export function shownMinor(minor: bigint, currency: string): string {
  const text = formatPriceE8(e8OfMinor(minor < 0n ? -minor : minor, currency), currency);
  return minor < 0n ? `-${text}` : text;
}

/** An amount of minor units, debit positive, as decimal text on its side. */
export const sides = (minor: bigint, currency: string): { debit: string | null; credit: string | null } =>
  minor < 0n ? { debit: null, credit: shownMinor(-minor, currency) } : { debit: shownMinor(minor, currency), credit: null };

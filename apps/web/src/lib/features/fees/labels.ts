import type { FeesView } from '@assay/contract';

/** "6.5 %" */
export const percentOf = (basisPoints: number): string => `${basisPoints / 100}\u00A0%`;

/** Percent as typed, "6.5" or "6,5", in basis points; NaN where it is none, which the API refuses in its own words. */
export function basisPointsOf(typed: string): number {
  const [, whole, fraction = ''] = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(typed.trim()) ?? [];
  return whole === undefined ? NaN : Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

/** What stands beside the VAT of a commission. */
export function vatLabel({
  vatTreatment,
  vatBasisPoints,
  vatCountry,
}: Pick<FeesView, 'vatTreatment' | 'vatBasisPoints' | 'vatCountry'>): string {
  if (vatTreatment === 'standard') return `VAT on commission (${percentOf(vatBasisPoints)}, ${vatCountry})`;
  if (vatTreatment === 'reverse-charge') return 'VAT on commission (reverse charge)';
  return vatTreatment === 'outside' ? 'VAT on commission (not taxed)' : 'VAT on commission';
}

import type { Currency } from '@assay/contract';

const BY_REGION: Partial<Record<string, Currency>> = { US: 'USD', GB: 'GBP', JP: 'JPY' };

/** The currency in which a visitor most likely counts, by the first language of their browser that names a country. */
export function currencyFor(acceptLanguage: string | null): Currency {
  const region = /^[a-z]{2,3}-([A-Z]{2})\b/i.exec(acceptLanguage?.trim() ?? '')?.[1]?.toUpperCase() ?? '';
  return BY_REGION[region] ?? 'EUR';
}

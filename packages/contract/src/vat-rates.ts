// Free of zod: pages name rates.

/**
 * How the VAT of a commission is charged. standard: at the standard rate of a country; reverse-charge: the seller accounts for it;
 * outside: the service is not taxed where the operator is; none: the operator charges no VAT.
 */
export const VAT_TREATMENTS = ['standard', 'reverse-charge', 'outside', 'none'] as const;
export type VatTreatment = (typeof VAT_TREATMENTS)[number];

/** Where a rate comes from: the register of the European Commission, or the authority of the country. */
const SOURCES = {
  EU: 'European Commission, Taxes in Europe Database',
  GB: 'HM Revenue & Customs, VAT rates',
  CH: 'Federal Tax Administration of Switzerland',
  NO: 'Skatteetaten, VAT rates',
  IS: 'Skatturinn, Value Added Tax',
} as const;

export interface VatRate {
  /** ISO 3166-1. */
  country: string;
  /** Of the standard rate: 2550 is 25.5 %. */
  basisPoints: number;
  /** The first day on which it holds, in UTC. */
  from: string;
  source: string;
}

const rates = (source: keyof typeof SOURCES, rows: readonly [country: string, basisPoints: number, from: string][]): VatRate[] =>
  rows.map(([country, basisPoints, from]) => ({ country, basisPoints, from, source: SOURCES[source] }));

/** The standard rates of VAT, with those before where they changed since 2024. A new rate is a new row. */
export const VAT_RATES: readonly VatRate[] = [
  ...rates('EU', [
    ['AT', 2000, '1984-01-01'],
    ['BE', 2100, '1996-01-01'],
    ['BG', 2000, '1999-01-01'],
    ['CY', 1900, '2014-01-13'],
    ['CZ', 2100, '2013-01-01'],
    ['DE', 1900, '2021-01-01'],
    ['DK', 2500, '1992-01-01'],
    ['EE', 2200, '2024-01-01'],
    ['EE', 2400, '2025-07-01'],
    ['ES', 2100, '2012-09-01'],
    ['FI', 2400, '2013-01-01'],
    ['FI', 2550, '2024-09-01'],
    ['FR', 2000, '2014-01-01'],
    ['GR', 2400, '2016-06-01'],
    ['HR', 2500, '2012-03-01'],
    ['HU', 2700, '2012-01-01'],
    ['IE', 2300, '2021-03-01'],
    ['IT', 2200, '2013-10-01'],
    ['LT', 2100, '2009-09-01'],
    ['LU', 1700, '2024-01-01'],
    ['LV', 2100, '2012-07-01'],
    ['MT', 1800, '2004-01-01'],
    ['NL', 2100, '2012-10-01'],
    ['PL', 2300, '2011-01-01'],
    ['PT', 2300, '2011-01-01'],
    ['RO', 1900, '2017-01-01'],
    ['RO', 2100, '2025-08-01'],
    ['SE', 2500, '1990-07-01'],
    ['SI', 2200, '2013-07-01'],
    ['SK', 2000, '2011-01-01'],
    ['SK', 2300, '2025-01-01'],
  ]),
  ...rates('GB', [['GB', 2000, '2011-01-04']]),
  // Liechtenstein belongs to the Swiss VAT territory.
  ...rates('CH', [
    ['CH', 810, '2024-01-01'],
    ['LI', 810, '2024-01-01'],
  ]),
  ...rates('NO', [['NO', 2500, '2005-01-01']]),
  ...rates('IS', [['IS', 2400, '2015-01-01']]),
];

/** The member states of the European Union. */
export const EU_COUNTRIES: ReadonlySet<string> = new Set(
  VAT_RATES.filter(({ source }) => source === SOURCES.EU).map(({ country }) => country),
);

/** The standard rate of a country on a day, in basis points; null where the table has none. */
export function vatRateOf(country: string, at: Date): number | null {
  const day = at.toISOString().slice(0, 10);
  const [latest] = VAT_RATES.filter((rate) => rate.country === country && rate.from <= day).toSorted((a, b) => (a.from < b.from ? 1 : -1));
  return latest?.basisPoints ?? null;
}

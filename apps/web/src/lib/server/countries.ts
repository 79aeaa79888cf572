import { COUNTRY_CODES, foldText } from '@assay/contract';

export interface Country {
  code: string;
  name: string;
}

const names = new Intl.DisplayNames('en', { type: 'region' });

/** By name. Browsers may know other names: pages get these. */
export const COUNTRIES: readonly Country[] = COUNTRY_CODES.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) =>
  a.name.localeCompare(b.name, 'en'),
);

const byWord = new Map(COUNTRIES.flatMap(({ code, name }) => [[foldText(name), code] as const, [code.toLowerCase(), code] as const]));

export const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code);

/** Countries as people write them, by name or code, with commas. What is no country is kept as it is, for the API to refuse. */
export const readCountries = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,;\n]/)
      .map((word) => word.trim())
      .filter(Boolean)
      .map((word) => byWord.get(foldText(word)) ?? word),
  ),
];

/** The first of those that is no country. */
export const unknownCountry = (codes: readonly string[]): string | undefined => codes.find((code) => !byWord.has(code.toLowerCase()));

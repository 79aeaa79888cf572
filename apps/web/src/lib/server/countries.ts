import { COUNTRY_CODES } from '@assay/contract';

// Named here, not in the browser: each knows its own names, and a page must say the same as the server.
const names = new Intl.DisplayNames('en', { type: 'region' });
/** All countries, by their names. */
export const countries = COUNTRY_CODES.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) =>
  a.name.localeCompare(b.name, 'en'),
);

/** What a country is called. */
export const countryName = (code: string): string => names.of(code) ?? code;

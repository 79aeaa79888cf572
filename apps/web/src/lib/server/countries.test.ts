import { COUNTRY_CODES, CountryCode } from '@assay/contract';
import { expect, it } from 'vitest';
import { COUNTRIES, countryName, readCountries, unknownCountry } from './countries.ts';

it('has a name for each country that the contract knows', () => {
  expect(COUNTRIES).toHaveLength(COUNTRY_CODES.length);
  for (const { code, name } of COUNTRIES) {
    expect(CountryCode.parse(code)).toBe(code);
    expect(name).not.toBe(code);
    expect(readCountries(name.replaceAll(',', ' '))).toEqual([code]);
  }
});

it('reads countries by name or code, each once', () => {
  expect(readCountries('Portugal, es;FRANCE\n Turkiye , PT,')).toEqual(['PT', 'ES', 'FR', 'TR']);
  expect(readCountries('')).toEqual([]);
});

it('keeps what is no country, and says so', () => {
  expect(readCountries('Portugal, Atlantis')).toEqual(['PT', 'Atlantis']);
  expect(unknownCountry(['PT', 'Atlantis'])).toBe('Atlantis');
  expect(unknownCountry(['PT'])).toBeUndefined();
  expect(countryName('Atlantis')).toBe('Atlantis');
});

import type { VatNumbers } from '@assay/core';

/** The VAT number of each country in `stdnum`, with the prefix that it has on invoices. */
const NUMBERS: Readonly<Record<string, readonly [name: string, prefix: string]>> = {
  AT: ['uid', 'AT'],
  BE: ['vat', 'BE'],
  BG: ['vat', 'BG'],
  CH: ['vat', 'CHE'],
  CY: ['vat', 'CY'],
  CZ: ['dic', 'CZ'],
  DE: ['vat', 'DE'],
  DK: ['cvr', 'DK'],
  EE: ['kmkr', 'EE'],
  ES: ['nif', 'ES'],
  FI: ['alv', 'FI'],
  FR: ['tva', 'FR'],
  GB: ['vat', 'GB'],
  GR: ['vat', 'EL'],
  HR: ['oib', 'HR'],
  HU: ['anum', 'HU'],
  IE: ['vat', 'IE'],
  IS: ['vsk', 'IS'],
  IT: ['iva', 'IT'],
  LT: ['pvm', 'LT'],
  LU: ['tva', 'LU'],
  LV: ['pvn', 'LV'],
  MT: ['vat', 'MT'],
  NL: ['btw', 'NL'],
  NO: ['mva', 'NO'],
  PL: ['nip', 'PL'],
  PT: ['nif', 'PT'],
  RO: ['cui', 'RO'],
  SE: ['vat', 'SE'],
  SI: ['ddv', 'SI'],
  SK: ['dph', 'SK'],
};

type Validators = Record<string, Record<string, { validate(text: string): { isValid: boolean; compact?: string } }>>;

/** Check digits by `stdnum`, which is large: it is loaded for the first number. Numbers of other countries only have a form. */
export const vatNumbers = (): VatNumbers => ({
  async check(country, text) {
    const number = text.toUpperCase().replace(/[\s.-]/g, '');
    if (!/^[A-Z0-9+*]{4,20}$/.test(number)) return null;
    const known = NUMBERS[country];
    if (!known) return number;
    const { stdnum } = (await import('stdnum')) as unknown as { stdnum: Validators };
    const [name, prefix] = known;
    const bare = number.startsWith(prefix) && prefix !== 'CHE' ? number.slice(prefix.length) : number;
    const { isValid, compact = bare } = stdnum[country]![name]!.validate(bare);
    if (!isValid) return null;
    return compact.startsWith(prefix) ? compact : prefix + compact;
  },
});

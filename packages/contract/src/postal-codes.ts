// Free of zod: forms show what a country expects.

/** How postal codes are written, for the countries that parcels go to most; N is a digit, A a letter, ? may be left out. */
// prettier-ignore
const FORMATS: Record<string, string> = {
  AT: 'NNNN', AU: 'NNNN', BE: 'NNNN', BG: 'NNNN', BR: 'NNNNN-?NNN', CA: 'ANA ?NAN', CH: 'NNNN', CN: 'NNNNNN', CY: 'NNNN', CZ: 'NNN ?NN',
  DE: 'NNNNN', DK: 'NNNN', EE: 'NNNNN', ES: 'NNNNN', FI: 'NNNNN', FR: 'NNNNN', GR: 'NNN ?NN', HR: 'NNNNN', HU: 'NNNN', IL: 'NNNNNNN',
  IN: 'NNN ?NNN', IS: 'NNN', IT: 'NNNNN', JP: 'NNN-?NNNN', KR: 'NNNNN', LI: 'NNNN', LU: 'NNNN', MC: 'NNNNN',
  MX: 'NNNNN', NL: 'NNNN ?AA', NO: 'NNNN', NZ: 'NNNN', PL: 'NN-?NNN', PT: 'NNNN-?NNN', RO: 'NNNNNN', RS: 'NNNNN', SE: 'NNN ?NN',
  SG: 'NNNNNN', SI: 'NNNN', SK: 'NNN ?NN', TR: 'NNNNN', UA: 'NNNNN', ZA: 'NNNN',
};
const OWN: Record<string, { pattern: RegExp; example: string }> = {
  GB: { pattern: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i, example: 'SW1A 1AA' },
  US: { pattern: /^\d{5}(-\d{4})?$/, example: '94103' },
  IE: { pattern: /^[A-Z]\d[\dW] ?[A-Z\d]{4}$/i, example: 'D02 AF30' },
  LV: { pattern: /^(LV-)?\d{4}$/i, example: 'LV-1010' },
  LT: { pattern: /^(LT-)?\d{5}$/i, example: 'LT-01100' },
  MT: { pattern: /^[A-Z]{3} ?\d{4}$/i, example: 'VLT 1117' },
};

/** Countries whose addresses name a state or province. */
export const REGION_COUNTRIES: ReadonlySet<string> = new Set(['AU', 'BR', 'CA', 'CN', 'IN', 'MX', 'US']);

function ruleOf(country: string): { pattern: RegExp; example: string } | null {
  const own = OWN[country];
  if (own) return own;
  const format = FORMATS[country];
  if (!format) return null;
  const pattern = new RegExp(`^${format.replaceAll('N', '\\d').replaceAll('A', '[A-Z]')}$`, 'i');
  let digit = 0;
  const example = format.replaceAll('?', '').replace(/[NA]/g, (kind) => (kind === 'N' ? String(++digit % 10) : 'A'));
  return { pattern, example };
}

/** What is wrong with a postal code in that country; null where nothing is, or its format is not known here. */
export function postalProblem(postalCode: string | null, country: string): string | null {
  const rule = ruleOf(country);
  if (!rule || (postalCode !== null && rule.pattern.test(postalCode))) return null;
  return postalCode === null
    ? `This country needs a postal code, such as ${rule.example}.`
    : `A postal code there looks like ${rule.example}.`;
}

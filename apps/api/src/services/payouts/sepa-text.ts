import anyAscii from 'any-ascii';

/** What the rulebook of SEPA does not let every bank read. */
const FOREIGN = /[^A-Za-z0-9/\-?:().,'+ ]/g;

/**
 * Text in the characters that every bank of SEPA reads: letters without marks, other scripts in Latin ones, a point for the rest. It
 * neither begins nor ends with a slash, and has no two of them in a row: banks refuse both.
 * @param max characters that are kept
 */
export function sepaText(text: string, max: number): string {
  const plain = anyAscii(text.normalize('NFC'))
    .replace(/\s+/g, ' ')
    .replace(FOREIGN, '.')
    .replace(/\/{2,}/g, '/');
  const kept = plain
    .trim()
    .slice(0, max)
    .replace(/^\/+|\/+$/g, '')
    .trim();
  return kept || '.';
}

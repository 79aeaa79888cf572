import { firstChars, withoutAddresses } from '@assay/contract';
import { BadLine } from './bad-line.ts';

const ID_MAX = 100;
const NAME_MAX = 100;
const CONTROL = /[\u0000-\u001F\u007F-\u009F]/;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** Invisible characters that do not shape the letters beside them, as joiners and variants of emoji do. */
const SHAPELESS = /(?!\u200C|\u200D|\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/gu;

const normalized = (value: string, invisible: RegExp) =>
  value
    .normalize('NFC')
    .replace(invisible, '')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();

/**
 * The id of a person elsewhere. Ids that look alike are one: composed and decomposed letters, invisible characters, blanks; an
 * e-mail address in any case. @throws BadLine
 */
export function parsePersonId(value: string | undefined, name: string): string {
  const id = normalized(value ?? '', INVISIBLE);
  if (id === '') throw new BadLine(`the ${name} is missing`);
  if (id.length > ID_MAX) throw new BadLine(`the ${name} is longer than ${ID_MAX} characters`);
  if (!isText(id)) throw new BadLine(`the ${name} contains characters that are not text`);
  return /^\S+@\S+$/.test(id) ? id.toLowerCase() : id;
}

/** Whether nothing in it is a control character, or was lost when bytes became text. */
const isText = (value: string): boolean => !CONTROL.test(value) && !value.includes('\uFFFD') && value.isWellFormed();

/** The name of a person elsewhere; null where there is none that can be shown. */
export function parsePersonName(value: string | undefined): string | null {
  const name = normalized(value ?? '', SHAPELESS);
  return name === '' || !isText(name) ? null : firstChars(name, NAME_MAX);
}

/** How a person of another marketplace is named here: a number alone is no name, and an e-mail address is never shown. */
export const displayName = (given: string): string => (/^\d+$/.test(given) ? `Trader ${given}` : withoutAddresses(given));

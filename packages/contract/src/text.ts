import { z } from 'zod';
import { firstChars } from './cuts.ts';
import { foldText } from './folding.ts';

const CONTROL_CHARACTERS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/;
const CONTROL_OR_BREAK = /[\u0000-\u001F\u007F-\u009F]/;

/** What takes no ink and no room: marks of direction, joiners, fillers. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800\u{1D159}]/gu;

/** Text without characters that cannot be seen; blanks stay. */
export const visibleText = (value: string): string => value.replace(INVISIBLE, '');

export interface TextRules {
  /** Shortest length after trimming, in visible UTF-16 units. */
  min?: number;
  /** Longest length after trimming, in UTF-16 units: what NVARCHAR counts. */
  max: number;
  /** Newlines and tabs are welcome. */
  multiline?: boolean;
  /** What the field is called in a sentence: "A title". */
  name: string;
}

/**
 * Text that a person typed: trimmed, empty where nothing of it can be seen, stored as it is and escaped where it is shown. Control characters and halves of
 * surrogate pairs are refused; right-to-left marks are kept, pages isolate them.
 */
export function text({ min = 0, max, multiline = false, name }: TextRules) {
  const tooLong = `${name} has at most ${max.toLocaleString('en')} characters.`;
  const tooShort = min === 1 ? `${name} must not be empty.` : `${name} needs at least ${min} characters.`;
  const forbidden = multiline ? CONTROL_CHARACTERS : CONTROL_OR_BREAK;
  return z
    .string({ error: `${name} is text.` })
    .overwrite((value) => (visibleText(value).trim() === '' ? '' : value.replace(/\r\n/g, '\n').trim()))
    .min(min, { error: tooShort, abort: true })
    .refine((value) => visibleText(value).length >= min, tooShort)
    .max(max, { error: tooLong, abort: true }) // of code points, for the OpenAPI document: the next line is stricter
    .refine((value) => value.length <= max, tooLong)
    .refine((value) => value.isWellFormed(), `${name} contains a broken character (half of a surrogate pair).`)
    .refine((value) => !forbidden.test(value), `${name} contains a control character.`);
}

/** {@link foldText} for a column of 200 characters. */
export const foldForSearch = (value: string): string => firstChars(foldText(value), 200);

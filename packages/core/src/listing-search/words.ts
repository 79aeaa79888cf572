import { foldText } from '@assay/contract';

/** One word of a search, as it was typed and as {@link searchTextOf} holds it: "Ash-glazed" is "ash glazed". */
export interface SearchTerm {
  typed: string;
  folded: string;
}

const WORDS = /[\p{L}\p{N}\p{Co}]+/gu;
/** Between what the title says and the rest: no word contains it. */
export const TITLE_END = '|';

/** Letters and digits in lower case and without diacritics, with one space between words. */
const folded = (text: string): string => (foldText(text).match(WORDS) ?? []).join(' ');

/** What a search looks for; signs alone are nothing to look for. */
export function searchTerms(q: string): SearchTerm[] {
  return q
    .split(/\s+/u)
    .map((typed) => ({ typed, folded: folded(typed) }))
    .filter((term) => term.folded !== '');
}

/**
 * Is the last word of a search also looked for as the beginning of longer ones? One letter of an alphabet alone would begin nearly
 * everything; a Chinese character is a word.
 */
export const mayBegin = ({ folded: word }: SearchTerm): boolean => word.length > 1 || word > '\u007F';

export interface SearchableText {
  title: string;
  description: string | null;
  metadata: readonly { name: string; value: string }[];
}

/** The words of a listing for engines that have no full-text index: ` title words | all others `, with a space around each word. */
export function searchTextOf({ title, description, metadata }: SearchableText): string {
  const rest = [description ?? '', ...metadata.flatMap(({ name, value }) => [name, value])].join('\n');
  return ` ${folded(title)} ${TITLE_END} ${folded(rest)} `;
}

import { foldText } from '@assay/contract';

/** One word of a search as {@link searchTextOf} holds it: "Ash-glazed" is "ash glazed". */
export interface SearchTerm {
  folded: string;
}

/** Scripts that put no space between words: each of their letters is a token, so that a word is found inside a run of them. */
const UNSPACED =
  '\\p{scx=Hani}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{scx=Yiii}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Lana}\\p{scx=Tale}\\p{scx=Talu}\\p{scx=Java}';
const TOKENS = new RegExp(`[[\\p{L}\\p{N}\\p{Co}]&&[${UNSPACED}]]|[[\\p{L}\\p{N}\\p{Co}]--[${UNSPACED}]]+`, 'gv');
/** Between what the title says and the description: no token contains it. */
export const TITLE_END = '|';
/** Between the description and the attributes. */
const DESCRIPTION_END = '/';

/** Letters and digits, folded, with one space between tokens. */
const folded = (text: string): string => (foldText(text).match(TOKENS) ?? []).join(' ');

/** What a search looks for. None where it holds signs alone: such a search finds nothing. */
export function searchTerms(q: string): SearchTerm[] {
  return q
    .split(/\s+/u)
    .map((typed) => ({ folded: folded(typed) }))
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

/** The tokens of a listing, which every engine searches: ` title | description / attributes `, with a space around each token. */
export function searchTextOf({ title, description, metadata }: SearchableText): string {
  const attributes = metadata.flatMap(({ name, value }) => [name, value]).join('\n');
  return ` ${folded(title)} ${TITLE_END} ${folded(description ?? '')} ${DESCRIPTION_END} ${folded(attributes)} `;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchTerms, searchTextOf } from './words.ts';

const listing = (title: string, description: string | null = null) => ({
  title,
  description,
  metadata: [{ name: 'Holz', value: 'Eiche' }],
});

describe('words of a search', () => {
  it('are letters and digits, folded; signs alone are none', () => {
    expect(searchTerms('  Ash-glazed ÉVORA -- " 0.3l')).toEqual([{ folded: 'ash glazed' }, { folded: 'evora' }, { folded: '0 3l' }]);
    expect(searchTerms('" * ( ) AND:')).toEqual([{ folded: 'and' }]);
  });

  it('are single letters in scripts that put no space between words', () => {
    expect(searchTerms('手機殼for陶器 ガラス คนไทย ខ្មែរ 한국어')).toEqual([
      { folded: '手 機 殼 for 陶 器' },
      { folded: 'カ ラ ス' },
      { folded: 'ค น ไ ท ย' },
      { folded: 'ខ ម រ' },
      { folded: '한국어'.normalize('NFKD') },
    ]);
  });

  it('hold nothing that a pattern or a query language could take for its own, for any input', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (q) => {
        for (const { folded } of searchTerms(q)) expect(folded).not.toMatch(/^ |  | $|[^\p{L}\p{N}\p{Co} ]/u);
      }),
    );
  });
});

describe('the words of a listing', () => {
  it('are those of the title, of the description, of the attributes', () => {
    expect(searchTextOf(listing('Ash-glazed cup | small', 'Évora, 1968'))).toBe(' ash glazed cup small | evora 1968 / holz eiche ');
    expect(searchTextOf({ title: '!', description: null, metadata: [] })).toBe('  |  /  ');
  });

  it('have each word of a search for the title itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (title) => {
        const [words] = searchTextOf(listing(title)).split('|');
        for (const { folded } of searchTerms(title)) expect(words).toContain(` ${folded} `);
      }),
    );
  });
});

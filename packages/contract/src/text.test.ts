import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldForSearch, text } from './text.ts';

const Line = text({ name: 'A note', max: 10 });
const Lines = text({ name: 'A note', max: 10, multiline: true });
const message = (schema: typeof Line, value: unknown) => schema.safeParse(value).error?.issues[0]?.message;

describe('text', () => {
  it('refuses every control character; newline and tab only where lines are welcome', () => {
    const controls = [...Array(32).keys(), ...Array.from({ length: 33 }, (_, i) => 127 + i)];
    for (const code of controls) {
      const value = `a${String.fromCharCode(code)}b`;
      expect(message(Line, value), `U+${code.toString(16)}`).toBe('A note contains a control character.');
      expect(message(Lines, value), `U+${code.toString(16)}`).toBe(
        '\t\n'.includes(value[1]!) ? undefined : 'A note contains a control character.',
      );
    }
    for (const code of [32, 126, 160, 173]) expect(Line.parse(`a${String.fromCharCode(code)}b`)).toBe(`a${String.fromCharCode(code)}b`);
  });

  it.each([
    ['trims', '  a b \n', 'a b'],
    ['makes one newline of a carriage return and a newline', 'a\r\nb', 'a\nb'],
    ['keeps marks of direction', '\u202Eab\u202C\u200F', '\u202Eab\u202C\u200F'],
    ['keeps joiners and emoji', '👩\u200D👧', '👩\u200D👧'],
    ['keeps markup, which is escaped where it is shown', '<b>&"\'', '<b>&"\''],
    ['does not normalise', 'e\u0301', 'e\u0301'],
    ['measures what is left after trimming', `\n${'x'.repeat(10)}  `, 'x'.repeat(10)],
  ])('%s', (_name, given, kept) => {
    expect(Lines.parse(given)).toBe(kept);
  });

  it.each(['\uD83D', '\uDE00', 'a\uD83D', '\uDE00\uD83D', 'a\uD83Db'])('refuses half of a surrogate pair: %j', (given) => {
    expect(message(Lines, given)).toBe('A note contains a broken character (half of a surrogate pair).');
  });

  it('refuses what is no text', () => {
    for (const given of [undefined, null, 5, true, ['a'], {}]) expect(message(Line, given)).toBe('A note is text.');
  });

  it('says how long it may be', () => {
    expect(message(Line, 'x'.repeat(11))).toBe('A note has at most 10 characters.');
    expect(message(text({ name: 'A text', max: 1000 }), 'x'.repeat(1001))).toBe('A text has at most 1,000 characters.');
    expect(message(text({ name: 'A title', min: 1, max: 5 }), '  ')).toBe('A title must not be empty.');
    expect(message(text({ name: 'A title', min: 3, max: 5 }), ' ab ')).toBe('A title needs at least 3 characters.');
    expect(Line.parse('   ')).toBe('');
    expect(Line.parse('😀'.repeat(5))).toBe('😀'.repeat(5));
  });

  it('is empty where nothing of it can be seen, and counts what can', () => {
    expect(Lines.parse('\u200B\u3164 \n\u2060')).toBe('');
    expect(Lines.parse('a\u200B')).toBe('a\u200B');
    expect(message(text({ name: 'A title', min: 3, max: 9 }), 'a\u200B\u200B')).toBe('A title needs at least 3 characters.');
    expect(text({ name: 'A title', min: 3, max: 9 }).parse('a b')).toBe('a b');
  });

  // NVARCHAR(n) holds n UTF-16 units: what is longer is refused by SQL Server, as an error of ours.
  it('counts UTF-16 units, as the columns do', () => {
    expect(Line.safeParse('😀'.repeat(6)).success).toBe(false);
  });

  it('changes nothing that it took before', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.nat(0x30ff).map((code) => String.fromCharCode(code)), maxLength: 10 }), (given) => {
        const first = Lines.safeParse(given);
        if (first.success) expect(Lines.parse(first.data)).toBe(first.data);
      }),
    );
  });
});

describe('foldForSearch', () => {
  it.each([
    ['Évora', 'evora'],
    ['E\u0301vora', 'evora'],
    ['SØREN ÅNGSTRÖM', 'soren angstrom'],
    ['Straße STRASSE STRAẞE', 'strasse strasse strasse'],
    ['Łódź Đorđe Þórr Ægir Œuvre ıŋħŧĸ', 'lodz dorde thorr aegir oeuvre inhtk'],
    ['ΟΔΟΣ οδός ſ', 'οδοσ οδοσ s'],
    ['مُحَمَّد كـتاب کتاب', 'محمد كتاب كتاب'],
    ['נִקּוּד', 'נקוד'],
    ['co\u00ADop zero\u200Bwidth', 'coop zerowidth'],
    ['İstanbul', 'istanbul'],
    ['ﬁsh Ⅷ ａｂ', 'fish viii ab'],
    ['ガラス', 'カラス'],
    ['100 % [sic]_', '100 % [sic]_'],
  ])('finds %s as %s', (given, folded) => {
    expect(foldForSearch(given)).toBe(folded);
  });

  it('is the same however the text is composed, folds no further, and fits the column', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (given) => {
        const folded = foldForSearch(given);
        expect(foldForSearch(given.normalize('NFC'))).toBe(folded);
        expect(foldForSearch(given.normalize('NFD'))).toBe(folded);
        expect(foldForSearch(folded)).toBe(folded);
        expect(folded.length).toBeLessThanOrEqual(200);
      }),
    );
  });

  it('never cuts a character in half', () => {
    expect(foldForSearch(`x${'😀'.repeat(100)}`).isWellFormed()).toBe(true);
  });
});

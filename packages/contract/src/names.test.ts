import { describe, expect, it } from 'vitest';
import { PersonName, shownName } from './names.ts';

describe('the name of a person or a store', () => {
  it.each(['Ada Byron', 'Kiln & Co.', '@kiln', 'Café @ Home', 'Tea@Six', 'Ø', '木村', 'x'.repeat(80), 'Mr. 3.5'])('takes %j', (name) => {
    expect(PersonName.parse(name)).toBe(name);
    expect(shownName(name)).toBe(name);
  });

  it.each([
    ['ann@example.com', 'a…@'],
    ['Ann <ann.lee+x@mail.example.co.uk>', 'Ann <a…@>'],
    ['mailto:ann@example.com', 'mailto:a…@'],
    ['ann＠example．com', 'a…@'],
    ['ann@exa\u200Bmple.com', 'a…@'],
    ['josé@пример.рф', 'j…@'],
    ['ann@b.example or bob@c.example', 'a…@ or b…@'],
  ])('refuses %j, and shows an earlier one as %j', (name, shown) => {
    expect(PersonName.safeParse(name).error?.issues.map(({ message }) => message)).toEqual([
      'A name is public, so it cannot contain an e-mail address.',
    ]);
    expect(shownName(name)).toBe(shown);
  });

  it('has at most 80 characters, and something that can be seen', () => {
    const sentence = (name: string) => PersonName.safeParse(name).error?.issues[0]?.message;
    expect(sentence('x'.repeat(81))).toBe('A name has at most 80 characters.');
    for (const blank of ['', ' ', '\u200B', '\u3164', '\u2800 \u2060', '\u00AD\uFEFF', '\u202E', '\u{E0061}', '\u115F\u1160', '\uFFA0'])
      expect([blank, sentence(blank)]).toEqual([blank, 'A name must not be empty.']);
  });
});

import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entityTag, isFresh } from './conditional.ts';

const tag = entityTag('{"total":3}');
const fresh = (header?: string) => isFresh({ headers: header === undefined ? {} : { 'if-none-match': header } } as IncomingMessage, tag);

describe('an entity tag', () => {
  it('is strong, quoted, fit for a header, and the body’s own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(entityTag(a)).toMatch(/^"[\w-]+"$/);
        expect(entityTag(a) === entityTag(b)).toBe(a === b);
      }),
    );
  });
});

describe('If-None-Match', () => {
  it.each([
    ['the tag', tag],
    ['the tag, weakened by a proxy', `W/${tag}`],
    ['any', '*'],
    ['a list with the tag at its end', `"one", W/"two", ${tag}`],
    ['a list without blanks', `"one",W/${tag},"two"`],
  ])('knows %s', (_name, header) => {
    expect(fresh(header)).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['another tag', '"other"'],
    ['another, weak', 'W/"other"'],
    ['a tag without its quotes', tag.slice(1, -1)],
    ['part of the tag', `${tag.slice(0, -2)}"`],
    ['more than the tag', `"x${tag.slice(1)}`],
    ['the tag in other letters', tag.toUpperCase() === tag ? tag.toLowerCase() : tag.toUpperCase()],
    ['a small w', `w/${tag}`],
    ['a quoted star', '"*"'],
  ])('does not know %s', (_name, header) => {
    expect(fresh(header)).toBe(false);
  });
});

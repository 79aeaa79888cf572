import { expect, it } from 'vitest';
import { cut, excerpt, firstChars } from './cuts.ts';

it('a text is cut behind a word near the limit, and never inside a character', () => {
  expect(cut('a few words', 20)).toBe('a few words');
  expect(cut(`${'x'.repeat(18)} and more`, 20)).toBe(`${'x'.repeat(18)} …`);
  expect(cut('x'.repeat(30), 20)).toBe(`${'x'.repeat(18)} …`);
  expect(cut(`${'x'.repeat(17)}🙂 and more`, 20)).toBe(`${'x'.repeat(17)} …`);
  expect(firstChars('ab🙂', 3)).toBe('ab');
  expect(excerpt('ab🙂c', 3)).toBe('ab…');
  expect(excerpt('abc', 3)).toBe('abc');
});

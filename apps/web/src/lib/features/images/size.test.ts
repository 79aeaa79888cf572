import { expect, it } from 'vitest';
import { sizeOf } from './size.ts';

it.each([
  [1, '1 kB'],
  [35_000, '34 kB'],
  [1_048_576, '1 MB'],
  [2_202_009, '2.1 MB'],
  [10_485_760, '10 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(sizeOf(bytes).replace('\u00a0', ' ')).toBe(words);
});

import { expect, it } from 'vitest';
import { detailPairs } from './audit.ts';

it.each([
  ['{"reason":"fake","stars":1}', ['reason = fake', 'stars = 1']],
  ['{"stored":{"4":2,"5":717},"corrected":null}', ['stored = 4: 2, 5: 717', 'corrected = none']],
  ['{"ids":[1,2],"note":""}', ['ids = 1, 2', 'note = none']],
  ['[1,2]', ['detail = 1, 2']],
  ['plain words', ['detail = plain words']],
  ['', []],
  [null, []],
])('%s is readable', (detail, pairs) => {
  expect(detailPairs(detail).map(({ key, value }) => `${key} = ${value}`)).toEqual(pairs);
});

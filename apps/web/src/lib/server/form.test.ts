import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkbox, flag, formOf, id, ids, inputOf, number, optionalText, text, valueOf } from './form.ts';

const form = (values: [string, string | Blob][]) => {
  const data = new FormData();
  for (const [name, value] of values) data.append(name, value);
  return data;
};

describe('a form', () => {
  const read = formOf({ title: text, note: optionalText, on: checkbox, grant: flag, days: number, seller: id, listings: ids });

  it('is read field by field', () => {
    const values: [string, string][] = [
      ['title', ' Bowl '],
      ['note', 'n'],
      ['on', ''],
      ['grant', 'true'],
      ['days', '2.5'],
      ['seller', '7'],
      ['listings', '3'],
      ['listings', '3'],
      ['listings', 'x'],
      ['other', 'left out'],
    ];
    expect(read.parse(form(values))).toEqual({ title: ' Bowl ', note: 'n', on: true, grant: true, days: 2.5, seller: 7, listings: [3] });
  });

  it('may lack fields; a number or an id that is none is left to the API', () => {
    expect(read.parse(form([['note', '']]))).toEqual({
      title: '',
      note: undefined,
      on: false,
      grant: false,
      days: NaN,
      seller: NaN,
      listings: [],
    });
    expect(
      read.parse(
        form([
          ['days', '1e3'],
          ['seller', '0'],
        ]),
      ),
    ).toMatchObject({ days: NaN, seller: NaN });
  });

  it('has no text where a file was sent', () => {
    expect(read.parse(form([['title', new Blob(['x'])]])).title).toBe('');
  });

  it('takes the values that the contract allows, with the contract’s own message', () => {
    const sized = formOf({ size: valueOf(z.enum(['s', 'm'], { error: 'Choose a size.' })) });
    expect(sized.parse(form([['size', 's']]))).toEqual({ size: 's' });
    expect(sized.safeParse(form([['size', 'xl']])).error?.issues).toMatchObject([{ path: ['size'], message: 'Choose a size.' }]);
  });

  it('is what a schema of the contract describes, with the path of each problem', () => {
    const schema = z.object({ seller: z.int({ error: 'An id.' }), deep: z.object({ a: z.string() }).optional() });
    const seller = inputOf(schema, { seller: id });
    expect(seller.parse(form([['seller', '4']]))).toEqual({ seller: 4 });
    expect(seller.safeParse(form([])).error?.issues).toMatchObject([{ path: ['seller'], message: 'An id.' }]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Flag, Id, MAX_ID, pageSize } from './common.ts';
import { fromText } from './from-text.ts';
import { StarsFilter } from './ratings.ts';

/** What a schema makes of the text of a query string. */
const reading = (schema: z.ZodType) => {
  const read = fromText(schema);
  return (text: unknown) => schema.safeParse(read(text));
};

describe('ids', () => {
  const read = reading(Id);

  it('are the same in a path as in a body', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.integer({ min: MAX_ID - 2, max: MAX_ID + 2 }), fc.integer({ min: -2, max: 2 })), (id) => {
        expect(read(String(id))).toMatchObject(id >= 1 && id <= MAX_ID ? { success: true, data: id } : { success: false });
      }),
    );
  });

  it.each(['', '0', '01', '+1', '-1', ' 1', '1 ', '1\n', '1.0', '1e3', '1e+21', '0x1', '1_0', '1n', '١', '１', '9999999999', 'NaN', ['1']])(
    'are never %j',
    (text) => {
      expect(read(text).error?.issues[0]?.message).toBe('An id is a whole number from 1 to 2147483647.');
    },
  );
});

describe('limits', () => {
  const read = reading(pageSize(10, 100));

  it('have a default, and a largest value that is taken still', () => {
    expect([undefined, '1', '100'].map((text) => read(text).data)).toEqual([10, 1, 100]);
  });

  it.each(['', '0', '101', '9999', '99999', '-1', '1.5', '1e1', ' 5', '5\n', 'ten', '05'])('are never %j', (text) => {
    expect(read(text).success).toBe(false);
  });
});

describe('yes and no', () => {
  const read = reading(Flag.default(false).describe('With a default.'));

  it.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
    [undefined, false],
  ])('say %s', (text, value) => {
    expect(read(text).data).toBe(value);
  });

  it.each(['', 'TRUE', 'yes', 'on', 'toString', 'null', ['true', 'true']])('do not say %j', (text) => {
    expect(read(text).error?.issues[0]?.message).toBe('Say true or false.');
  });
});

it('one of some numbers is read, and text stays text', () => {
  expect(reading(StarsFilter.optional())('4').data).toBe(4);
  expect(reading(StarsFilter.optional())('6').success).toBe(false);
  expect(reading(z.string())('5').data).toBe('5');
  expect(reading(z.enum(['30', '90']))('30').data).toBe('30');
});

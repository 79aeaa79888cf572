import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cursor, FlagText, Id, IdText, limitText, MAX_ID, Timestamp } from './common.ts';

describe('ids', () => {
  it('are whole numbers from 1 to the largest INT, and the same in a path as in a body', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.integer({ min: MAX_ID - 2, max: MAX_ID + 2 }), fc.integer({ min: -2, max: 2 })), (id) => {
        const valid = id >= 1 && id <= 2_147_483_647;
        expect(Id.safeParse(id).success).toBe(valid);
        expect(IdText.safeParse(String(id))).toMatchObject(valid ? { success: true, data: id } : { success: false });
      }),
    );
  });

  it.each([1.5, NaN, Infinity, 2 ** 53, '1', null, undefined, true, 1n, [1]])('in a body are never %s', (id) => {
    expect(Id.safeParse(id).success).toBe(false);
  });

  it.each(['', '0', '01', '+1', '-1', ' 1', '1 ', '1\n', '1.0', '1e3', '0x1', '1_0', '1n', '١', '１', '9999999999', '99999999999', 1])(
    'in a path are never %j',
    (id) => {
      expect(IdText.safeParse(id).error?.issues[0]?.message).toBe('An id is a whole number from 1 to 2147483647.');
    },
  );
});

describe('limits', () => {
  const Limit = limitText(10, 100);

  it('have a default, and a largest value that is taken still', () => {
    expect([undefined, '1', '100'].map((limit) => Limit.parse(limit))).toEqual([10, 1, 100]);
  });

  it.each(['', '0', '101', '9999', '99999', '-1', '1.5', '1e1', ' 5', '5\n', 'ten', 5, null])('are never %j', (limit) => {
    expect(Limit.safeParse(limit).success).toBe(false);
  });
});

describe('flags', () => {
  it.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])('say %s', (given, value) => {
    expect(FlagText.parse(given)).toBe(value);
  });

  it.each(['', 'TRUE', 'yes', 'on', true, 1, null])('do not say %j', (given) => {
    expect(FlagText.safeParse(given).success).toBe(false);
  });
});

describe('cursors', () => {
  it.each(['a', 'QWxh-ZGRp_bg', 'x'.repeat(200)])('are base64url: %s', (cursor) => {
    expect(Cursor.parse(cursor)).toBe(cursor);
  });

  it.each(['', 'x'.repeat(201), 'a=', 'a+b', 'a/b', '../etc', 'a b', 'a\n', 'é', 5])('are never %j', (cursor) => {
    expect(Cursor.safeParse(cursor).success).toBe(false);
  });
});

describe('moments', () => {
  it('are what JavaScript writes, in UTC, and nothing that is no date', () => {
    expect(Timestamp.safeParse(new Date(1_795_339_800_000).toISOString()).success).toBe(true);
    for (const bad of ['2026-11-22', '2026-02-30T00:00:00.000Z', '2026-11-22T09:30:00+01:00', '2026-11-22T09:30:00', 'now', 0])
      expect(Timestamp.safeParse(bad).success, String(bad)).toBe(false);
  });
});

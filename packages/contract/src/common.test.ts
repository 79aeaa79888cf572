import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cursor, Id, MAX_ID, pageSize, Timestamp } from './common.ts';

describe('ids', () => {
  it('are whole numbers from 1 to the largest INT', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.integer({ min: MAX_ID - 2, max: MAX_ID + 2 }), fc.integer({ min: -2, max: 2 })), (id) => {
        const valid = id >= 1 && id <= 2_147_483_647;
        expect(Id.safeParse(id).success).toBe(valid);
      }),
    );
  });

  it.each([1.5, NaN, Infinity, 2 ** 53, '1', null, undefined, true, 1n, [1]])('are never %s', (id) => {
    expect(Id.safeParse(id).success).toBe(false);
  });
});

describe('limits', () => {
  const Limit = pageSize(10, 100);

  it('have a default, and a largest value that is taken still', () => {
    expect([undefined, 1, 100].map((limit) => Limit.parse(limit))).toEqual([10, 1, 100]);
  });

  it.each([0, 101, 9999, -1, 1.5, '5', NaN, null])('are never %j', (limit) => {
    expect(Limit.safeParse(limit).error?.issues[0]?.message).toBe('The limit is a whole number from 1 to 100.');
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

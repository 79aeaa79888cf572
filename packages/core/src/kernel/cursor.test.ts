import { Cursor } from '@assay/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, toPage } from './cursor.ts';
import { AppError } from './errors.ts';

const number = fc.maxSafeInteger().map((value) => ({ type: 'number' as const, key: value, value }));
const date = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((value) => ({ type: 'date' as const, key: value.toISOString(), value }));
const keys = fc.array(fc.oneof(number, date), { minLength: 1, maxLength: 4 });
const kind = fc.constantFrom('ratings-newest', 'ratings-highest', 'my-ratings', 'orders-buyer', 'sellers-rating');

const raw = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const decoded = (cursor: string, types: readonly ('number' | 'date')[] = ['number', 'date']) => {
  try {
    return [...decodeCursor(cursor, 'list', types)];
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
};

describe('a cursor', () => {
  it('comes back as it was, and is one that clients may send', () => {
    fc.assert(
      fc.property(kind, keys, (name, sorted) => {
        const cursor = encodeCursor(
          name,
          sorted.map(({ key }) => key),
        );
        expect(Cursor.parse(cursor)).toBe(cursor);
        const types = sorted.map(({ type }) => type);
        expect([...decodeCursor(cursor, name, types)]).toEqual(sorted.map(({ value }) => value));
        // Of another list, or with keys of another number.
        expect(() => decodeCursor(cursor, `${name}-2`, types)).toThrow(AppError);
        expect(() => decodeCursor(cursor, name, [...types, 'number'])).toThrow(AppError);
        expect(() => decodeCursor(cursor, name, types.slice(1))).toThrow(AppError);
      }),
    );
  });

  it.each([
    ['of another list', ['other', 1, '2026-01-01T00:00:00.000Z']],
    ['of no list', [1, '2026-01-01T00:00:00.000Z']],
    ['without keys', ['list']],
    ['with a key too many', ['list', 1, '2026-01-01T00:00:00.000Z', 1]],
    ['with its keys exchanged', ['list', '2026-01-01T00:00:00.000Z', 1]],
    ['with text for a number', ['list', '1', '2026-01-01T00:00:00.000Z']],
    ['with nothing for a number', ['list', null, '2026-01-01T00:00:00.000Z']],
    ['with true for a number', ['list', true, '2026-01-01T00:00:00.000Z']],
    ['with a list for a number', ['list', [1], '2026-01-01T00:00:00.000Z']],
    ['with an infinite number', '["list",1e999,"2026-01-01T00:00:00.000Z"]'],
    ['with a date that is none', ['list', 1, 'yesterday']],
    ['with nothing for a date', ['list', 1, null]],
    ['that is an object', { 0: 'list' }],
    ['that is a number', 5],
    ['that is null', 'null'],
    ['that is not JSON', '["list",'],
    ['that is empty', ''],
  ])('%s is refused', (_name, value) => {
    expect(decoded(raw(value))).toBe('INVALID_CURSOR');
  });

  it('that was made up gives keys of the right types, or is refused', () => {
    const madeUp = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.json().map(raw),
      fc.array(fc.jsonValue(), { maxLength: 3 }).map((rest) => raw(['list', ...rest])),
    );
    fc.assert(
      fc.property(madeUp, (cursor) => {
        const result = decoded(cursor);
        if (result === 'INVALID_CURSOR') return;
        const [first, second] = result as [unknown, unknown];
        expect(Number.isFinite(first)).toBe(true);
        expect(second).toBeInstanceOf(Date);
        expect((second as Date).getTime()).not.toBeNaN();
      }),
      { numRuns: 1000 },
    );
  });

  // SQL Server cannot hold these: a made-up cursor becomes an error of ours there, status 500.
  it.each([
    ['a date after the year 9999', ['list', 1, '+275760-01-01T00:00:00.000Z']],
    ['a date before the year 1', ['list', 1, '-000100-01-01T00:00:00.000Z']],
    ['a date that only JavaScript reads as one, in its own time zone', ['list', 1, 'foo 5']],
    ['a number beyond every column', ['list', 1e300, '2026-01-01T00:00:00.000Z']],
  ])('with %s is refused', (_name, value) => {
    expect(decoded(raw(value))).toBe('INVALID_CURSOR');
  });
});

describe('toPage', () => {
  it('shows as many rows as fit, and goes on after the last of them only where there is more', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.integer({ min: 1, max: 10 }), (count, limit) => {
        const rows = Array.from({ length: count }, (_, id) => ({ id }));
        const { items, nextCursor } = toPage(
          rows,
          limit,
          ({ id }) => `item ${id}`,
          ({ id }) => `after ${id}`,
        );
        expect(items).toEqual(rows.slice(0, limit).map(({ id }) => `item ${id}`));
        expect(nextCursor).toBe(count > limit ? `after ${limit - 1}` : null);
      }),
    );
  });
});

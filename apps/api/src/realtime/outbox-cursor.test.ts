import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LATE_MS, OutboxCursor } from './outbox-cursor.ts';

/** Sees ids at times, advances after each reading, and says which were new and where it stands. */
function read(cursor: OutboxCursor, readings: [now: number, ids: number[]][]) {
  return readings.map(([now, ids]) => {
    const fresh = ids.filter((id) => cursor.see(id, now));
    cursor.advance(now);
    return [fresh, cursor.position];
  });
}

describe('the cursor of the outbox', () => {
  it.each<[what: string, readings: [number, number[]][], expected: unknown[]]>([
    ['moves over ids in order', [[0, [1, 2, 3]]], [[[1, 2, 3], 3]]],
    [
      'waits before a gap',
      [
        [0, [1, 3]],
        [10, [3]],
      ],
      [
        [[1, 3], 1],
        [[], 1],
      ],
    ],
    [
      'moves on when the gap is filled, and passes its id on late',
      [
        [0, [1, 3]],
        [10, [2, 3]],
      ],
      [
        [[1, 3], 1],
        [[2], 3],
      ],
    ],
    [
      'moves over a gap that is too old to be filled',
      [
        [0, [1, 3]],
        [LATE_MS, [3]],
        [LATE_MS + 1, [3]],
      ],
      [
        [[1, 3], 1],
        [[], 1],
        [[], 3],
      ],
    ],
    [
      'waits for each gap by itself',
      [
        [0, [2]],
        [20_000, [2, 5]],
        [LATE_MS + 1, [5]],
      ],
      [
        [[2], 0],
        [[5], 0],
        [[], 2],
      ],
    ],
    [
      'passes no id on twice',
      [
        [0, [1, 2]],
        [1, [1, 2, 3]],
      ],
      [
        [[1, 2], 2],
        [[3], 3],
      ],
    ],
  ])('%s', (_what, readings, expected) => {
    expect(read(new OutboxCursor(), readings)).toEqual(expected);
  });

  it('begins behind what is known, and passes on what was committed late before it', () => {
    const cursor = new OutboxCursor();
    cursor.restart(100, [101, 103], 0);
    expect(read(cursor, [[1, [101, 102, 103, 104]]])).toEqual([[[102, 104], 104]]);
  });

  it('passes every id on exactly once, in any order of their commits', () => {
    const commits = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(commits, (ids) => {
        const cursor = new OutboxCursor();
        const passed: number[] = [];
        for (let i = 1; i <= ids.length; i++) {
          const visible = ids.slice(0, i).filter((id) => id > cursor.position);
          passed.push(...visible.filter((id) => cursor.see(id, i)));
          cursor.advance(i);
        }
        expect(passed.toSorted((a, b) => a - b)).toEqual(ids.toSorted((a, b) => a - b));
      }),
    );
  });
});

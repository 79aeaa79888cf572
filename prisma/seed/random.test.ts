import { describe, expect, it } from 'vitest';
import { pick, seededRandom } from './random.ts';

const numbers = (seed: number, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

describe('seeded random numbers', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(numbers(7, 100)).toEqual(numbers(7, 100));
    expect(numbers(7, 100)).not.toEqual(numbers(8, 100));
  });

  it('lie from 0 up to 1, evenly', () => {
    const tenths = Array<number>(10).fill(0);
    for (const number of numbers(20_261_122, 20_000)) tenths[Math.floor(number * 10)]! += 1;
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it('pick every item, and nothing from nothing', () => {
    const random = seededRandom(1);
    expect(new Set(Array.from({ length: 100 }, () => pick(random, ['a', 'b', 'c'])))).toEqual(new Set(['a', 'b', 'c']));
    expect([pick(() => 0, ['a', 'b']), pick(() => 0.999_999_999, ['a', 'b'])]).toEqual(['a', 'b']);
    expect(() => pick(random, [])).toThrow('The list is empty');
  });
});

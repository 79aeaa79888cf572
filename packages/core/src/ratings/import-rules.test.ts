import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parseImportedRating, type ImportColumn, type Scale } from './import-rules.ts';

// A zone far from UTC, so that a time read as local time is seen at once.
vi.hoisted(() => {
  process.env.TZ = 'Pacific/Auckland';
});

const now = new Date('2026-01-01T00:00:00.000Z');
const row = { rater: 'ann', seller: 'shop', score: '5', time: '1577934245' };
const parse = (change: Partial<Record<ImportColumn, string | undefined>>, scale: Scale = '1..5') =>
  parseImportedRating(7, { ...row, ...change }, scale, now);
const timeOf = (time: string) => parse({ time }).at.toISOString();
const refusal = (change: Partial<Record<ImportColumn, string | undefined>>, scale?: Scale) => {
  try {
    return parse(change, scale);
  } catch (error) {
    return [(error as Error).name, (error as Error).message];
  }
};

describe('a line of a file', () => {
  it('becomes a rating', () => {
    expect(parse({ rater: ' ann ', score: ' +4 ', comment: ' Fine.\r\nThanks. ' })).toEqual({
      line: 7,
      rater: 'ann',
      seller: 'shop',
      rating: 4,
      comment: 'Fine.\nThanks.',
      at: new Date('2020-01-02T03:04:05.000Z'),
    });
    expect([undefined, '', ' \n'].map((comment) => parse({ comment }).comment)).toEqual([null, null, null]);
  });

  it.each<[string, Partial<Record<ImportColumn, string | undefined>>, string]>([
    ['the rater is missing', { rater: undefined }, 'the rater is missing'],
    ['the seller is missing', { seller: '  ' }, 'the seller is missing'],
    ['a seller rates themselves', { rater: 'shop ' }, 'shop rates themselves'],
    ['a name is too long', { seller: 'x'.repeat(101) }, 'the seller is longer than 100 characters'],
    ['a name has a line in it', { rater: 'a\nb' }, 'the rater contains characters that are not text'],
    ['a name was not UTF-8', { rater: 'Ren\uFFFD' }, 'the rater contains characters that are not text'],
    ['there is no score', { score: '' }, 'the score is missing'],
    ['there is no time', { time: undefined }, 'the time is missing'],
    ['a value is endless', { score: 'x'.repeat(99) }, `the score "${'x'.repeat(30)}…" is not a whole number on the scale 1..5`],
    ['a comment is too long', { comment: 'x'.repeat(1001) }, 'the comment has at most 1,000 characters'],
    ['a comment has a NUL', { comment: 'a\u0000' }, 'the comment contains a control character'],
    ['a time is before 1990', { time: '631151999' }, 'the time "631151999" is before 1990'],
    ['a time is in the future', { time: '2026-01-01T00:00:00.001Z' }, 'the time "2026-01-01T00:00:00.001Z" is in the future'],
  ])('is refused with its reason when %s', (_name, change, reason) => {
    expect(refusal(change)).toEqual(['BadLine', reason]);
  });
});

describe('scores', () => {
  it.each<[Scale, number, string]>([
    ['1..5', 1, '12345'],
    // The sign survives: positive means 4 or 5 stars.
    ['-10..10', -10, '111111122234445555555'],
  ])('on the scale %s become stars, and nothing beyond it does', (scale, lowest, stars) => {
    for (const [i, expected] of stars.split('').entries())
      expect(parse({ score: String(lowest + i) }, scale).rating).toBe(Number(expected));
    for (const score of [lowest - 1, lowest + stars.length, 999_999, -999_999])
      expect(refusal({ score: String(score) }, scale)).toEqual([
        'BadLine',
        `the score "${score}" is not a whole number on the scale ${scale}`,
      ]);
  });

  it.each(['4.5', '4.0', '5e0', '0x5', 'five', '５', '٥', '--5', '5 5', 'NaN', 'Infinity', 'null', '1000000', '0000005'])(
    'are never %j',
    (score) => {
      expect(refusal({ score })).toEqual(['BadLine', `the score "${score}" is not a whole number on the scale 1..5`]);
    },
  );
});

describe('times', () => {
  it.each([
    ['1577934245', '2020-01-02T03:04:05.000Z'],
    ['1577934245.5', '2020-01-02T03:04:05.500Z'],
    ['1577934245.728369999', '2020-01-02T03:04:05.728Z'],
    ['1577934245999', '2020-01-02T03:04:05.999Z'],
    ['631152000', '1990-01-01T00:00:00.000Z'],
    ['2020-01-02', '2020-01-02T00:00:00.000Z'],
    ['2020-02-29', '2020-02-29T00:00:00.000Z'],
    ['2020-01-02T03:04', '2020-01-02T03:04:00.000Z'],
    ['2020-01-02 03:04:05', '2020-01-02T03:04:05.000Z'],
    ['2020-01-02 03:04:05Z', '2020-01-02T03:04:05.000Z'],
    ['2020-01-02T03:04:05.123456789', '2020-01-02T03:04:05.123Z'],
    ['2020-01-02T03:04:05+02:00', '2020-01-02T01:04:05.000Z'],
    ['2020-01-01T23:04:05-0400', '2020-01-02T03:04:05.000Z'],
    ['2026-01-01', '2026-01-01T00:00:00.000Z'],
  ])('%s is %s, wherever the import runs', (given, expected) => {
    expect(new Date(0).getTimezoneOffset()).not.toBe(0);
    expect(timeOf(given)).toBe(expected);
  });

  const noTimes = ['yesterday', '12345678', '1577934245.', '-1577934245', '1e9', '2020', '02.01.2020'];
  const noIsoTimes = ['2020-1-2', '2020-01-02T03', '2020-01-02T3:04', '2020-01-02t03:04:05z', '2020-01-02T03:04:05Z or so'];
  const noDays = ['2020-13-01', '2020-02-30', '2019-02-29', '2020-02-31T10:00:00Z'];
  const noHours = ['2020-01-02T25:00:00Z', '2020-01-02T03:60:00Z', '2020-01-02T03:04:05+24:00'];
  it.each([...noTimes, ...noIsoTimes, ...noDays, ...noHours])('%j is none', (time) => {
    expect(refusal({ time })).toEqual(['BadLine', `the time "${time}" is neither unix nor ISO time`]);
  });

  const moment = fc.integer({ min: Date.UTC(1990, 0, 1), max: now.getTime() });
  it('of any moment are read back, as ISO and as milliseconds', () => {
    fc.assert(
      fc.property(moment, (at) => {
        const iso = new Date(at).toISOString();
        expect([timeOf(iso), timeOf(iso.replace('T', ' ').slice(0, -1)), timeOf(String(at))]).toEqual([iso, iso, iso]);
      }),
    );
  });

  // 1073841483.001 × 1000 is 1073841483000.9999… in binary, and loses its millisecond: about one in 200 does.
  it('of any moment are read back as seconds with three decimals', () => {
    expect(timeOf('1073841483.001')).toBe('2004-01-11T17:18:03.001Z');
  });
});

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { displayName } from './import-people.ts';
import { parseImportedRating, wasPublished, type ImportColumn, type ReadRules, type Scale } from './import-rules.ts';

type Changes = Partial<Record<ImportColumn, string | undefined>>;

// A zone far from UTC, so that a time read as local time is seen at once.
vi.hoisted(() => {
  process.env.TZ = 'Pacific/Auckland';
});

const now = new Date('2026-01-01T00:00:00.000Z');
const row = { rater: 'ann', seller: 'shop', score: '5', time: '1577934245' };
const parse = (change: Changes, scale: Scale = '1..5', rules: Partial<ReadRules> = {}) =>
  parseImportedRating(7, { ...row, ...change }, { scale, now, ...rules });
const timeOf = (time: string, rules?: Partial<ReadRules>) => parse({ time }, '1..5', rules).at.toISOString();
const refusal = (change: Changes, scale?: Scale, rules?: Partial<ReadRules>) => {
  try {
    return parse(change, scale, rules);
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

  it.each<[string, Changes, string]>([
    ['the rater is missing', { rater: undefined }, 'the rater is missing'],
    ['the seller is missing', { seller: '  ' }, 'the seller is missing'],
    ['a seller rates themselves', { rater: 'shop ' }, 'shop rates themselves'],
    ['a name is too long', { seller: 'x'.repeat(101) }, 'the seller is longer than 100 characters'],
    ['a name has a line in it', { rater: 'a\nb' }, 'the rater contains characters that are not text'],
    ['a name was not UTF-8', { rater: 'Ren\uFFFD' }, 'the rater contains characters that are not text'],
    ['there is no score', { score: '' }, 'the score is missing'],
    ['there is no time', { time: undefined }, 'the time is missing'],
    ['a value is endless', { score: 'x'.repeat(99) }, `the score "${'x'.repeat(30)}…" is not a whole number on the scale 1..5`],
    ['a comment was not UTF-8', { comment: 'Tr\uFFFDs joli' }, 'the comment contains characters that are not text'],
    ['a comment has a NUL', { comment: 'a\u0000' }, 'the comment contains a control character'],
    ['a time is before 1990', { time: '631151999' }, 'the time "631151999" is before 1990'],
    ['a time is in the future', { time: '2026-01-01T00:00:00.001Z' }, 'the time "2026-01-01T00:00:00.001Z" is in the future'],
  ])('is refused with its reason when %s', (_name, change, reason) => {
    expect(refusal(change)).toEqual(['BadLine', reason]);
  });
});

describe('comments', () => {
  it('that are too long are cut behind a word, never inside a character, with a note', () => {
    const words = parse({ comment: 'word '.repeat(300) });
    expect([words.comment!.length <= 1000, words.comment!.slice(-6)]).toEqual([true, 'word …']);
    expect(words.note).toBe('the comment was cut to 1,000 of 1,499 characters');
    const faces = parse({ comment: `x${'😀'.repeat(600)}` }).comment!;
    expect([faces.length <= 1000, faces.isWellFormed()]).toEqual([true, true]);
    expect(parse({ comment: 'x'.repeat(1000) })).toMatchObject({ comment: 'x'.repeat(1000), note: undefined });
  });

  it('have the title before them, unless they begin with it', () => {
    const of = (title: string, comment: string) => parse({ title, comment }).comment;
    expect([of('Great', 'Even glaze'), of('Even', 'Even glaze'), of('Great', ''), of('', '')]).toEqual([
      'Great\nEven glaze',
      'Even glaze',
      'Great',
      null,
    ]);
  });

  it('of programs that write HTML become text before they are measured', () => {
    const htmlToText = (html: string) => html.replaceAll(/<[^>]*>/g, '');
    const html = `<p>${'<b></b>'.repeat(200)}Even</p>`;
    expect(parse({ title: '<i>Great</i>', comment: html }, '1..5', { htmlToText })).toMatchObject({
      comment: 'Great\nEven',
      note: undefined,
    });
    expect(parse({ comment: '5 <6 & 7> 3' }).comment).toBe('5 <6 & 7> 3');
  });
});

describe('people', () => {
  const idsOf = (rater: string, name?: string) => {
    const { rater: id, raterName } = parse({ rater, name });
    return [id, raterName];
  };
  it('are one where their ids look alike', () => {
    for (const id of ['José', 'Jose\u0301', 'Jos\u200Bé', '\uFEFFJosé', ' José\u00A0']) expect(parse({ rater: id }).rater).toBe('José');
    expect(parse({ rater: 'Nadja  \u00A0 Korr' }).rater).toBe('Nadja Korr');
    expect(parse({ rater: 'Nadja@Mail.Example' }).rater).toBe('nadja@mail.example');
    expect(parse({ rater: 'Bob' }).rater).not.toBe(parse({ rater: 'bob' }).rater);
    expect(refusal({ rater: '\u200B' })).toEqual(['BadLine', 'the rater is missing']);
    expect(refusal({ rater: 'José', seller: 'Jose\u0301' })).toEqual(['BadLine', 'José rates themselves']);
  });

  it('have a name beside their id, or an id that is one', () => {
    expect(idsOf('nadja@mail.example', 'Nadja Korr')).toEqual(['nadja@mail.example', 'Nadja Korr']);
    expect(idsOf('', 'Nadja Korr')).toEqual(['Nadja Korr', undefined]);
    expect(idsOf('علی\u200Cرضا')).toEqual(['علیرضا', 'علی\u200Cرضا']);
  });

  it.each([
    ['nadja.korr@mail.example', 'n…@'],
    ['Nadja Korr <nadja.korr@mail.example>', 'Nadja Korr'],
    ['nadja.korr@mail.example (Nadja)', '(Nadja)'],
    ['mailto:nadja@mail.example', 'n…@'],
    ['nadja＠mail.example', 'n…@'],
    ['"nadja korr"@mail.example', 'Buyer'],
    ['a@b.example c@d.example', 'a…@'],
    ['@nadja', '@nadja'],
    ['M@tt', 'M@tt'],
    ['35', 'Trader 35'],
  ])('%s is called %s', (given, name) => expect(displayName(given)).toBe(name));
});

describe('states', () => {
  it('say what was published', () => {
    for (const state of ['', 'published', 'Published', 'ok', 'approved', '1', 'TRUE', 'active']) expect(wasPublished({ state })).toBe(true);
    for (const state of ['unpublished', 'spam', 'hold', 'trash', '0', 'false', 'pending', 'rejected', 'not-yet', 'hidden'])
      expect(wasPublished({ state })).toBe(false);
    expect([wasPublished({ parent: '12' }), wasPublished({ parent: '0' })]).toEqual([false, true]);
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

  it.each(['4.5', '4.05', '5.0.0', '6.0', '5e0', '0x5', 'five', '５', '٥', '--5', '5 5', 'NaN', 'Infinity', 'null', '1000000', '0000005'])(
    'are never %j',
    (score) => {
      expect(refusal({ score })).toEqual(['BadLine', `the score "${score}" is not a whole number on the scale 1..5`]);
    },
  );
});

describe('scores of programs', () => {
  it.each([
    ['5.0', 5],
    ['4,0', 4],
    ['3.000000', 3],
    ['5/5', 5],
    ['4 out of 5', 4],
    ['5.0 out of 5 stars', 5],
    ['1 star', 1],
    ['★★★☆☆', 3],
    ['★★', 2],
    ['Positive', 5],
    ['neutral', 3],
    ['Negative feedback rating', 1],
  ])('%s is %i stars', (score, stars) => expect(parse({ score }).rating).toBe(stars));

  it('may be words only', () => {
    expect(parse({ score: 'POSITIVE' }, 'words').rating).toBe(5);
    expect(refusal({ score: '5' }, 'words')).toEqual(['BadLine', 'the score "5" is not Positive, Neutral or Negative']);
    expect(refusal({ score: 'Positive' }, '-10..10')).toContain('BadLine');
  });
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

  it.each([
    ['2023-11-02 14:05:33 -0500', '2023-11-02T19:05:33.000Z'],
    ['2023-11-02 14:05:33 UTC', '2023-11-02T14:05:33.000Z'],
    ['2023-11-02 14:05:33 +0000 UTC', '2023-11-02T14:05:33.000Z'],
    ['2023-11-02 9:05:33', '2023-11-02T09:05:33.000Z'],
    ['2023-11-02T14:05:33+02', '2023-11-02T12:05:33.000Z'],
    ['2024/03/04', '2024-03-04T00:00:00.000Z'],
    ['2024/3/4 9:15', '2024-03-04T09:15:00.000Z'],
    ['03/04/2024', '2024-03-04T00:00:00.000Z'],
    ['25/12/2023', '2023-12-25T00:00:00.000Z'],
    ['3/25/24', '2024-03-25T00:00:00.000Z'],
    ['03/04/2024 09:15 PM', '2024-03-04T21:15:00.000Z'],
    ['03/04/2024, 12:15:00\u202Fam', '2024-03-04T00:15:00.000Z'],
    ['02.01.2020', '2020-01-02T00:00:00.000Z'],
    ['Mar-04-24 09:15', '2024-03-04T09:15:00.000Z'],
    ['Mar 4, 2024', '2024-03-04T00:00:00.000Z'],
    ['March 4, 2024 at 9:15 AM', '2024-03-04T09:15:00.000Z'],
    ['4 Mar 2024', '2024-03-04T00:00:00.000Z'],
    ['04-Mar-24', '2024-03-04T00:00:00.000Z'],
    ['Mon, 04 Mar 2024 09:15:22 GMT', '2024-03-04T09:15:22.000Z'],
    ['Mar 4, 2024 9:15:22 AM PST', '2024-03-04T17:15:22.000Z'],
  ])('%s, as programs write it, is %s', (given, expected) => expect(timeOf(given)).toBe(expected));

  it('are in the zone that is named for them, summer time included', () => {
    expect(timeOf('2024-07-04 09:15', { zone: 'Europe/Lisbon' })).toBe('2024-07-04T08:15:00.000Z');
    expect(timeOf('2024-01-04 09:15', { zone: 'Europe/Lisbon' })).toBe('2024-01-04T09:15:00.000Z');
    expect(timeOf('2024-01-04', { zone: '+05:30' })).toBe('2024-01-03T18:30:00.000Z');
    expect(timeOf('2024-01-04T09:15Z', { zone: '+05:30' })).toBe('2024-01-04T09:15:00.000Z');
  });

  it('without a zone may be 14 hours ahead, and then are now', () => {
    expect(timeOf('2026-01-01T14:00')).toBe(now.toISOString());
    expect(refusal({ time: '2026-01-01T14:01' })).toEqual(['BadLine', 'the time "2026-01-01T14:01" is in the future']);
    expect(refusal({ time: '2026-01-01T14:00Z' })).toContain('BadLine');
    expect(refusal({ time: '2026-01-01T14:00' }, '1..5', { zone: '+02:00' })).toContain('BadLine');
    expect(timeOf('2026-01-01T14:00', { zone: '+14:00' })).toBe(now.toISOString());
  });

  const noTimes = [
    'yesterday',
    '12345678',
    '1577934245.',
    '-1577934245',
    '1e9',
    '2020',
    '2020/13/01',
    '32.01.2020',
    '13/13/2020',
    'Mrz 4, 2024',
  ];
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

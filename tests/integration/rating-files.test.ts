import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '@assay/api';
import { publicName } from '@assay/core';
import { createSeller, onEachEngine, recount, storedAggregates, useProduct } from '@assay/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importRatingFile } from '../../scripts/lib/rating-file/import-file.ts';
import { readOptions } from '../../scripts/lib/rating-file/options.ts';

const SAMPLES = path.join(ROOT, 'tests', 'files', 'ratings');
const EMAIL = 'kiln@example.test';

onEachEngine('files of ratings', (engine) => {
  const { db, api } = useProduct(engine);
  let dir: string;
  let shop: number;
  beforeAll(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'assay-rating-files-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  let runs = 0;
  let source: string;
  beforeEach(async () => {
    source = `source-${++runs}`;
    const { id } = await createSeller(db.database);
    await db.database.prisma.user.updateMany({ where: { email: EMAIL }, data: { email: null } });
    await db.database.prisma.user.update({ where: { id }, data: { email: EMAIL } });
    shop = id;
  });

  const file = (text: string | Buffer, name = 'ratings.csv') => {
    writeFileSync(path.join(dir, name), text);
    return path.join(dir, name);
  };
  const run = (at: string, ...options: string[]) =>
    importRatingFile(
      api.container.context({ kind: 'system', name: 'import' }, 'test'),
      readOptions([at, '--source', source, '--json', ...options])!,
    );
  const take = async (text: string | Buffer, ...options: string[]) => {
    const { imported, rejected, changed, unpublished } = await run(file(text), ...options);
    return {
      imported,
      rejected: rejected.map(({ line, reason }) => `${line}: ${reason}`),
      changed,
      unpublished: Object.fromEntries(unpublished),
    };
  };
  /** What came of it, as it is shown. */
  const stored = async (sellerId?: number) => {
    const imports = await db.database.prisma.importRun.findMany({ where: { source }, select: { id: true } });
    const found = await db.database.prisma.sellerRating.findMany({
      where: { importRunId: { in: imports.map(({ id }) => id) }, ...(sellerId && { sellerId }) },
      include: { rater: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    return found.map(({ rating, rater, comment, createdAt }) => [rating, publicName(rater.fullName), comment, createdAt.toISOString()]);
  };

  describe('no line is lost in silence', () => {
    const HEAD = 'rater,seller,score,time,comment\n';
    it('a quote that is not closed costs its own line, which is reported', async () => {
      const text = `${HEAD}anouk,kiln,5,2024-03-04,"best pot ever\nben,kiln,1,2024-03-04,broke\ncleo,kiln,2,2024-03-04,"thin"\ndora,kiln,5,2024-03-04,plain\n`;
      expect(await take(text)).toMatchObject({
        imported: 3,
        rejected: ['2: a quote opens here and is not closed at the end of its cell'],
      });
      expect((await stored()).map(([, name, comment]) => [name, comment])).toEqual([
        ['ben', 'broke'],
        ['cleo', 'thin'],
        ['dora', 'plain'],
      ]);
    });

    it('ratings that became part of a sound comment are named, and the comment is not taken', async () => {
      const text = `${HEAD}anouk,kiln,5,2024-03-04,"best pot\nben,kiln,1,2024-03-04,broke\ncleo,kiln,2,2024-03-04,"\ndora,kiln,5,2024-03-04,plain\n`;
      expect(await take(text)).toMatchObject({
        imported: 1,
        rejected: ['2: a quote opens here and takes in line 3, which is a rating of its own: lines 2 to 4 were not read'],
      });
    });

    it('a comment of several lines is one comment, and quotes inside a cell are text', async () => {
      expect(await take(`${HEAD}a,kiln,5,2024-03-04,"one\n\ntwo, ""three"""\nb,kiln,4,2024-03-04,5" tall and "good"\n`)).toMatchObject({
        imported: 2,
        rejected: [],
      });
      expect((await stored()).map(([, , comment]) => comment)).toEqual(['one\n\ntwo, "three"', '5" tall and "good"']);
    });

    it('a line of millions of characters is said to be too long, and the lines behind it are read', async () => {
      const long = 'x'.repeat(3_000_000);
      expect(await take(`${HEAD}a,kiln,5,2024-03-04,${long}\nb,kiln,4,2024-03-04,"${long}"\nc,kiln,3,2024-03-04,\n`)).toMatchObject({
        imported: 1,
        rejected: ['2: the line is longer than 1,000,000 characters', '3: the line is longer than 1,000,000 characters'],
      });
    });

    it('empty cells at the end count neither way, others do', async () => {
      const result = await take(
        `${HEAD}a,kiln,5,2024-03-04\nb,kiln,5,2024-03-04,,,\nc,kiln,5,2024-03-04,well, made\nd,kiln,5\n,,,,\n\ne,kiln,5,2024-03-04,  \n`,
      );
      expect(result).toMatchObject({
        imported: 3,
        rejected: ['4: it has 6 field(s) instead of 5', '5: it has 3 field(s) instead of 5'],
      });
    });
  });

  describe('text', () => {
    const LINE = ['rater,seller,score,time,comment', 'anouk,kiln,5,2024-03-04T09:15:22Z,"Très joli, livré “vite”"', ''].join('\n');
    it('bytes that are not UTF-8 are refused in comments as in names; --encoding reads them', async () => {
      const bytes = Buffer.from(LINE.replace('“vite”', '\u0093vite\u0094'), 'latin1');
      expect(await take(bytes)).toMatchObject({ imported: 0, rejected: ['2: the comment contains characters that are not text'] });
      expect(await take(bytes, '--encoding', 'windows-1252')).toMatchObject({ imported: 1, rejected: [] });
      expect((await stored()).map(([, , comment]) => comment)).toEqual(['Très joli, livré “vite”']);
    });

    it.each([
      ['UTF-8 with a mark', Buffer.from(`\uFEFF${LINE}`)],
      ['UTF-16 with a mark', Buffer.from(`\uFEFF${LINE}`, 'utf16le')],
      ['UTF-16 without one', Buffer.from(LINE, 'utf16le')],
      ['UTF-16, the high byte first', Buffer.from(`\uFEFF${LINE}`, 'utf16le').swap16()],
      ['CR at the ends of lines', Buffer.from(LINE.replaceAll('\n', '\r'))],
      ['CR LF at the ends of lines', Buffer.from(LINE.replaceAll('\n', '\r\n'))],
      ['no end of the last line', Buffer.from(LINE.trimEnd())],
    ])('%s is read', async (_name, bytes) => {
      expect(await take(bytes)).toMatchObject({ imported: 1, rejected: [] });
      expect((await stored()).map(([, , comment]) => comment)).toEqual(['Très joli, livré “vite”']);
    });

    it.each([
      ['semicolons', 'rater;seller;score;time;comment\nanouk;kiln;5;2024-03-04T09:15:22Z;"Très joli; vite, vite"\n'],
      ['tabs', 'rater\tseller\tscore\ttime\tcomment\nanouk\tkiln\t5\t2024-03-04T09:15:22Z\tTrès joli; vite, vite\n'],
      [
        'a sep= line',
        '\uFEFFsep=;\nrater;seller;score;time;comment\nanouk;kiln;5;2024-03-04T09:15:22Z;Très joli\\; vite, vite\n'.replace('\\;', ':'),
      ],
    ])('%s between cells are found', async (_name, text) => {
      expect(await take(text)).toMatchObject({ imported: 1, rejected: [] });
    });

    it('a comment that is too long is cut behind a word, and the line is named', async () => {
      const { imported, changed } = await take(`rater,seller,score,time,comment\nanouk,kiln,1,2024-03-04,${'word '.repeat(300)}\n`);
      expect([imported, changed]).toEqual([1, [{ line: 2, note: 'the comment was cut to 1,000 of 1,499 characters' }]]);
      expect((await stored())[0]![2]).toMatch(/^(word )+…$/);
    });
  });

  describe('people', () => {
    it('an e-mail address is never shown as a name', async () => {
      const text = ['nadja.korr@mail.example', 'Piet <piet@mail.example>', 'MIRA@MAIL.example', 'mira@mail.example']
        .map((rater, i) => `${rater},kiln@mail.example,5,2024-03-0${i + 1}T00:00Z`)
        .join('\n');
      expect(await take(text, '--columns', 'rater,seller,score,time')).toMatchObject({ imported: 3 });
      expect((await stored()).map(([, name]) => name)).toEqual(['n…@', 'Piet', 'm…@']);
      const names = await db.database.prisma.user.findMany({ where: { fullName: { contains: 'mail.example' } } });
      expect(names).toEqual([]);
    });

    it('ids that look alike are one person: composed or not, with invisible characters or without', async () => {
      const ids = ['José', 'Jose\u0301', 'Jos\u200Bé', '\uFEFFJosé\u00A0'];
      const text = ids.map((id) => `${id},kiln,5,2024-03-04`).join('\n');
      expect(await take(text, '--columns', 'rater,seller,score,time')).toMatchObject({ imported: 1 });
      expect((await stored()).map(([, name]) => name)).toEqual(['José']);
    });

    it('the newest rating counts: in any order of lines, in batches, and in a later file', async () => {
      const others = Array.from({ length: 1100 }, (_, i) => `r${i},other,5,2024-01-01`).join('\n');
      const text = `anouk,a,1,2020-03-04\nanouk,a,5,2024-03-04\nanouk,b,5,2024-03-04\n${others}\nanouk,b,1,2020-03-04\n`;
      const columns = ['--columns', 'rater,seller,score,time'];
      const reason = 'this rater rated this seller again later: the newest rating counts';
      const dry = await take(text, ...columns, '--dry-run');
      expect(dry).toMatchObject({ imported: 1102, rejected: [`1: ${reason}`, '1104: this rater has rated this seller already'] });
      expect(await take(text, ...columns)).toEqual(dry);
      expect(await take('anouk,a,2,2025-03-04\nanouk,b,3,2022-03-04\n', ...columns)).toMatchObject({
        imported: 1,
        rejected: ['2: this rater has rated this seller already'],
      });
      const [rating] = (await stored()).slice(-1);
      expect([rating![0], rating![3]]).toEqual([2, '2025-03-04T00:00:00.000Z']);
      const { sellerId } = await db.database.prisma.sellerRating.findFirstOrThrow({ where: { createdAt: new Date('2025-03-04') } });
      expect(await storedAggregates(db.database, sellerId)).toEqual(await recount(db.database, sellerId));
      const versions = await db.database.prisma.sellerRatingVersion.findMany({ where: { sellerId }, orderBy: { version: 'asc' } });
      expect(versions.map(({ action, rating: stars }) => [action, stars])).toEqual([
        ['imported', 5],
        ['replaced', 2],
      ]);
    });
  });

  describe('columns', () => {
    it('are chosen by the names of the first line, or in its order with the names beside them', async () => {
      const text = 'Review Stars,Review Username,When,Shop\n5,Nadja K,2024-03-04,kiln\n4,Piet,2024-03-05,kiln\n';
      expect(await take(text, '--columns', 'rater="Review Username",score=review stars,time=When,seller=Shop')).toMatchObject({
        imported: 2,
      });
      expect(await take(text, '--columns', 'score,rater,time,seller', '--source', 'order')).toMatchObject({ imported: 2, rejected: [] });
      await expect(take(text, '--columns', 'rater="Name",score="Review Stars",time=When,seller=Shop')).rejects.toThrow(
        'The file has no column "Name". Its columns are Review Stars, Review Username, When, Shop.',
      );
    });

    it('words and decimals are scores', async () => {
      const text =
        'rater,seller,score,time\na,kiln,5.0,2024-03-04\nb,kiln,"4,0",2024-03-05\nc,kiln,Neutral,2024-03-06\nd,kiln,★★☆☆☆,2024-03-07\ne,kiln,4.5,2024-03-08\n';
      expect(await take(text)).toMatchObject({ imported: 4, rejected: ['6: the score "4.5" is not a whole number on the scale 1..5'] });
      expect((await stored()).map(([rating]) => rating)).toEqual([5, 4, 3, 2]);
    });
  });

  describe('sellers with an account here', () => {
    it('--seller: the ratings of a file of one store reach that account, as imported ones', async () => {
      const text = readFileSync(path.join(SAMPLES, 'trustpilot.csv'));
      await expect(take(text)).rejects.toThrow(/names no seller: say whose ratings they are with --seller/);
      await expect(take(text, '--seller', 'none@example.test')).rejects.toThrow('There is no account with the e-mail none@example.test.');
      expect(await take(text, '--seller', EMAIL.toUpperCase())).toMatchObject({ imported: 2 });
      const found = await db.database.prisma.sellerRating.findMany({ where: { sellerId: shop } });
      expect(found.map(({ source: origin }) => origin)).toEqual(['imported', 'imported']);
      expect(await storedAggregates(db.database, shop)).toEqual(await recount(db.database, shop));
    });

    it('--sellers-map: sellers of the file that are named reach their accounts, then and later', async () => {
      const map = file(`seller;email\nblue-bowl;${EMAIL}\n`, 'map.csv');
      const columns = ['--columns', 'rater,seller,score,time'];
      expect(await take('a,blue-bowl,5,2024-03-04\na,other,5,2024-03-04\n', ...columns, '--sellers-map', map)).toMatchObject({
        imported: 2,
      });
      expect(await take('b,blue-bowl,4,2024-03-05\n', ...columns)).toMatchObject({ imported: 1 });
      expect((await stored(shop)).map(([rating]) => rating)).toEqual([5, 4]);
      const wrong = file(`other,${EMAIL}\n`, 'wrong.csv');
      await expect(take('c,other,5,2024-03-04\n', ...columns, '--sellers-map', wrong)).rejects.toThrow(/other of .* is another account/);
      await expect(take('c,x,5,2024-03-04\n', ...columns, '--sellers-map', file('x\n', 'x.csv'))).rejects.toThrow(/names no seller/);
      await expect(take('c,x,5,2024-03-04\n', ...columns, '--sellers-map', file('x,a@b.example\ny,\n', 'y.csv'))).rejects.toThrow(
        /line 2: it is not a seller and an e-mail address/,
      );
    });

    it('an account never rates itself', async () => {
      const map = file(`blue-bowl,${EMAIL}\nanouk,${EMAIL}\n`, 'self.csv');
      const columns = ['--columns', 'rater,seller,score,time', '--sellers-map', map];
      expect(await take('anouk,blue-bowl,5,2024-03-04\n', ...columns)).toMatchObject({
        imported: 0,
        rejected: ['1: this account rates itself'],
      });
    });
  });

  describe('exports of review programs', () => {
    it.each<[string, string, unknown[][], Record<string, number>]>([
      [
        'judgeme.csv',
        'judgeme',
        [
          [5, 'Nadja K.', 'Great\nEven glaze & sound\non the wheel', '2023-11-02T14:05:33.000Z'],
          [2, 'Piet O.', 'Thin rim', '2023-11-05T08:00:00.000Z'],
        ],
        { spam: 1 },
      ],
      [
        'loox.csv',
        'loox',
        [
          [5, 'Nadja K.', 'Even glaze', '2023-11-02T14:05:33.000Z'],
          [4, 'Mira', 'Good, but late', '2023-11-04T00:00:00.000Z'],
        ],
        { Rejected: 1 },
      ],
      [
        'yotpo.csv',
        'yotpo',
        [
          [5, 'Nadja K.', 'Great\nEven glaze', '2024-03-04T00:00:00.000Z'],
          [3, 'Piet O.', "Late\nIt's late", '2024-03-14T00:00:00.000Z'],
        ],
        { false: 1 },
      ],
      [
        'trustpilot.csv',
        'trustpilot',
        [
          [5, 'Nadja K.', 'Great\nEven glaze', '2024-03-04T09:15:22.000Z'],
          [2, 'Piet O.', 'Late by a week', '2024-03-05T09:15:22.000Z'],
        ],
        {},
      ],
      ['shopify.csv', 'shopify', [[5, 'Nadja K.', 'Great\nEven glaze', '2023-11-02T19:05:33.000Z']], { unpublished: 1 }],
      [
        'woocommerce.csv',
        'woocommerce',
        [
          [5, 'Nadja K.', 'Even glaze', '2024-03-04T09:15:22.000Z'],
          [4, 'Mira H.', 'Good', '2024-03-07T09:15:22.000Z'],
        ],
        { reply: 1, spam: 1 },
      ],
      [
        'etsy.json',
        'etsy',
        [
          [3, 'Piet', null, '2023-12-24T00:00:00.000Z'],
          [5, 'Nadja', 'Lovely & even', '2024-03-04T00:00:00.000Z'],
        ],
        {},
      ],
      [
        'ebay.csv',
        'ebay',
        [
          [5, 'n***a', 'A+ seller', '2024-03-04T09:15:00.000Z'],
          [3, 'p***t', 'Meh', '2024-03-05T10:00:00.000Z'],
          [1, 'm***h', 'Never came', '2024-03-06T23:59:00.000Z'],
        ],
        {},
      ],
      [
        'amazon.tsv',
        'amazon',
        [
          [5, 'Amazon C.', 'Even glaze', '2024-03-04T00:00:00.000Z'],
          [1, 'Amazon C.', '"Never" came', '2024-03-25T00:00:00.000Z'],
        ],
        {},
      ],
    ])('%s is known by its columns, and shown before it is stored', async (name, format, rows, unpublished) => {
      const at = path.join(SAMPLES, name);
      const { source: found } = await importRatingFile(
        api.container.context({ kind: 'system', name: 'import' }, 'test'),
        readOptions([at, '--seller', EMAIL, '--dry-run', '--json'])!,
      );
      expect(found).toBe(format);
      const dry = await run(at, '--seller', EMAIL, '--dry-run');
      const shown = dry.sample.map(({ rating, rater, comment, at: time }) => [rating, rater, comment, time]);
      expect(shown.toSorted((a, b) => String(a[3]).localeCompare(String(b[3])))).toEqual(rows);
      expect(await stored(shop)).toEqual([]);
      const real = await run(at, '--seller', EMAIL, '--format', format);
      expect([real.imported, real.rejected, Object.fromEntries(real.unpublished)]).toEqual([rows.length, [], unpublished]);
      expect(await stored(shop)).toEqual(rows);
    });

    it('names of the language itself are no formats, scales or counts', async () => {
      const at = file('rater,score,time,state\nben,5,2024-03-04,constructor\ncleo,4,2024-03-04,__proto__\n');
      for (const [option, refusal] of [
        ['--format', /^The format is auto, /],
        ['--scale', /^The scale is one of /],
      ] as const)
        for (const name of ['constructor', 'toString', '__proto__']) expect(() => readOptions([at, option, name])).toThrow(refusal);
      const { unpublished } = await run(at, '--seller', EMAIL, '--columns', 'rater,score,time,state', '--dry-run');
      expect([...unpublished]).toEqual([
        ['constructor', 1],
        ['__proto__', 1],
      ]);
    });

    it('dates with slashes: the file decides, else the month comes first, and that is said', async () => {
      const text = (...dates: string[]) => `rater,seller,score,time\n${dates.map((date, i) => `r${i},kiln,5,${date}`).join('\n')}\n`;
      const times = async (...options: string[]) => {
        const { sample, rejected, notes } = await run(file(text(...options[0]!.split(' '))), '--dry-run', ...options.slice(1));
        return [...sample.map(({ at }) => at.slice(0, 10)), ...rejected.map(({ reason }) => reason), ...notes];
      };
      expect(await times('03/04/2024 25/12/2023')).toEqual(['2024-04-03', '2023-12-25']);
      expect(await times('03/04/2024 12/25/2023')).toEqual(['2024-03-04', '2023-12-25']);
      expect(await times('03/04/2024')).toEqual([
        '2024-03-04',
        'Dates such as 04/03/2024 are read with the month first; --dates dmy reads them with the day first.',
      ]);
      expect(await times('03/04/2024', '--dates', 'dmy')).toEqual(['2024-04-03']);
      expect(await times('03/04/2024 25/12/2023 12/25/2023')).toEqual([
        '2023-12-25',
        '2023-12-25',
        'the date 3/4/2024 may begin with the day or the month: --dates dmy or mdy',
      ]);
    });
  });
});

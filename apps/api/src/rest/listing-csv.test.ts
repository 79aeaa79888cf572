import { LISTING_COLUMNS, LISTING_FIELDS, type ListingColumn } from '@assay/contract';
import { AppError, planImport, toCells, type ImportWorld, type ListingRow } from '@assay/core';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listingsCsv, readListingsCsv } from './listing-csv.ts';

async function written(pages: Record<ListingColumn, string>[][]): Promise<string> {
  async function* all() {
    yield* pages;
  }
  let text = '';
  for await (const piece of listingsCsv(all())) text += piece;
  return text;
}
const bytes = (text: string) => new TextEncoder().encode(text);
const faultOf = async (file: Uint8Array) => {
  try {
    await readListingsCsv(file);
  } catch (error) {
    return error instanceof AppError ? (error.fields[0]?.message ?? error.code) : error;
  }
  return null;
};

/** Texts as they may be stored: what the contract makes of anything. */
const nasty = fc.constantFrom(
  '=1+1',
  "'=1",
  "''@x",
  '+49',
  '-5',
  '@me',
  '＝x',
  "'",
  '"',
  '"";',
  'a,b;c',
  'x\ny',
  'a\\:b',
  '😀👩‍👩‍👧',
  '\u202Eمرحبا',
  'Ünïcödé',
  '\t=x',
  '|',
);
const stored = (schema: typeof LISTING_FIELDS.title, max: number) =>
  fc
    .oneof(
      nasty,
      fc.string({ unit: 'grapheme', maxLength: max }),
      fc.array(nasty, { maxLength: 4 }).map((parts) => parts.join('')),
    )
    .map((value) => schema.safeParse(value))
    .filter(({ success, data }) => success && data !== '')
    .map(({ data }) => data!);
const oneLine = stored(LISTING_FIELDS.title, 60);

const row: fc.Arbitrary<ListingRow> = fc.record({
  id: fc.integer({ min: 1, max: 2_147_483_647 }),
  version: fc.integer({ min: 1, max: 99 }),
  status: fc.constantFrom('draft', 'active', 'paused', 'sold', 'archived'),
  sellerId: fc.constant(1),
  sellerName: fc.constant('Kiln'),
  title: oneLine,
  description: fc.option(stored(LISTING_FIELDS.description as unknown as typeof LISTING_FIELDS.title, 200)),
  priceE8: fc.bigInt({ min: 0n, max: 999_999_999_999_999_999n }),
  currency: fc.constantFrom('BTC', 'ETH'),
  category: fc.constantFrom('ceramics', 'books-and-paper/old-books'),
  categoryName: fc.constant('x'),
  quantity: fc.integer({ min: 1, max: 9999 }),
  reserved: fc.constant(0),
  escrowEnabled: fc.boolean(),
  shippingInfo: fc.option(
    fc.record({
      shipsFrom: fc.constantFrom('PT', 'DE'),
      handlingDays: fc.constantFrom({ min: 0, max: 0 }, { min: 1, max: 90 }),
      price: fc.constantFrom('free' as const, '4.90', '0.00000001'),
      destinations: fc.constantFrom('worldwide' as const, ['PT', 'ES'], ['FR']),
      pickup: fc.boolean(),
    }),
  ),
  metadata: fc
    .uniqueArray(fc.record({ name: oneLine.filter((name) => name.length <= 40), value: oneLine }), {
      maxLength: 4,
      selector: ({ name }) => name.toLowerCase(),
    })
    .filter((all) => LISTING_FIELDS.metadata.safeParse(all).success),
  createdAt: fc.constant(new Date(0)),
  updatedAt: fc.constant(new Date(0)),
  publishedAt: fc.constant(null),
});

describe('listings as a file', () => {
  it('what is exported and imported again changes nothing, with any text in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row, { minLength: 1, maxLength: 6, selector: ({ id }) => id }), async (rows) => {
        const { lines, broken } = await readListingsCsv(bytes(await written([rows.slice(0, 2).map(toCells), rows.slice(2).map(toCells)])));
        const world: ImportWorld = {
          own: new Map(rows.map((one) => [one.id, one])),
          categoryProblem: () => 'retired',
          categoryLike: () => 'other',
          currency: null,
        };
        expect(broken).toEqual([]);
        expect((await planImport(lines, world)).map(({ id, outcome, changes, errors }) => ({ id, outcome, changes, errors }))).toEqual(
          rows.map(({ id }) => ({ id, outcome: 'unchanged', changes: [], errors: [] })),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('no cell begins like a formula', async () => {
    await fc.assert(
      fc.asyncProperty(row, async (one) => {
        const cells = parse(await written([[toCells(one)]]), { bom: true })[1] ?? [];
        expect(cells).toHaveLength(LISTING_COLUMNS.length);
        for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
      }),
    );
  });

  it('commas or semicolons, with a mark or without, in any order of columns', async () => {
    const read = async (text: string) => (await readListingsCsv(bytes(text))).lines;
    const expected = [{ line: 2, cells: { title: 'Bowl; blue, deep', price: '12.50' } }];
    expect(await read('title,price\n"Bowl; blue, deep",12.50\n')).toEqual(expected);
    expect(await read('\uFEFFTitle;Price\r\n"Bowl; blue, deep";12.50\r\n;\r\n\r\n')).toEqual(expected);
    expect(await read('price,title\n1.00,a\n')).toEqual([{ line: 2, cells: { price: '1.00', title: 'a' } }]);
  });

  it('lines are counted as an editor counts them', async () => {
    const { lines, broken } = await readListingsCsv(bytes('title,description\na,"one\ntwo"\nb,c,d\n\ne,f\n'));
    expect(lines.map(({ line }) => line)).toEqual([2, 6]);
    expect(broken).toEqual([{ line: 4, message: 'This line has 3 cells, the first one names 2 columns.' }]);
  });

  it.each([
    ['', 'The file is empty.'],
    ['title,price\n', 'The file has no listings, only the names of its columns.'],
    ['tittle\nx', `There is no column “tittle”. Columns are ${LISTING_COLUMNS.join(', ')}.`],
    ['title,title\nx,y', 'The column “title” is there twice.'],
    ['title,price\n"a,1\n', 'Line 2 cannot be read: a quote is opened or closed where none belongs.'],
  ])('%j is refused', async (text, message) => expect(await faultOf(bytes(text))).toBe(message));

  it('what is not UTF-8, or too large, is refused', async () => {
    expect(await faultOf(new Uint8Array([0x74, 0xe9, 0x0a]))).toBe('The file is not in UTF-8. Save it as “CSV UTF-8”.');
    expect(await faultOf(bytes(`title\n${'x'.repeat(5 * 1024 * 1024)}`))).toBe('PAYLOAD_TOO_LARGE');
  });

  it.each([
    ['broken', 'a\n'],
    ['empty', '\n'],
    ['sound', 'a,1.00,EUR\n'],
    ['quoted', '"a\nb",1,EUR\n'],
  ])('a file of many %s lines is refused by their number', async (_kind, line) => {
    const file = bytes(`title,price,currency\n${line.repeat(Math.floor(2_000_000 / line.length))}`);
    expect(await faultOf(file)).toBe('A file has at most 5,000 lines, empty ones included. Split it.');
  });

  it('5,000 broken lines are read in many turns', async () => {
    const others = countTurns();
    const { broken } = await readListingsCsv(bytes(`title,price,currency\n${'a\n'.repeat(5000)}`));
    expect(broken).toHaveLength(5000);
    expect(others.end()).toBeGreaterThan(5);
  });

  it('a line that is longer than any listing is refused', async () => {
    expect(await faultOf(bytes(`title\n"${'x'.repeat(300_000)}"\n`))).toBe('Line 2 is longer than 256 KB.');
  });
});

/** Counts the turns of the event loop that other work gets. */
function countTurns(): { end: () => number } {
  let turns = 0;
  let immediate = setImmediate(function turn() {
    turns++;
    immediate = setImmediate(turn);
  });
  return {
    end() {
      clearImmediate(immediate);
      return turns;
    },
  };
}

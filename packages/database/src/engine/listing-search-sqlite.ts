import { isWithin } from '@assay/contract';
import { mayBegin, type ListingFilter, type ListingKeys, type ListingSearch, type ListingSearchSort } from '@assay/core';
import { Prisma, type Queryable } from './database.ts';
import { orderBy, seekAfter, where } from './keyset.ts';
import { bounded, isPriced, narrowed, NO_SCORE, priceWithin, selectKeys, sortColumns, toKeys, type RawKeys } from './listing-match.ts';
import { foldText, readTexts } from './listing-text.ts';
import { readCount } from './rows.ts';

/**
 * How many matches are gathered and sorted. With more of them, a search for tokens sorts the newest so many, and one without search
 * tokens walks an index, where the next match is never far.
 */
export const GATHERED_MAX = 10_000;

/** A match in the title weighs most, one of the tags nothing. Whole numbers, that go through a cursor and come back the same. */
const SCORE = Prisma.sql`CAST(ROUND(bm25(ListingSearch, 10.0, 1.0, 2.0, 0.0) * -1000000000.0) AS INTEGER)`;

/** A phrase of FTS5: tokens are letters and digits, so that none has a meaning to it. */
const quoted = (tokens: string) => `"${tokens}"`;

/** Listings whose text is not folded: their tag says so. */
const UNFOLDED = '{Tags} : ("kp")';

/** The token of a category, as the view ListingTexts writes it. */
const categoryTag = (path: string) => `kc${`${path}/`.replace(/[x/-]/g, (sign) => ({ x: 'xx', '/': 'xs', '-': 'xd' })[sign]!)}`;

/** The expression for FTS5; null for a search of all active listings. */
export function matchOf({ terms, category, currency, escrow, sellerId }: ListingFilter): string | null {
  const last = terms.length - 1;
  const tokens = terms.map((term, i) => `${quoted(term.folded)}${i === last && mayBegin(term) ? ' *' : ''}`);
  const tags = [
    ...(category === undefined ? [] : [categoryTag(category)]),
    ...(currency === undefined ? [] : [`ku${currency}`]),
    ...(escrow ? ['ke1'] : []),
    ...(sellerId === undefined ? [] : [`ks${sellerId}`]),
  ];
  const parts = [
    ...(tokens.length > 0 ? [`({Title Description Attributes} : (${tokens.join(' AND ')}))`] : []),
    ...(tags.length > 0 ? [`({Tags} : (${tags.map(quoted).join(' AND ')}))`] : []),
  ];
  return parts.length > 0 ? parts.join(' AND ') : null;
}

type Found = Parameters<ListingSearch['find']>[0];

/** Of the matches the newest, as far as they are gathered. */
const matched = (match: string, from: number, score: Prisma.Sql) =>
  Prisma.sql`(SELECT ListingSearch.rowid AS Id, ${score} AS Score FROM ListingSearch WHERE ListingSearch MATCH ${match} AND ListingSearch.rowid >= ${from})`;

/** Sorts what matches. */
export function gatherStatement(match: string, from: number, { sort, limit, after, ...filter }: Found): Prisma.Sql {
  const relevance = sort === 'relevance';
  const found = matched(match, from, relevance ? SCORE : NO_SCORE);
  // The score needs nothing of the listings. CROSS JOIN: the full-text index first, then each listing by its id.
  const alone = relevance && !isPriced(filter);
  const source = alone ? Prisma.sql`${found} l` : Prisma.sql`${found} m CROSS JOIN SellerListings l ON l.Id = m.Id`;
  const columns = sortColumns(sort, alone ? Prisma.sql`l.Score` : Prisma.sql`m.Score`);
  const conditions = where([...priceWithin(filter), after && seekAfter(columns, [after.by, after.id])]);
  return Prisma.sql`${selectKeys(sort, columns)} FROM ${source} ${conditions} ${orderBy(columns)} LIMIT ${limit}`;
}

/** The index that has the order, and with it the range of a price or a category where that is all that is asked for. */
function indexFor(sort: ListingSearchSort, { category, currency, escrow, sellerId, ...filter }: ListingFilter): Prisma.Sql {
  if (sort === 'price-asc' || sort === 'price-desc') return Prisma.sql`IX_SellerListings_Price`;
  const alone = category !== undefined && currency === undefined && !escrow && sellerId === undefined && !isPriced(filter);
  return alone ? Prisma.sql`IX_SellerListings_Found` : Prisma.sql`IX_SellerListings_Newest`;
}

/** Goes along the index that has the order. */
export function walkStatement({ sort, limit, after, ...filter }: Found): Prisma.Sql {
  const columns = sortColumns(sort, NO_SCORE);
  const conditions = where([...narrowed('sqlite', filter), after && seekAfter(columns, [after.by, after.id])]);
  return Prisma.sql`${selectKeys(sort, columns)} FROM SellerListings l INDEXED BY ${indexFor(sort, filter)} ${conditions} ${orderBy(columns)} LIMIT ${limit}`;
}

/** The id above which the newest matches are that are gathered; null where all are. */
export const boundStatement = (match: string): Prisma.Sql =>
  Prisma.sql`SELECT ListingSearch.rowid AS id FROM ListingSearch WHERE ListingSearch MATCH ${match} ORDER BY ListingSearch.rowid DESC LIMIT 1 OFFSET ${GATHERED_MAX}`;

/** Counts up to `max`, and one more. */
export function countStatement(filter: ListingFilter, from: number | null, max: number): Prisma.Sql {
  const match = matchOf(filter);
  const rows = countedRows(filter, match, from);
  return Prisma.sql`SELECT COUNT(*) AS n FROM (${rows} LIMIT ${max + 1})`;
}

function countedRows(filter: ListingFilter, match: string | null, from: number | null): Prisma.Sql {
  const along = match === null || (from !== null && filter.terms.length === 0);
  if (along) {
    const index = isPriced(filter) ? Prisma.sql`IX_SellerListings_Price` : Prisma.sql`IX_SellerListings_Newest`;
    return Prisma.sql`SELECT 1 FROM SellerListings l INDEXED BY ${index} ${where(narrowed('sqlite', filter))}`;
  }
  if (!isPriced(filter)) return Prisma.sql`SELECT 1 FROM ListingSearch WHERE ListingSearch MATCH ${match}`;
  return Prisma.sql`SELECT 1 FROM ${matched(match, from ?? 0, NO_SCORE)} m CROSS JOIN SellerListings l ON l.Id = m.Id ${where(priceWithin(filter))}`;
}

const byCategoryStatement = (match: string, from: number, filter: ListingFilter): Prisma.Sql =>
  Prisma.sql`SELECT l.Category AS category, COUNT(*) AS n FROM ${matched(match, from, NO_SCORE)} m CROSS JOIN SellerListings l ON l.Id = m.Id
    ${where(priceWithin(filter))} GROUP BY l.Category`;

/** Finds listings by the full-text index ListingSearch, which triggers maintain. */
export function sqliteListingSearch(db: Queryable): ListingSearch {
  const boundOf = async (match: string): Promise<number | null> => {
    const [row] = await db.read<{ id: number }>(boundStatement(match));
    return row?.id ?? null;
  };
  const rowsOf = async (sort: ListingSearchSort, statement: Prisma.Sql): Promise<ListingKeys[]> =>
    (await db.read<RawKeys>(statement)).map((row) => toKeys(sort, row));

  const count = async (filter: ListingFilter, max: number) => {
    const match = matchOf(filter);
    const from = match !== null && isPriced(filter) ? await boundOf(match) : null;
    return bounded(await readCount(db, countStatement(filter, from, max)), max);
  };

  return {
    async find(query) {
      const match = matchOf(query);
      const bound = match === null ? null : await boundOf(match);
      const all = match !== null && bound === null;
      if (match === null || (!all && query.terms.length === 0))
        return { rows: await rowsOf(query.sort, walkStatement(query)), considered: null };
      // From the next one on: with the one at the bound there would be one more.
      const rows = await rowsOf(query.sort, gatherStatement(match, bound === null ? 0 : bound + 1, query));
      return { rows, considered: all ? null : GATHERED_MAX };
    },

    count,

    async countIn(filter, categories, max) {
      const match = matchOf(filter);
      const from = match !== null && isPriced(filter) ? await boundOf(match) : null;
      if (match !== null && isPriced(filter) && (from === null || filter.terms.length > 0)) {
        // Prices are looked up listing by listing: once for all counts.
        const rows = await db.read<{ category: string; n: number }>(byCategoryStatement(match, from ?? 0, filter));
        const sum = (fits: (category: string) => boolean) => rows.reduce((total, { category, n }) => total + (fits(category) ? n : 0), 0);
        const counts = categories.map(
          (path) =>
            [
              path,
              bounded(
                sum((category) => isWithin(category, path)),
                max,
              ),
            ] as const,
        );
        return {
          total: bounded(
            sum(() => true),
            max,
          ),
          categories: new Map(counts),
        };
      }
      const counts = categories.map(async (category) => [category, await count({ ...filter, category }, max)] as const);
      return { total: await count(filter, max), categories: new Map(await Promise.all(counts)) };
    },

    engine: () => Promise.resolve('fts5'),
    unfolded: (rows) =>
      readTexts(
        db,
        Prisma.sql`WHERE l.Id IN (SELECT ListingSearch.rowid FROM ListingSearch WHERE ListingSearch MATCH ${UNFOLDED} LIMIT ${rows})`,
      ),

    async fold(texts) {
      for (const text of texts) await foldText(db, text);
    },
  };
}

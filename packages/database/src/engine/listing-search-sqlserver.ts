import { mayBegin, type ListingFilter, type ListingSearch, type SearchTerm } from '@assay/core';
import { limit, Prisma, type Queryable } from './database.ts';
import { orderBy, seekAfter, where } from './keyset.ts';
import { bounded, CATEGORY, narrowed, NO_SCORE, selectKeys, sortColumns, toKeys, type RawKeys } from './listing-match.ts';
import { foldText, readTexts } from './listing-text.ts';
import { countRows } from './rows.ts';
import { within } from './subtree.ts';

/** SearchText is ` title | description / attributes `, folded; a search term holds letters, digits and spaces only. */
const patterns = (terms: readonly SearchTerm[], end = ''): string[] =>
  terms.map((term, i) => `% ${term.folded}${i === terms.length - 1 && mayBegin(term) ? '' : ' '}%${end}`);

const allLike = (patternsOf: string[]): Prisma.Sql =>
  Prisma.join(
    patternsOf.map((pattern) => Prisma.sql`l.SearchText LIKE ${pattern}`),
    ' AND ',
  );

/** A match of all tokens in the title comes first. */
const inTitle = (terms: readonly SearchTerm[]): Prisma.Sql => Prisma.sql`CASE WHEN ${allLike(patterns(terms, '|%'))} THEN 1000 ELSE 0 END`;

/** `"ash glazed" AND "bow*"`: tokens are letters and digits, so that none has a meaning to CONTAINS. */
export const containsOf = (terms: readonly SearchTerm[]): string =>
  terms.map((term, i) => `"${term.folded}${i === terms.length - 1 && mayBegin(term) ? '*' : ''}"`).join(' AND ');

interface Source {
  from: Prisma.Sql;
  conditions: (Prisma.Sql | false)[];
  score: Prisma.Sql;
}

/** Where to find matches, and their score. @param fullText whether the server has a full-text index */
export function sourceOf(filter: ListingFilter, fullText: boolean): Source {
  const { terms } = filter;
  const conditions = narrowed('sqlserver', filter);
  const listings = Prisma.sql`FROM SellerListings l`;
  if (terms.length === 0) return { from: listings, conditions, score: NO_SCORE };
  if (!fullText) return { from: listings, conditions: [...conditions, allLike(patterns(terms))], score: inTitle(terms) };
  return {
    from: Prisma.sql`FROM CONTAINSTABLE(SellerListings, SearchText, ${containsOf(terms)}) k JOIN SellerListings l ON l.Id = k.[KEY]`,
    conditions,
    score: Prisma.sql`(k.[RANK] + ${inTitle(terms)})`,
  };
}

/** Rows of a search. */
export function findStatement(
  { sort, limit: rows, after, ...filter }: Parameters<ListingSearch['find']>[0],
  fullText: boolean,
): Prisma.Sql {
  const { from, conditions, score } = sourceOf(filter, fullText);
  const columns = sortColumns(sort, score);
  return Prisma.sql`${selectKeys(sort, columns)} ${from} ${where([...conditions, after && seekAfter(columns, [after.by, after.id])])}
    ${orderBy(columns)} ${limit('sqlserver', rows)}`;
}

/** Whether a database has a full-text index: asked once of each connection pool. */
const known = new WeakMap<object, Promise<boolean>>();

async function hasFullText(db: Queryable): Promise<boolean> {
  return (await countRows(db, Prisma.sql`FROM sys.fulltext_indexes i WHERE i.object_id = OBJECT_ID('SellerListings')`)) > 0;
}

/** Finds listings by the full-text index where the server has that component, otherwise by SearchText. */
export function sqlServerListingSearch(db: Queryable): ListingSearch {
  const fullText = (): Promise<boolean> => {
    let answer = known.get(db.prisma);
    if (!answer) {
      answer = hasFullText(db);
      answer.catch(() => known.delete(db.prisma)); // the database was down: asked again
      known.set(db.prisma, answer);
    }
    return answer;
  };
  const countUpTo = async (filter: ListingFilter, max: number): Promise<number> => {
    const { from, conditions } = sourceOf(filter, await fullText());
    return countRows(db, Prisma.sql`FROM (SELECT TOP (${max + 1}) l.Id ${from} ${where(conditions)}) t`);
  };

  return {
    async find(query) {
      const rows = await db.read<RawKeys>(findStatement(query, await fullText()));
      return { rows: rows.map((row) => toKeys(query.sort, row)), considered: null };
    },

    count: async (filter, max) => bounded(await countUpTo(filter, max), max),

    async countIn(filter, categories, max) {
      const { from, conditions } = sourceOf(filter, await fullText());
      // One scan of all matches counts every category.
      const columns = categories.map(
        (path, i) => Prisma.sql`SUM(CASE WHEN ${within('sqlserver', CATEGORY, path)} THEN 1 ELSE 0 END) AS ${Prisma.raw(`c${i}`)}`,
      );
      const [row] = await db.read<Record<string, number | null>>(
        Prisma.sql`SELECT ${Prisma.join([Prisma.sql`CAST(COUNT(*) AS INT) AS n`, ...columns])} ${from} ${where(conditions)}`,
      );
      const counts = categories.map((path, i) => [path, bounded(row?.[`c${i}`] ?? 0, max)] as const);
      return { total: bounded(row?.n ?? 0, max), categories: new Map(counts) };
    },

    engine: async () => ((await fullText()) ? 'full-text' : 'folded'),

    unfolded: (rows) => readTexts(db, Prisma.sql`WHERE l.SearchText IS NULL ORDER BY l.Id ${limit('sqlserver', rows)}`),

    async fold(texts) {
      for (const text of texts) await foldText(db, text);
    },
  };
}

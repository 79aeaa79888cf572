import { searchTextOf, type SearchableText, type TextToFold } from '@assay/core';
import { Prisma, type Queryable } from './database.ts';
import { columns, json } from './rows.ts';
import { StoredMetadata } from './stored-json.ts';

// The column SearchText holds the folded text of a listing: the product folds, so that both engines find the same.
// SQL Server searches the column; on SQLite triggers index it in ListingSearch, and set it to '' when another release changes a text.

const TEXT = columns(
  { l: 'SellerListings' },
  { id: 'l.Id', title: 'l.Title', description: 'l.Description', metadata: json('l.Metadata', StoredMetadata) },
);

/** Is the text of a listing not folded yet, or folded from an earlier text? */
const isUnfolded = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`(${column} IS NULL OR ${column} = '')`;

/** Texts of listings that are not folded yet. @param rest conditions, order and limit */
export const readTexts = (db: Queryable, rest: Prisma.Sql): Promise<TextToFold[]> =>
  TEXT.read(db, Prisma.sql`FROM SellerListings l ${rest}`);

/** Writes the folded text of a listing, unless an edit has written a newer one meanwhile. */
export const foldText = (db: Queryable, text: TextToFold): Promise<number> =>
  db.write(
    Prisma.sql`UPDATE SellerListings SET SearchText = ${searchTextOf(text)} WHERE Id = ${text.id} AND ${isUnfolded(Prisma.sql`SearchText`)}`,
  );

/** The folded text of a new listing, as a column of it. */
export const searchText = (text: SearchableText): { SearchText: string } => ({ SearchText: searchTextOf(text) });

/** What an edit of a listing's text does to the column: {@link refold} writes it again. */
export const staleSearchText = (changes: Partial<SearchableText>): { SearchText?: null } =>
  'title' in changes || 'description' in changes || 'metadata' in changes ? { SearchText: null } : {};

/** Folds the text of a listing that {@link staleSearchText} has cleared, in the same transaction. */
export async function refold(db: Queryable, id: number): Promise<void> {
  for (const text of await readTexts(db, Prisma.sql`WHERE l.Id = ${id} AND ${isUnfolded(Prisma.sql`l.SearchText`)}`))
    await foldText(db, text);
}

import { searchTextOf, type SearchableText, type TextToFold } from '@assay/core';
import { Prisma, type Queryable } from './database.ts';
import { columns, json } from './rows.ts';
import { StoredMetadata } from './stored-json.ts';

// The column SearchText, which SQL Server alone has: the embedded engine's triggers keep the text of listings in ListingSearch.

const TEXT = columns(
  { l: 'SellerListings' },
  { id: 'l.Id', title: 'l.Title', description: 'l.Description', metadata: json('l.Metadata', StoredMetadata) },
);

/** Texts of listings that are not folded yet. @param rest conditions, order and limit */
export const readTexts = (db: Queryable, rest: Prisma.Sql): Promise<TextToFold[]> =>
  TEXT.read(db, Prisma.sql`FROM SellerListings l ${rest}`);

/** Writes the folded text of a listing, unless an edit has written a newer one meanwhile. */
export const foldText = (db: Queryable, text: TextToFold): Promise<number> =>
  db.write(Prisma.sql`UPDATE SellerListings SET SearchText = ${searchTextOf(text)} WHERE Id = ${text.id} AND SearchText IS NULL`);

/** The folded text of a new listing, as a column of it. */
export const searchText = (db: Queryable, text: SearchableText): { SearchText?: string } =>
  db.engine === 'sqlserver' ? { SearchText: searchTextOf(text) } : {};

/** What an edit of a listing's text does to the column: {@link refold} writes it again. */
export const staleSearchText = (db: Queryable, changes: Partial<SearchableText>): { SearchText?: null } =>
  db.engine === 'sqlserver' && ('title' in changes || 'description' in changes || 'metadata' in changes) ? { SearchText: null } : {};

/** Folds the text of a listing that {@link staleSearchText} has cleared, in the same transaction. */
export async function refold(db: Queryable, id: number): Promise<void> {
  if (db.engine !== 'sqlserver') return;
  for (const text of await readTexts(db, Prisma.sql`WHERE l.Id = ${id} AND l.SearchText IS NULL`)) await foldText(db, text);
}

import type { ListingStatus } from '@assay/contract';
import type { ListingContent, ListingRow, ListingsRepository, NewListing, OwnListingsFilter, OwnListingsPageQuery } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { after, orderBy, type SortColumn, where } from '../engine/keyset.ts';
import { contains } from '../engine/like.ts';
import { foldedColumn, refold, staleFold } from '../engine/listing-search-sqlserver.ts';
import { toDate, type RawDate } from '../engine/values.ts';

export type RawListing = Omit<
  ListingRow,
  'priceE8' | 'escrowEnabled' | 'shippingInfo' | 'metadata' | 'createdAt' | 'updatedAt' | 'publishedAt'
> & {
  /** As text: a double could not hold it. */
  priceE8: string;
  escrowEnabled: number | boolean;
  shippingInfo: string;
  metadata: string;
  createdAt: RawDate;
  updatedAt: RawDate;
  publishedAt: RawDate | null;
};

export const SELECT_LISTINGS = Prisma.sql`
  SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
    CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, c.Name AS categoryName, l.Status AS status,
    l.EscrowEnabled AS escrowEnabled, l.ShippingInfo AS shippingInfo, l.Metadata AS metadata, l.Version AS version,
    l.CreatedAt AS createdAt, l.UpdatedAt AS updatedAt, l.PublishedAt AS publishedAt
  FROM SellerListings l JOIN Users s ON s.Id = l.SellerId JOIN Categories c ON c.Path = l.Category`;

const byId: SortColumn = { column: Prisma.sql`l.Id`, descending: true };
const NEWEST: SortColumn[] = [{ column: Prisma.sql`l.CreatedAt`, descending: true }, byId];
const SORTS: Record<OwnListingsPageQuery['sort'], SortColumn[]> = {
  updated: [{ column: Prisma.sql`l.UpdatedAt`, descending: true }, byId],
  newest: [byId],
  oldest: [{ ...byId, descending: false }],
};

export const toListingRow = (raw: RawListing): ListingRow => ({
  ...raw,
  priceE8: BigInt(raw.priceE8),
  escrowEnabled: Boolean(raw.escrowEnabled),
  shippingInfo: raw.shippingInfo === '{}' ? null : (JSON.parse(raw.shippingInfo) as ListingRow['shippingInfo']),
  metadata: JSON.parse(raw.metadata) as ListingRow['metadata'],
  createdAt: toDate(raw.createdAt),
  updatedAt: toDate(raw.updatedAt),
  publishedAt: toDate(raw.publishedAt),
});

/** Content as the columns hold it. */
function toColumns(content: Partial<ListingContent>): Record<string, unknown> {
  const { title, description, priceE8, currency, category, escrowEnabled, shippingInfo, metadata } = content;
  const columns = {
    Title: title,
    Description: description,
    PriceE8: priceE8,
    Currency: currency,
    Category: category,
    EscrowEnabled: escrowEnabled,
    ShippingInfo: shippingInfo === null ? '{}' : shippingInfo && JSON.stringify(shippingInfo),
    Metadata: metadata && JSON.stringify(metadata),
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

/** A listing that is made at that time, as its row holds it: with what is searched, and since when it is for sale. */
export const newListingColumns = (db: Queryable, { sellerId, status, ...content }: NewListing, at: Date): Record<string, unknown> => ({
  SellerId: sellerId,
  Status: status,
  PublishedAt: status === 'draft' ? null : at,
  ...toColumns(content),
  ...foldedColumn(db, content),
  CreatedAt: at,
  UpdatedAt: at,
});

const ofSeller = ({ sellerId, search, status }: OwnListingsFilter) => [
  Prisma.sql`l.SellerId = ${sellerId}`,
  status !== undefined && Prisma.sql`l.Status = ${status}`,
  search !== undefined && search !== '' && contains(Prisma.sql`l.Title`, search),
];

export function listingsRepository(db: Queryable): ListingsRepository {
  const read = async (rest: Prisma.Sql) => (await db.read<RawListing>(Prisma.sql`${SELECT_LISTINGS} ${rest}`)).map(toListingRow);
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  const record = (listingId: number, sellerId: number, from: ListingStatus | null, to: ListingStatus, at: Date) =>
    insert(db, 'ListingEvents', { ListingId: listingId, FromStatus: from, ToStatus: to, ActorId: sellerId, At: at });
  return {
    findById: async (id) => (await read(Prisma.sql`WHERE l.Id = ${id}`))[0] ?? null,
    // By the ids alone: told of the state as well, an engine may go through everything that is for sale.
    findActive: async (ids) =>
      ids.length ? (await read(Prisma.sql`WHERE l.Id IN (${Prisma.join([...ids])})`)).filter(({ status }) => status === 'active') : [],
    findOwn: async (sellerId, ids) =>
      ids.length ? read(Prisma.sql`WHERE l.SellerId = ${sellerId} AND l.Id IN (${Prisma.join([...ids])})`) : [],

    listBySeller(sellerId, rows, keys) {
      const conditions = where([Prisma.sql`l.SellerId = ${sellerId}`, Prisma.sql`l.Status = 'active'`, keys && after(NEWEST, [...keys])]);
      return read(Prisma.sql`${conditions} ${orderBy(NEWEST)} ${limit(db.engine, rows)}`);
    },
    listRecent: (rows) => read(Prisma.sql`WHERE l.Status = 'active' ORDER BY l.PublishedAt DESC, l.Id DESC ${limit(db.engine, rows)}`),

    listOwn(query) {
      const columns = SORTS[query.sort];
      const conditions = where([...ofSeller(query), query.after && after(columns, query.after)]);
      return read(Prisma.sql`${conditions} ${orderBy(columns)} ${limit(db.engine, query.limit)}`);
    },

    async countOwn(filter) {
      const rows = await db.read<{ status: ListingStatus; n: number }>(
        Prisma.sql`SELECT l.Status AS status, CAST(COUNT(*) AS INT) AS n FROM SellerListings l ${where(ofSeller(filter))} GROUP BY l.Status`,
      );
      return new Map(rows.map(({ status, n }) => [status, n]));
    },

    async events(id) {
      const rows = await db.read<{ fromStatus: ListingStatus | null; toStatus: ListingStatus; happenedAt: RawDate }>(
        Prisma.sql`SELECT e.FromStatus AS fromStatus, e.ToStatus AS toStatus, e.At AS happenedAt FROM ListingEvents e WHERE e.ListingId = ${id} ORDER BY e.Id`,
      );
      return rows.map(({ fromStatus, toStatus, happenedAt }) => ({ from: fromStatus, to: toStatus, at: toDate(happenedAt) }));
    },

    async create(listing, at) {
      const id = await insertReturningId(db, 'SellerListings', newListingColumns(db, listing, at));
      await record(id, listing.sellerId, null, listing.status, at);
      return id;
    },

    async edit({ id, sellerId, version }, changes, at) {
      const columns = Object.entries({ ...toColumns(changes), ...staleFold(db, changes) }).map(
        ([column, value]) => Prisma.sql`${Prisma.raw(column)} = ${value}`,
      );
      const edited = await changed(Prisma.sql`
        UPDATE SellerListings SET ${Prisma.join([...columns, Prisma.sql`Version = Version + 1`, Prisma.sql`UpdatedAt = ${at}`])}
        WHERE Id = ${id} AND SellerId = ${sellerId} AND Version = ${version}`);
      if (edited) await refold(db, id);
      return edited;
    },

    async move(id, { sellerId, from, to, version }, at) {
      const published = to === 'active' ? Prisma.sql`, PublishedAt = COALESCE(PublishedAt, ${at})` : Prisma.empty;
      const moved = await changed(Prisma.sql`
        UPDATE SellerListings SET Status = ${to}, Version = Version + 1, UpdatedAt = ${at} ${published}
        WHERE Id = ${id} AND SellerId = ${sellerId} AND Status = ${from} ${version === undefined ? Prisma.empty : Prisma.sql`AND Version = ${version}`}`);
      if (moved) await record(id, sellerId, from, to, at);
      return moved;
    },

    holdForSale: (id) => changed(Prisma.sql`UPDATE SellerListings SET Version = Version WHERE Id = ${id} AND Status = 'active'`),

    async deleteDraft(id, sellerId) {
      const unpublished = Prisma.sql`Id = ${id} AND SellerId = ${sellerId} AND Status = 'draft' AND PublishedAt IS NULL`;
      if (!(await changed(Prisma.sql`UPDATE SellerListings SET Version = Version + 1 WHERE ${unpublished}`))) return false;
      await db.write(Prisma.sql`DELETE FROM ListingEvents WHERE ListingId = ${id}`);
      return changed(Prisma.sql`DELETE FROM SellerListings WHERE ${unpublished}`);
    },
  };
}

import type { ListingStatus } from '@assay/contract';
import type { ListingContent, ListingsRepository, NewListing, OwnListingsFilter, OwnListingsPageQuery } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { assignments, insert, insertReturningId } from '../engine/insert.ts';
import { after, orderBy, type SortColumn, where } from '../engine/keyset.ts';
import { contains } from '../engine/like.ts';
import { lockRows } from '../engine/locks.ts';
import { refold, searchText, staleSearchText } from '../engine/listing-text.ts';
import { columns, json } from '../engine/rows.ts';
import { StoredMetadata, StoredShippingInfo } from '../engine/stored-json.ts';
import type { NewRow, Tables } from '../engine/tables.ts';

export const LISTING = columns(
  { l: 'SellerListings', s: 'Users', c: 'Categories' },
  {
    id: 'l.Id',
    sellerId: 'l.SellerId',
    sellerName: 's.FullName',
    title: 'l.Title',
    description: 'l.Description',
    priceE8: 'l.PriceE8',
    currency: 'l.Currency',
    category: 'l.Category',
    categoryName: 'c.Name',
    status: 'l.Status',
    escrowEnabled: 'l.EscrowEnabled',
    shippingInfo: json('l.ShippingInfo', StoredShippingInfo),
    metadata: json('l.Metadata', StoredMetadata),
    quantity: 'l.Quantity',
    reserved: 'l.Reserved',
    version: 'l.Version',
    createdAt: 'l.CreatedAt',
    updatedAt: 'l.UpdatedAt',
    publishedAt: 'l.PublishedAt',
  },
);
export const LISTINGS = Prisma.sql`FROM SellerListings l JOIN Users s ON s.Id = l.SellerId JOIN Categories c ON c.Path = l.Category`;
const EVENT = columns({ e: 'ListingEvents' }, { from: 'e.FromStatus', to: 'e.ToStatus', at: 'e.At' });

const byId: SortColumn = { column: Prisma.sql`l.Id`, descending: true };
const NEWEST: SortColumn[] = [{ column: Prisma.sql`l.CreatedAt`, descending: true }, byId];
const SORTS: Record<OwnListingsPageQuery['sort'], SortColumn[]> = {
  updated: [{ column: Prisma.sql`l.UpdatedAt`, descending: true }, byId],
  newest: [byId],
  oldest: [{ ...byId, descending: false }],
};

type ContentColumns = Pick<
  Tables['SellerListings'],
  'Title' | 'Description' | 'PriceE8' | 'Currency' | 'Category' | 'EscrowEnabled' | 'ShippingInfo' | 'Metadata' | 'Quantity'
>;

function toColumns(content: ListingContent): ContentColumns;
function toColumns(content: Partial<ListingContent>): { [C in keyof ContentColumns]: ContentColumns[C] | undefined };
function toColumns(content: Partial<ListingContent>) {
  const { title, description, priceE8, currency, category, escrowEnabled, shippingInfo, metadata, quantity } = content;
  return {
    Title: title,
    Description: description,
    PriceE8: priceE8,
    Currency: currency,
    Category: category,
    EscrowEnabled: escrowEnabled,
    ShippingInfo: shippingInfo === null ? '{}' : shippingInfo && JSON.stringify(shippingInfo),
    Metadata: metadata && JSON.stringify(metadata),
    Quantity: quantity,
  };
}

/** The row of a new listing, with its search text and its publication. */
export const newListingColumns = (db: Queryable, { sellerId, status, ...content }: NewListing, at: Date): NewRow<'SellerListings'> => ({
  SellerId: sellerId,
  Status: status,
  PublishedAt: status === 'draft' ? null : at,
  ...toColumns({ ...content, quantity: content.quantity ?? 1 }),
  ...searchText(content),
  CreatedAt: at,
  UpdatedAt: at,
});

const ofSeller = ({ sellerId, search, status }: OwnListingsFilter) => [
  Prisma.sql`l.SellerId = ${sellerId}`,
  status !== undefined && Prisma.sql`l.Status = ${status}`,
  search !== undefined && search !== '' && contains(Prisma.sql`l.Title`, search),
];

export function listingsRepository(db: Queryable): ListingsRepository {
  const read = (rest: Prisma.Sql) => LISTING.read(db, Prisma.sql`${LISTINGS} ${rest}`);
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  const record = (listingId: number, sellerId: number, from: ListingStatus | null, to: ListingStatus, at: Date) =>
    insert(db, 'ListingEvents', { ListingId: listingId, FromStatus: from, ToStatus: to, ActorId: sellerId, At: at });
  return {
    findById: (id) => LISTING.first(db, Prisma.sql`${LISTINGS} WHERE l.Id = ${id}`),
    // By the ids alone: with a condition on the state an engine may scan all active listings.
    findActive: async (ids) =>
      ids.length ? (await read(Prisma.sql`WHERE l.Id IN (${Prisma.join([...ids])})`)).filter(({ status }) => status === 'active') : [],
    findMany: async (ids) => (ids.length ? read(Prisma.sql`WHERE l.Id IN (${Prisma.join([...ids])})`) : []),
    findOwn: async (sellerId, ids) =>
      ids.length ? read(Prisma.sql`WHERE l.SellerId = ${sellerId} AND l.Id IN (${Prisma.join([...ids])})`) : [],

    listBySeller(sellerId, rows, keys) {
      const conditions = where([Prisma.sql`l.SellerId = ${sellerId}`, Prisma.sql`l.Status = 'active'`, keys && after(NEWEST, [...keys])]);
      return read(Prisma.sql`${conditions} ${orderBy(NEWEST)} ${limit(db.engine, rows)}`);
    },
    listRecent: (rows) => read(Prisma.sql`WHERE l.Status = 'active' ORDER BY l.PublishedAt DESC, l.Id DESC ${limit(db.engine, rows)}`),

    listOwn(query) {
      const order = SORTS[query.sort];
      const conditions = where([...ofSeller(query), query.after && after(order, query.after)]);
      return read(Prisma.sql`${conditions} ${orderBy(order)} ${limit(db.engine, query.limit)}`);
    },

    async countOwn(filter) {
      const rows = await db.read<{ status: ListingStatus; n: number }>(
        Prisma.sql`SELECT l.Status AS status, CAST(COUNT(*) AS INT) AS n FROM SellerListings l ${where(ofSeller(filter))} GROUP BY l.Status`,
      );
      return new Map(rows.map(({ status, n }) => [status, n]));
    },

    events: (id) => EVENT.read(db, Prisma.sql`FROM ListingEvents e WHERE e.ListingId = ${id} ORDER BY e.Id`),

    async create(listing, at) {
      const id = await insertReturningId(db, 'SellerListings', newListingColumns(db, listing, at));
      await record(id, listing.sellerId, null, listing.status, at);
      return id;
    },

    async edit({ id, sellerId, version }, changes, at) {
      const set = assignments('SellerListings', { ...toColumns(changes), ...staleSearchText(changes) });
      const enough = changes.quantity === undefined ? Prisma.empty : Prisma.sql`AND Reserved <= ${changes.quantity}`;
      const edited = await changed(Prisma.sql`
        UPDATE SellerListings SET ${Prisma.join([...set, Prisma.sql`Version = Version + 1`, Prisma.sql`UpdatedAt = ${at}`])}
        WHERE Id = ${id} AND SellerId = ${sellerId} AND Version = ${version} ${enough}`);
      if (edited) await refold(db, id);
      return edited;
    },

    async transition(id, { sellerId, from, to, version }, at) {
      const published = to === 'active' ? Prisma.sql`, PublishedAt = COALESCE(PublishedAt, ${at})` : Prisma.empty;
      const stocked = to === 'active' ? Prisma.sql`, Quantity = CASE WHEN Quantity = 0 THEN 1 ELSE Quantity END` : Prisma.empty;
      const moved = await changed(Prisma.sql`
        UPDATE SellerListings SET Status = ${to}, Version = Version + 1, UpdatedAt = ${at} ${published} ${stocked}
        WHERE Id = ${id} AND SellerId = ${sellerId} AND Status = ${from} ${version === undefined ? Prisma.empty : Prisma.sql`AND Version = ${version}`}`);
      if (moved) await record(id, sellerId, from, to, at);
      return moved;
    },

    lock: (id) => lockRows(db, 'SellerListings', 'Version', Prisma.sql`Id = ${id}`),

    async deleteDraft(id, sellerId) {
      const unpublished = Prisma.sql`Id = ${id} AND SellerId = ${sellerId} AND Status = 'draft' AND PublishedAt IS NULL`;
      if (!(await changed(Prisma.sql`UPDATE SellerListings SET Version = Version + 1 WHERE ${unpublished}`))) return false;
      await db.write(Prisma.sql`DELETE FROM ListingEvents WHERE ListingId = ${id}`);
      return changed(Prisma.sql`DELETE FROM SellerListings WHERE ${unpublished}`);
    },
  };
}

import type { ListingRow, ListingsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { toDate, type RawDate } from '../engine/values.ts';

/** The price as text: a double could not hold it. */
export type RawListing = Omit<ListingRow, 'priceE8' | 'createdAt'> & { priceE8: string; createdAt: RawDate };

export const SELECT_LISTINGS = Prisma.sql`
  SELECT l.Id AS id, l.SellerId AS sellerId, s.FullName AS sellerName, l.Title AS title, l.Description AS description,
    CAST(l.PriceE8 AS VARCHAR(20)) AS priceE8, l.Currency AS currency, l.Category AS category, l.Status AS status, l.CreatedAt AS createdAt
  FROM SellerListings l JOIN Users s ON s.Id = l.SellerId`;

const NEWEST_FIRST = Prisma.sql`ORDER BY l.CreatedAt DESC, l.Id DESC`;

export const toListingRow = (raw: RawListing): ListingRow => ({ ...raw, priceE8: BigInt(raw.priceE8), createdAt: toDate(raw.createdAt) });

export function listingsRepository(db: Queryable): ListingsRepository {
  return {
    async findById(id) {
      const [row] = await db.read<RawListing>(Prisma.sql`${SELECT_LISTINGS} WHERE l.Id = ${id}`);
      return row ? toListingRow(row) : null;
    },

    async listBySeller(sellerId, rows) {
      const found = await db.read<RawListing>(
        Prisma.sql`${SELECT_LISTINGS} WHERE l.SellerId = ${sellerId} AND l.Status = 'active' ${NEWEST_FIRST} ${limit(db.engine, rows)}`,
      );
      return found.map(toListingRow);
    },

    async listRecent(rows) {
      const found = await db.read<RawListing>(
        Prisma.sql`${SELECT_LISTINGS} WHERE l.Status = 'active' ${NEWEST_FIRST} ${limit(db.engine, rows)}`,
      );
      return found.map(toListingRow);
    },

    create: ({ sellerId, title, description, priceE8, currency, category }, at) =>
      insertReturningId(db, 'SellerListings', {
        SellerId: sellerId,
        Title: title,
        Description: description,
        PriceE8: priceE8,
        Currency: currency,
        Category: category,
        Status: 'active',
        CreatedAt: at,
        UpdatedAt: at,
      }),
  };
}

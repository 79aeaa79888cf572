import type { Category } from '@assay/contract';
import type { ListingRow, ListingsRepository } from '@assay/core';
import type { Prisma, Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';

const LISTING = {
  id: true,
  sellerId: true,
  title: true,
  description: true,
  priceE8: true,
  currency: true,
  category: true,
  status: true,
  createdAt: true,
  seller: { select: { fullName: true } },
} satisfies Prisma.SellerListingSelect;

function toRow({ seller, category, ...row }: Prisma.SellerListingGetPayload<{ select: typeof LISTING }>): ListingRow {
  return { ...row, category: category as Category, sellerName: seller.fullName };
}

export function listingsRepository(db: Queryable): ListingsRepository {
  const { prisma } = db;
  const newestFirst = [{ createdAt: 'desc' }, { id: 'desc' }] satisfies Prisma.SellerListingOrderByWithRelationInput[];
  return {
    async findById(id) {
      const row = await prisma.sellerListing.findUnique({ where: { id }, select: LISTING });
      return row && toRow(row);
    },

    async listBySeller(sellerId, limit) {
      return (await prisma.sellerListing.findMany({ where: { sellerId, status: 'active' }, orderBy: newestFirst, take: limit, select: LISTING })).map(toRow);
    },

    async listRecent(limit) {
      return (await prisma.sellerListing.findMany({ where: { status: 'active' }, orderBy: newestFirst, take: limit, select: LISTING })).map(toRow);
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

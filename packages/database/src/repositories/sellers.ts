import { NEW_SELLER_BELOW, SocialLinks } from '@assay/contract';
import type { SellerFilter, SellerQuery, SellerRow, SellersRepository, SortedSellerRow } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { contains } from '../engine/like.ts';
import { topOf, within } from '../engine/subtree.ts';
import { after, orderBy, type SortColumn, where } from '../engine/keyset.ts';
import { toDate, type RawDate } from '../engine/values.ts';
import { accountsRepository } from './accounts.ts';
import { HISTOGRAM_COLUMNS, readHistograms, toHistogram, type RawHistogram } from './histogram.ts';

type RawSeller = Omit<SellerRow, 'sellingSince' | 'histogram'> &
  RawHistogram & { sellingSince: RawDate; isNew: number; lowerBound: number };

const IS_NEW = Prisma.sql`CASE WHEN u.TotalRatings >= ${NEW_SELLER_BELOW} THEN 0 ELSE 1 END`;
const LOWER_BOUND = Prisma.sql`COALESCE(u.RatingLowerBound, 0)`;

const SELECT_SELLERS = Prisma.sql`
  SELECT u.Id AS id, u.FullName AS name, p.Bio AS bio, p.Location AS location, COALESCE(p.CreatedAt, u.CreatedAt) AS sellingSince,
    (SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id AND l.Status = 'active') AS listingCount,
    ${HISTOGRAM_COLUMNS}, ${IS_NEW} AS isNew, ${LOWER_BOUND} AS lowerBound
  FROM Users u
  JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
  LEFT JOIN SellerProfiles p ON p.UserId = u.Id`;

const byId: SortColumn = { column: Prisma.sql`u.Id`, descending: true };
const SORTS: Record<SellerQuery['sort'], SortColumn[]> = {
  rating: [
    { column: IS_NEW, descending: false },
    { column: LOWER_BOUND, descending: true },
    { column: Prisma.sql`u.TotalRatings`, descending: true },
    byId,
  ],
  ratings: [{ column: Prisma.sql`u.TotalRatings`, descending: true }, byId],
  newest: [byId],
};

function toRow(raw: RawSeller): SellerRow {
  const { id, name, bio, location, listingCount } = raw;
  return { id, name, bio, location, listingCount, sellingSince: toDate(raw.sellingSince), histogram: toHistogram(raw) };
}

function sortKeys(raw: RawSeller, sort: SellerQuery['sort']): number[] {
  const total = raw.s1 + raw.s2 + raw.s3 + raw.s4 + raw.s5;
  const keys = { rating: [raw.isNew, raw.lowerBound, total], ratings: [total], newest: [] }[sort];
  return [...keys, raw.id];
}

/** Conditions on `u` that a search sets. LIKE's own wildcards are taken literally. */
function filters(db: Queryable, { search, category, scored }: SellerFilter) {
  return [
    search !== undefined && search !== '' && contains(Prisma.sql`u.SearchName`, search),
    category !== undefined &&
      Prisma.sql`EXISTS (SELECT 1 FROM SellerListings c WHERE c.SellerId = u.Id AND c.Status = 'active' AND ${within(db.engine, Prisma.sql`c.Category`, category)})`,
    scored && Prisma.sql`u.TotalRatings >= ${NEW_SELLER_BELOW}`,
  ];
}

export function sellersRepository(db: Queryable): SellersRepository {
  const { prisma } = db;
  return {
    async find(query) {
      const columns = SORTS[query.sort];
      const conditions = where([...filters(db, query), query.after && after(columns, query.after)]);
      const rows = await db.read<RawSeller>(
        Prisma.sql`${SELECT_SELLERS} ${conditions} ${orderBy(columns)} ${limit(db.engine, query.limit)}`,
      );
      return rows.map((raw): SortedSellerRow => ({ ...toRow(raw), sortKeys: sortKeys(raw, query.sort) }));
    },

    async count(query) {
      const [row] = await db.read<{ n: number }>(
        Prisma.sql`SELECT COUNT(*) AS n FROM Users u JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller' ${where(filters(db, query))}`,
      );
      return row?.n ?? 0;
    },

    async findById(id) {
      const [row] = await db.read<RawSeller>(Prisma.sql`${SELECT_SELLERS} WHERE u.Id = ${id}`);
      return row ? toRow(row) : null;
    },

    async findMany(ids) {
      if (ids.length === 0) return [];
      return (await db.read<RawSeller>(Prisma.sql`${SELECT_SELLERS} WHERE u.Id IN (${Prisma.join([...ids])})`)).map(toRow);
    },

    async listNew(rows) {
      const newest = orderBy([byId]);
      return (
        await db.read<RawSeller>(
          Prisma.sql`${SELECT_SELLERS} WHERE u.TotalRatings < ${NEW_SELLER_BELOW} ${newest} ${limit(db.engine, rows)}`,
        )
      ).map(toRow);
    },

    async countByCategory() {
      return db.read<{ path: string; name: string; sellers: number }>(Prisma.sql`
        SELECT t.Path AS path, t.Name AS name, n.sellers AS sellers
        FROM (
          SELECT ${topOf(db.engine, Prisma.sql`l.Category`)} AS widest, COUNT(DISTINCT l.SellerId) AS sellers
          FROM SellerListings l WHERE l.Status = 'active' GROUP BY ${topOf(db.engine, Prisma.sql`l.Category`)}
        ) n JOIN Categories t ON t.Path = n.widest
        ORDER BY t.Position, t.Path`);
    },

    async names(sellerIds) {
      if (sellerIds.length === 0) return new Map();
      const rows = await db.read<{ id: number; name: string }>(
        Prisma.sql`SELECT u.Id AS id, u.FullName AS name FROM Users u WHERE u.Id IN (${Prisma.join(sellerIds)})`,
      );
      return new Map(rows.map(({ id, name }) => [id, name]));
    },

    histograms: (sellerIds) => readHistograms(db, sellerIds),

    async open(userId, at) {
      await accountsRepository(db).grantRole(userId, 'seller', at);
      if ((await prisma.sellerProfile.count({ where: { userId } })) > 0) return false;
      return insertUnlessThere(() => prisma.sellerProfile.createMany({ data: [{ userId, createdAt: at, updatedAt: at }] }));
    },

    async profileOf(userId) {
      const row = await prisma.sellerProfile.findUnique({ where: { userId } });
      if (!row) return null;
      const { tierId, contactEmail, showContactEmail, website, socialLinks, updatedAt } = row;
      const links = SocialLinks.safeParse(JSON.parse(socialLinks ?? '{}'));
      return { tierId, contactEmail, showContactEmail, website, socialLinks: links.data ?? {}, updatedAt };
    },

    completedSales: (userId) => prisma.order.count({ where: { sellerId: userId, status: 'completed' } }),

    async updateStore(userId, { bio, location, contactEmail, showContactEmail, website, socialLinks, ...names }, at) {
      await prisma.user.updateMany({ where: { id: userId }, data: { ...names, updatedAt: at } });
      const rest = {
        ...(bio === undefined ? {} : { bio }),
        ...(location === undefined ? {} : { location }),
        ...(contactEmail === undefined ? {} : { contactEmail }),
        ...(showContactEmail === undefined ? {} : { showContactEmail }),
        ...(website === undefined ? {} : { website }),
        ...(socialLinks === undefined ? {} : { socialLinks: JSON.stringify(socialLinks) }),
      };
      await prisma.sellerProfile.updateMany({ where: { userId }, data: { ...rest, updatedAt: at } });
    },

    async idByWallet(address) {
      const wallet = await prisma.wallet.findUnique({ where: { address }, select: { userId: true } });
      return wallet?.userId ?? null;
    },

    async walletOf(userId) {
      const wallet = await prisma.wallet.findFirst({
        where: { userId },
        orderBy: [{ linkedAt: 'asc' }, { address: 'asc' }],
        select: { address: true },
      });
      return wallet?.address ?? null;
    },
  };
}

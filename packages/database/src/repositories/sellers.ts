import { NEW_SELLER_BELOW, SocialLinks } from '@assay/contract';
import type { ProfileRow, SellerFilter, SellerQuery, SellerRow, SellersRepository, SortedSellerRow } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { contains } from '../engine/like.ts';
import { topOf, within } from '../engine/subtree.ts';
import { after, orderBy, type SortColumn, where } from '../engine/keyset.ts';
import { columns, computed, countRows, date, json, outer } from '../engine/rows.ts';
import { accountsRepository } from './accounts.ts';
import { readHistograms, STORED_COUNTS, toHistogram } from './histogram.ts';

const IS_NEW = Prisma.sql`CASE WHEN u.TotalRatings >= ${NEW_SELLER_BELOW} THEN 0 ELSE 1 END`;
const LOWER_BOUND = Prisma.sql`COALESCE(u.RatingLowerBound, 0)`;

const SELLER = columns(
  { u: 'Users', p: outer('SellerProfiles') },
  {
    id: 'u.Id',
    name: 'u.FullName',
    bio: 'p.Bio',
    location: 'p.Location',
    closedUntil: 'p.ClosedUntil',
    sellingSince: date(Prisma.sql`COALESCE(p.CreatedAt, u.CreatedAt)`),
    listingCount: computed<number>(Prisma.sql`(SELECT COUNT(*) FROM SellerListings l WHERE l.SellerId = u.Id AND l.Status = 'active')`),
    ...STORED_COUNTS,
    isNew: computed<number>(IS_NEW),
    lowerBound: computed<number>(LOWER_BOUND),
  },
  ({ s1, s2, s3, s4, s5, isNew, lowerBound, ...row }) => {
    const seller: SellerRow = { ...row, histogram: toHistogram({ s1, s2, s3, s4, s5 }) };
    return { seller, isNew, lowerBound, total: s1 + s2 + s3 + s4 + s5 };
  },
);
const SELLERS = Prisma.sql`
  FROM Users u
  JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller'
  LEFT JOIN SellerProfiles p ON p.UserId = u.Id`;

const CATEGORY = columns({ t: 'Categories' }, { path: 't.Path', name: 't.Name', sellers: computed<number>(Prisma.sql`n.sellers`) });
const NAME = columns({ u: 'Users' }, { id: 'u.Id', name: 'u.FullName' });
const PROFILE = columns(
  { p: 'SellerProfiles' },
  {
    tierId: 'p.TierId',
    contactEmail: 'p.ContactEmail',
    showContactEmail: 'p.ShowContactEmail',
    website: 'p.Website',
    socialLinks: json('p.SocialLinks', SocialLinks.catch({})),
    updatedAt: 'p.UpdatedAt',
  },
  ({ socialLinks, ...row }): ProfileRow => ({ ...row, socialLinks: socialLinks ?? {} }),
);

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

function sortKeys({ seller, isNew, lowerBound, total }: ReturnType<typeof SELLER.decode>[number], sort: SellerQuery['sort']): number[] {
  const keys = { rating: [isNew, lowerBound, total], ratings: [total], newest: [] }[sort];
  return [...keys, seller.id];
}

/** Conditions on `u` that a search sets. LIKE's own wildcards are taken literally. */
function filters(db: Queryable, { search, category, scored }: SellerFilter) {
  return [
    // Of a search for signs that are not compared, nothing is left: no name has it.
    search !== undefined && (search === '' ? Prisma.sql`1 = 0` : contains(Prisma.sql`u.SearchName`, search)),
    category !== undefined &&
      Prisma.sql`EXISTS (SELECT 1 FROM SellerListings c WHERE c.SellerId = u.Id AND c.Status = 'active' AND ${within(db.engine, Prisma.sql`c.Category`, category)})`,
    scored && Prisma.sql`u.TotalRatings >= ${NEW_SELLER_BELOW}`,
  ];
}

export function sellersRepository(db: Queryable): SellersRepository {
  const { prisma } = db;
  const read = async (rest: Prisma.Sql) => (await SELLER.read(db, Prisma.sql`${SELLERS} ${rest}`)).map(({ seller }) => seller);
  return {
    async find(query) {
      const order = SORTS[query.sort];
      const conditions = where([...filters(db, query), query.after && after(order, query.after)]);
      const rows = await SELLER.read(db, Prisma.sql`${SELLERS} ${conditions} ${orderBy(order)} ${limit(db.engine, query.limit)}`);
      return rows.map((row): SortedSellerRow => ({ ...row.seller, sortKeys: sortKeys(row, query.sort) }));
    },

    count: (query) =>
      countRows(db, Prisma.sql`FROM Users u JOIN UserRoles ur ON ur.UserId = u.Id AND ur.Role = 'seller' ${where(filters(db, query))}`),

    findById: async (id) => (await read(Prisma.sql`WHERE u.Id = ${id}`))[0] ?? null,
    findMany: async (ids) => (ids.length === 0 ? [] : read(Prisma.sql`WHERE u.Id IN (${Prisma.join([...ids])})`)),
    listNew: (rows) => read(Prisma.sql`WHERE u.TotalRatings < ${NEW_SELLER_BELOW} ${orderBy([byId])} ${limit(db.engine, rows)}`),

    countByCategory: () =>
      CATEGORY.read(
        db,
        Prisma.sql`FROM (
            SELECT ${topOf(db.engine, Prisma.sql`l.Category`)} AS widest, COUNT(DISTINCT l.SellerId) AS sellers
            FROM SellerListings l WHERE l.Status = 'active' GROUP BY ${topOf(db.engine, Prisma.sql`l.Category`)}
          ) n JOIN Categories t ON t.Path = n.widest
          ORDER BY t.Position, t.Path`,
      ),

    async names(sellerIds) {
      if (sellerIds.length === 0) return new Map();
      const rows = await NAME.read(db, Prisma.sql`FROM Users u WHERE u.Id IN (${Prisma.join(sellerIds)})`);
      return new Map(rows.map(({ id, name }) => [id, name]));
    },

    histograms: (sellerIds) => readHistograms(db, sellerIds),

    async open(userId, at) {
      await accountsRepository(db).grantRole(userId, 'seller', at);
      if ((await prisma.sellerProfile.count({ where: { userId } })) > 0) return false;
      return insertUnlessThere(() => prisma.sellerProfile.createMany({ data: [{ userId, createdAt: at, updatedAt: at }] }));
    },

    profileOf: (userId) => PROFILE.first(db, Prisma.sql`FROM SellerProfiles p WHERE p.UserId = ${userId}`),

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

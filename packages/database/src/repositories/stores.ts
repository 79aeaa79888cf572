import type { StoresRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere, updateOrInsert } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { after, orderBy, where, type SortColumn } from '../engine/keyset.ts';
import { columns, COUNT, countRows } from '../engine/rows.ts';
import { valueRows } from '../engine/value-rows.ts';
import { LISTING, LISTINGS } from './listings.ts';

const SETTINGS = columns(
  { s: 'Stores' },
  {
    about: 's.About',
    accent: 's.Accent',
    shippingPolicy: 's.ShippingPolicy',
    returnsPolicy: 's.ReturnsPolicy',
    contactPolicy: 's.ContactPolicy',
    version: 's.Version',
  },
);
const FOLLOW = columns({ f: 'StoreFollows' }, { sellerId: 'f.SellerId', followedAt: 'f.CreatedAt' });
const VISIT = columns({ v: 'FollowingVisits' }, { previousAt: 'v.PreviousAt' });
const PUBLISHED = columns({ l: 'SellerListings' }, { sellerId: 'l.SellerId', n: COUNT });

const LATEST: SortColumn[] = [
  { column: Prisma.sql`f.CreatedAt`, descending: true },
  { column: Prisma.sql`f.SellerId`, descending: true },
];

export function storesRepository(db: Queryable): StoresRepository {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) > 0;
  const isFollowing = async (sellerId: number, userId: number) =>
    (await countRows(db, Prisma.sql`FROM StoreFollows f WHERE f.SellerId = ${sellerId} AND f.UserId = ${userId}`)) > 0;

  return {
    settings: (sellerId) => SETTINGS.first(db, Prisma.sql`FROM Stores s WHERE s.SellerId = ${sellerId}`),

    async saveSettings(sellerId, { about, accent, shippingPolicy, returnsPolicy, contactPolicy }, version, at) {
      if (version > 0)
        return changed(Prisma.sql`
          UPDATE Stores SET About = ${about}, Accent = ${accent}, ShippingPolicy = ${shippingPolicy}, ReturnsPolicy = ${returnsPolicy},
            ContactPolicy = ${contactPolicy}, Version = Version + 1, UpdatedAt = ${at}
          WHERE SellerId = ${sellerId} AND Version = ${version}`);
      return insertUnlessThere(() =>
        insert(db, 'Stores', {
          SellerId: sellerId,
          About: about,
          Accent: accent,
          ShippingPolicy: shippingPolicy,
          ReturnsPolicy: returnsPolicy,
          ContactPolicy: contactPolicy,
          Version: 1,
          UpdatedAt: at,
        }),
      );
    },

    lock: (sellerId, at) => changed(Prisma.sql`UPDATE SellerProfiles SET UpdatedAt = ${at} WHERE UserId = ${sellerId}`),

    close: (sellerId, until, at) =>
      changed(Prisma.sql`UPDATE SellerProfiles SET ClosedUntil = ${until}, UpdatedAt = ${at} WHERE UserId = ${sellerId}`),

    featured: (sellerId) =>
      LISTING.read(
        db,
        Prisma.sql`${LISTINGS} JOIN StoreFeatured f ON f.SellerId = l.SellerId AND f.ListingId = l.Id
          WHERE f.SellerId = ${sellerId} AND l.Status = 'active' ORDER BY f.Position`,
      ),

    async replaceFeatured(sellerId, listingIds) {
      await db.write(Prisma.sql`DELETE FROM StoreFeatured WHERE SellerId = ${sellerId}`);
      if (listingIds.length === 0) return;
      const rows = listingIds.map((listing, place) => ({ listing, place }));
      await db.write(Prisma.sql`
        INSERT INTO StoreFeatured (SellerId, ListingId, Position)
        SELECT ${sellerId}, n.listing, n.place FROM ${valueRows(db, rows)} n WHERE 1 = 1`);
    },

    isFollowing,

    async follow(sellerId, userId, at) {
      if (await isFollowing(sellerId, userId)) return false;
      return insertUnlessThere(() => insert(db, 'StoreFollows', { SellerId: sellerId, UserId: userId, CreatedAt: at }));
    },

    unfollow: (sellerId, userId) => changed(Prisma.sql`DELETE FROM StoreFollows WHERE SellerId = ${sellerId} AND UserId = ${userId}`),

    countFollowers: (sellerId) => countRows(db, Prisma.sql`FROM StoreFollows f WHERE f.SellerId = ${sellerId}`),

    following(userId, rows, keys) {
      const conditions = where([Prisma.sql`f.UserId = ${userId}`, keys && after(LATEST, [...keys])]);
      return FOLLOW.read(db, Prisma.sql`FROM StoreFollows f ${conditions} ${orderBy(LATEST)} ${limit(db.engine, rows)}`);
    },

    countFollowing: (userId) => countRows(db, Prisma.sql`FROM StoreFollows f WHERE f.UserId = ${userId}`),

    async countListingsSince(sellerIds, since) {
      if (sellerIds.length === 0) return new Map();
      const rows = await PUBLISHED.read(
        db,
        Prisma.sql`FROM SellerListings l
          WHERE l.SellerId IN (${Prisma.join([...sellerIds])}) AND l.Status = 'active' AND l.PublishedAt > ${since} GROUP BY l.SellerId`,
      );
      return new Map(rows.map(({ sellerId, n }) => [sellerId, n]));
    },

    async previousVisit(userId) {
      const visit = await VISIT.first(db, Prisma.sql`FROM FollowingVisits v WHERE v.UserId = ${userId}`);
      return visit?.previousAt ?? null;
    },

    async recordVisit(userId, at, apartMs) {
      const apart = new Date(at.getTime() - apartMs);
      if (await changed(Prisma.sql`UPDATE FollowingVisits SET VisitedAt = ${at} WHERE UserId = ${userId} AND VisitedAt > ${apart}`)) return;
      const next = Prisma.sql`UPDATE FollowingVisits SET PreviousAt = VisitedAt, VisitedAt = ${at} WHERE UserId = ${userId} AND VisitedAt <= ${apart}`;
      await updateOrInsert(
        () => db.write(next),
        () => insert(db, 'FollowingVisits', { UserId: userId, VisitedAt: at }),
      );
    },
  };
}

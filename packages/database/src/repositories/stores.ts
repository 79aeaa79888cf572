import type { FollowRow, StoresRepository, StoreSettingsRow } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere, updateOrInsert } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { after, orderBy, where, type SortColumn } from '../engine/keyset.ts';
import { valueRows } from '../engine/value-rows.ts';
import { toDate, type RawDate } from '../engine/values.ts';
import { SELECT_LISTINGS, toListingRow, type RawListing } from './listings.ts';

const LATEST: SortColumn[] = [
  { column: Prisma.sql`f.CreatedAt`, descending: true },
  { column: Prisma.sql`f.SellerId`, descending: true },
];

export function storesRepository(db: Queryable): StoresRepository {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) > 0;
  const countOf = async (query: Prisma.Sql) => (await db.read<{ n: number }>(query))[0]?.n ?? 0;
  const isFollowing = async (sellerId: number, userId: number) =>
    (await countOf(
      Prisma.sql`SELECT CAST(COUNT(*) AS INT) AS n FROM StoreFollows f WHERE f.SellerId = ${sellerId} AND f.UserId = ${userId}`,
    )) > 0;

  return {
    async settings(sellerId) {
      const [row] = await db.read<StoreSettingsRow>(Prisma.sql`
        SELECT s.About AS about, s.Accent AS accent, s.ShippingPolicy AS shippingPolicy, s.ReturnsPolicy AS returnsPolicy,
          s.ContactPolicy AS contactPolicy, s.Version AS version
        FROM Stores s WHERE s.SellerId = ${sellerId}`);
      return row ?? null;
    },

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

    async featured(sellerId) {
      const rows = await db.read<RawListing>(Prisma.sql`
        ${SELECT_LISTINGS} JOIN StoreFeatured f ON f.SellerId = l.SellerId AND f.ListingId = l.Id
        WHERE f.SellerId = ${sellerId} AND l.Status = 'active' ORDER BY f.Position`);
      return rows.map(toListingRow);
    },

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

    countFollowers: (sellerId) => countOf(Prisma.sql`SELECT CAST(COUNT(*) AS INT) AS n FROM StoreFollows f WHERE f.SellerId = ${sellerId}`),

    async following(userId, rows, keys) {
      const conditions = where([Prisma.sql`f.UserId = ${userId}`, keys && after(LATEST, [...keys])]);
      const found = await db.read<Omit<FollowRow, 'followedAt'> & { followedAt: RawDate }>(Prisma.sql`
        SELECT f.SellerId AS sellerId, f.CreatedAt AS followedAt FROM StoreFollows f
        ${conditions} ${orderBy(LATEST)} ${limit(db.engine, rows)}`);
      return found.map((row) => ({ ...row, followedAt: toDate(row.followedAt) }));
    },

    countFollowing: (userId) => countOf(Prisma.sql`SELECT CAST(COUNT(*) AS INT) AS n FROM StoreFollows f WHERE f.UserId = ${userId}`),

    async countListingsSince(sellerIds, since) {
      if (sellerIds.length === 0) return new Map();
      const rows = await db.read<{ id: number; n: number }>(Prisma.sql`
        SELECT l.SellerId AS id, CAST(COUNT(*) AS INT) AS n FROM SellerListings l
        WHERE l.SellerId IN (${Prisma.join([...sellerIds])}) AND l.Status = 'active' AND l.PublishedAt > ${since} GROUP BY l.SellerId`);
      return new Map(rows.map(({ id, n }) => [id, n]));
    },

    async previousLook(userId) {
      const [row] = await db.read<{ at: RawDate | null }>(
        Prisma.sql`SELECT v.PreviousAt AS at FROM FollowingVisits v WHERE v.UserId = ${userId}`,
      );
      return toDate(row?.at ?? null);
    },

    async look(userId, at, apartMs) {
      const apart = new Date(at.getTime() - apartMs);
      if (await changed(Prisma.sql`UPDATE FollowingVisits SET VisitedAt = ${at} WHERE UserId = ${userId} AND VisitedAt > ${apart}`)) return;
      const anew = Prisma.sql`UPDATE FollowingVisits SET PreviousAt = VisitedAt, VisitedAt = ${at} WHERE UserId = ${userId} AND VisitedAt <= ${apart}`;
      await updateOrInsert(
        () => db.write(anew),
        () => insert(db, 'FollowingVisits', { UserId: userId, VisitedAt: at }),
      );
    },
  };
}

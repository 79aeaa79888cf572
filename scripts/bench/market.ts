import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';

export interface Market {
  /** A seller with 1,000 ratings and one with 100,000. */
  small: number;
  large: number;
  /** The seller that is rated, whose buyers have completed orders. */
  busy: number;
  buyers: { id: number; orderId: number }[];
  /** A listing of the busy seller with a million units, to be picked up. */
  listing: number;
}

/** The session of a buyer: tokens of the benchmark belong to it. */
export const sessionOf = (buyerId: number): string => `bench-${buyerId}`;

const PICKUP = JSON.stringify({ shipsFrom: 'PT', handlingDays: { min: 1, max: 2 }, price: 'free', destinations: [], pickup: true });

/** Fills a migrated, empty SQLite file, with plain SQL because only the result matters. */
export function fillMarket(file: string, writers: number): Market {
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  const at = (i: number) => new Date(Date.UTC(2026, 0, 1) + i * 1000).toISOString().replace('Z', '+00:00');
  const user = db.prepare('INSERT INTO Users (FullName, SearchName) VALUES (?, ?)');
  const session = db.prepare(
    "INSERT INTO Sessions (Id, UserId, TokenHash, ExpiresAt) VALUES (?, ?, 'none', '2100-01-01T00:00:00.000+00:00')",
  );
  const role = db.prepare("INSERT INTO UserRoles (UserId, Role) VALUES (?, 'seller')");
  const profile = db.prepare('INSERT INTO SellerProfiles (UserId, Bio, Location) VALUES (?, ?, ?)');
  const listing = db.prepare(
    "INSERT INTO SellerListings (SellerId, Title, PriceE8, Currency, Category, Status, PublishedAt) VALUES (?, ?, 1250000000, 'EUR', 'ceramics/bowls', 'active', strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))",
  );
  const order = db.prepare(
    "INSERT INTO Orders (ListingId, SellerId, BuyerId, Title, PriceE8, Currency, Status, CompletedAt) VALUES (?, ?, ?, 'Bowl', 1250000000, 'EUR', 'completed', ?)",
  );
  const rating = db.prepare(
    'INSERT INTO SellerRatings (SellerId, RaterId, Rating, Comment, OrderId, CreatedAt, UpdatedAt) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );

  const seller = (name: string) => {
    const id = Number(user.run(name, name.toLowerCase()).lastInsertRowid);
    role.run(id);
    profile.run(id, 'Wheel-thrown stoneware with ash glazes.', 'Évora');
    const listingIds = ['Cup', 'Vase', 'Bowl', 'Teapot'].map((title) => Number(listing.run(id, title).lastInsertRowid));
    return { id, listingId: listingIds[0]! };
  };
  const rate = (to: { id: number; listingId: number }, raterIds: number[]) => {
    raterIds.forEach((raterId, i) => {
      const { lastInsertRowid: orderId } = order.run(to.listingId, to.id, raterId, at(i));
      rating.run(to.id, raterId, 1 + ((i * 7) % 5), i % 2 ? `Better than in the photographs, number ${i}.` : null, orderId, at(i), at(i));
    });
    db.prepare(
      `UPDATE Users SET (Stars1, Stars2, Stars3, Stars4, Stars5) =
        (SELECT SUM(Rating = 1), SUM(Rating = 2), SUM(Rating = 3), SUM(Rating = 4), SUM(Rating = 5) FROM SellerRatings WHERE SellerId = Users.Id) WHERE Id = ?`,
    ).run(to.id);
    db.prepare(
      `INSERT INTO SellerRatingDays (SellerId, Day, Stars1, Stars2, Stars3, Stars4, Stars5)
        SELECT SellerId, unixepoch(CreatedAt) / 86400, SUM(Rating = 1), SUM(Rating = 2), SUM(Rating = 3), SUM(Rating = 4), SUM(Rating = 5)
        FROM SellerRatings WHERE SellerId = ? GROUP BY 1, 2`,
    ).run(to.id);
  };

  const fill = db.transaction((): Market => {
    const [small, large, busy] = [seller('Small'), seller('Large'), seller('Busy')];
    const people = Array.from({ length: 100_000 }, (_, i) =>
      Number(user.run(`Buyer ${createHash('sha1').update(String(i)).digest('hex').slice(0, 8)}`, 'buyer').lastInsertRowid),
    );
    rate(small, people.slice(0, 1000));
    rate(large, people);
    const buyers = Array.from({ length: writers }, () => {
      const id = Number(user.run('Busy Buyer', 'buyer').lastInsertRowid);
      session.run(sessionOf(id), id);
      return { id, orderId: Number(order.run(busy.listingId, busy.id, id, at(0)).lastInsertRowid) };
    });
    db.prepare('UPDATE SellerListings SET Quantity = 1000000, ShippingInfo = ? WHERE Id = ?').run(PICKUP, busy.listingId);
    return { small: small.id, large: large.id, busy: busy.id, buyers, listing: busy.listingId };
  });
  const market = fill();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return market;
}

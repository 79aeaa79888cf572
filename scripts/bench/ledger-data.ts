import type { PayoutSeal } from '@assay/core';
import Database from 'better-sqlite3';

/** Sellers whose payouts are due at once. */
export const EARNERS = 10_000;
const ORDERS_OF_SMALL = 17;
/** Of an order that was paid and released. */
const POSTINGS = 6;
const AMOUNT = 1250;
const [COMMISSION, VAT] = [100, 19];

export interface LedgerData {
  /** A seller with about 100 postings, and one with all that are left. */
  small: number;
  large: number;
  orders: number;
}

/**
 * Fills a migrated, empty SQLite file with orders that were paid and released, by plain SQL: one seller has nearly all of them, and 10,000
 * have one each, with payout details and a payout that is due in a year.
 * @param postings about how many the ledger gets
 */
export function fillLedger(file: string, postings: number, seal: PayoutSeal): LedgerData {
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  const at = '2026-01-05T08:00:00.000+00:00';
  const user = db.prepare('INSERT INTO Users (FullName, SearchName) VALUES (?, ?)');
  const role = db.prepare("INSERT INTO UserRoles (UserId, Role) VALUES (?, 'seller')");
  const profile = db.prepare('INSERT INTO SellerProfiles (UserId) VALUES (?)');
  const listing = db.prepare(
    "INSERT INTO SellerListings (SellerId, Title, PriceE8, Currency, Category, Status, PublishedAt) VALUES (?, 'Bowl', 1250000000, 'EUR', 'ceramics/bowls', 'active', ?)",
  );
  const order = db.prepare(
    "INSERT INTO Orders (ListingId, SellerId, BuyerId, Title, PriceE8, Currency, Status, CompletedAt) VALUES (?, ?, ?, 'Bowl', 1250000000, 'EUR', 'completed', ?)",
  );
  const payment = db.prepare(
    "INSERT INTO Payments (OrderId, Provider, Reference, AmountE8, Currency, Status) VALUES (?, 'bank', ?, 1250000000, 'EUR', 'captured')",
  );
  const entry = db.prepare('INSERT INTO LedgerEntries (Cause, Kind, Currency, OrderId, IsTest, Lines, At) VALUES (?, ?, ?, ?, 0, ?, ?)');
  const posting = db.prepare(
    "INSERT INTO LedgerPostings (EntryId, Line, Account, SellerId, Currency, AmountMinor) VALUES (?, ?, ?, ?, 'EUR', ?)",
  );
  const details = db.prepare(
    "INSERT INTO SellerPayoutDetails (UserId, Method, Sealed, KeyId, Masked, Version, CreatedAt, UpdatedAt) VALUES (?, 'bank', ?, ?, 'DE89 •••• 3000', 1, ?, ?)",
  );
  const settings = db.prepare(
    "INSERT INTO PayoutSettings (SellerId, Schedule, NextAt, UpdatedAt) VALUES (?, 'weekly', '2100-01-01T05:00:00.000+00:00', ?)",
  );

  const seller = (name: string) => {
    const id = Number(user.run(name, name.toLowerCase()).lastInsertRowid);
    role.run(id);
    profile.run(id);
    return { id, listingId: Number(listing.run(id, at).lastInsertRowid) };
  };
  let orders = 0;
  const sell = ({ id, listingId }: { id: number; listingId: number }, buyer: number) => {
    const orderId = Number(order.run(listingId, id, buyer, at).lastInsertRowid);
    payment.run(orderId, `b${orderId}`);
    orders++;
    const add = (kind: string, suffix: string, lines: [account: string, amount: number][]) => {
      const entryId = entry.run(`payment:${orderId}${suffix}`, kind, 'EUR', orderId, lines.length, at).lastInsertRowid;
      for (const [index, [account, amount]] of lines.entries()) posting.run(entryId, index + 1, account, id, amount);
    };
    add('payment', '', [
      ['clearing', AMOUNT],
      ['held', -AMOUNT],
    ]);
    add('release', ':release', [
      ['held', AMOUNT],
      ['seller_balance', COMMISSION + VAT - AMOUNT],
      ['commission', -COMMISSION],
      ['commission_vat', -VAT],
    ]);
  };
  const earner = (buyer: number) => {
    const of = seller('Earner');
    sell(of, buyer);
    details.run(
      of.id,
      seal.seal(of.id, { method: 'bank', holder: 'Earner', iban: 'DE89370400440532013000', bic: null }),
      seal.keyId,
      at,
      at,
    );
    settings.run(of.id, at);
  };
  const fill = db.transaction((): LedgerData => {
    const buyer = Number(user.run('Buyer', 'buyer').lastInsertRowid);
    const [small, large] = [seller('Small'), seller('Large')];
    for (let i = 0; i < ORDERS_OF_SMALL; i++) sell(small, buyer);
    for (let i = 0; i < EARNERS; i++) earner(buyer);
    for (let left = Math.ceil(postings / POSTINGS) - orders; left > 0; left--) sell(large, buyer);
    db.exec(
      'INSERT INTO LedgerBalances (SellerId, Currency, Account, BalanceMinor) SELECT SellerId, Currency, Account, SUM(AmountMinor) FROM LedgerPostings GROUP BY 1, 2, 3',
    );
    return { small: small.id, large: large.id, orders };
  });
  const filled = fill();
  db.exec('ANALYZE');
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return filled;
}

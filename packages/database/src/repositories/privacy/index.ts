import type { DeletionObstacle } from '@assay/contract';
import type { PrivacyRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../../engine/database.ts';
import { lockRows } from '../../engine/locks.ts';
import { columns, countRows } from '../../engine/rows.ts';
import { closeAccount, eraseStep } from './erasure.ts';
import { expireMoneyRecords } from './money-records.ts';
import { SECTIONS } from './sections.ts';

const byFile = new Map(SECTIONS.map((section) => [section.file, section]));

const FILE = columns({ f: 'SellerVerificationFiles' }, { id: 'f.Id', storageKey: 'f.StorageKey' });
const EVIDENCE = columns({ f: 'DisputeFiles' }, { id: 'f.Id', storageKey: 'f.StorageKey' });
const ORDER = columns({ o: 'Orders' }, { id: 'o.Id' });

/** States of orders that go on. */
const OPEN = Prisma.sql`('placed', 'paying', 'paid', 'shipped', 'delivered', 'disputed')`;

const IS_OPEN = Prisma.sql`(o.Status IN ${OPEN} OR EXISTS (SELECT 1 FROM Returns r WHERE r.OrderId = o.Id AND r.ClosedAt IS NULL))`;

/** Rows that stand in the way of a deletion. */
const OBSTACLES: Record<Exclude<DeletionObstacle, 'last-admin'>, (userId: number) => Prisma.Sql> = {
  'open-purchases': (userId) => Prisma.sql`FROM Orders o WHERE o.BuyerId = ${userId} AND ${IS_OPEN}`,
  'open-sales': (userId) => Prisma.sql`FROM Orders o WHERE o.SellerId = ${userId} AND ${IS_OPEN}`,
  'pending-payments': (userId) =>
    Prisma.sql`FROM Orders o JOIN Payments p ON p.OrderId = o.Id
      WHERE (o.BuyerId = ${userId} OR o.SellerId = ${userId}) AND (p.Status IN ('pending', 'unresolved', 'refunding') OR p.RefundPendingE8 > 0)`,
  balance: (userId) =>
    Prisma.sql`FROM LedgerBalances b
      WHERE b.SellerId = ${userId} AND b.Account IN ('seller_balance', 'seller_debt', 'reserve', 'payouts_in_transit') AND b.BalanceMinor <> 0`,
  'open-appeals': (userId) => Prisma.sql`FROM RatingAppeals a WHERE a.AppellantId = ${userId} AND a.Status = 'open'`,
};

export function privacyRepository(db: Queryable): PrivacyRepository {
  const isLastAdmin = async (userId: number) => {
    await lockRows(db, 'UserRoles', 'GrantedAt', Prisma.sql`Role = 'admin'`); // of two that go at once, one stays
    const others = Prisma.sql`FROM UserRoles r JOIN Users u ON u.Id = r.UserId WHERE r.Role = 'admin' AND r.UserId <> ${userId} AND u.DisabledAt IS NULL`;
    const mine = Prisma.sql`FROM UserRoles r WHERE r.Role = 'admin' AND r.UserId = ${userId}`;
    return (await countRows(db, mine)) > 0 && (await countRows(db, others)) === 0;
  };
  return {
    exportFiles: [...byFile.keys()],

    exportPage: (file, userId, after, rows) => byFile.get(file)!.read(db, userId, after, limit(db.engine, rows)),

    async obstacles(userId) {
      const found: { obstacle: DeletionObstacle; count: number }[] = [];
      for (const [obstacle, from] of Object.entries(OBSTACLES)) {
        const count = await countRows(db, from(userId));
        if (count > 0) found.push({ obstacle: obstacle as DeletionObstacle, count });
      }
      if (await isLastAdmin(userId)) found.push({ obstacle: 'last-admin', count: 1 });
      return found;
    },

    async addresses(userId) {
      const rows = await db.read<{ address: string | null }>(Prisma.sql`
        SELECT m.Recipient AS address FROM EmailMessages m WHERE m.UserId = ${userId}
        UNION SELECT u.Email FROM Users u WHERE u.Id = ${userId}
        UNION SELECT c.OldEmail FROM EmailChanges c WHERE c.UserId = ${userId}
        UNION SELECT c.NewEmail FROM EmailChanges c WHERE c.UserId = ${userId}`);
      return rows.flatMap(({ address }) => address ?? []);
    },

    close: (userId, name, at) => closeAccount(db, userId, name, at),
    erase: (step, userId, rows, at) => eraseStep(db, step, userId, rows, at),

    async unpaidOrders(userId, rows) {
      const found = await ORDER.read(
        db,
        Prisma.sql`FROM Orders o WHERE (o.BuyerId = ${userId} OR o.SellerId = ${userId}) AND o.Status = 'placed'
          AND NOT EXISTS (SELECT 1 FROM Payments p WHERE p.OrderId = o.Id AND p.Status IN ('pending', 'unresolved', 'captured', 'refunding'))
          ORDER BY o.Id ${limit(db.engine, rows)}`,
      );
      return found.map(({ id }) => id);
    },

    followed: async (userId, rows) =>
      (
        await db.read<{ id: number }>(
          Prisma.sql`SELECT s.SellerId AS id FROM StoreFollows s WHERE s.UserId = ${userId} ORDER BY s.SellerId ${limit(db.engine, rows)}`,
        )
      ).map(({ id }) => id),

    documents: (userId, arriving, rows) =>
      FILE.read(
        db,
        Prisma.sql`FROM SellerVerificationFiles f JOIN SellerVerifications v ON v.Id = f.VerificationId
          WHERE v.UserId = ${userId} AND f.RemovedAt IS NULL AND (f.StoredAt IS NOT NULL OR f.CreatedAt < ${arriving})
          ORDER BY f.Id ${limit(db.engine, rows)}`,
      ),

    evidence: (userId, arriving, rows) =>
      EVIDENCE.read(
        db,
        Prisma.sql`FROM DisputeFiles f
          WHERE f.UploaderId = ${userId} AND f.RemovedAt IS NULL AND (f.StoredAt IS NOT NULL OR f.CreatedAt < ${arriving})
          ORDER BY f.Id ${limit(db.engine, rows)}`,
      ),

    remaining: async (userId) =>
      (await countRows(db, Prisma.sql`FROM Images i WHERE i.OwnerId = ${userId}`)) +
      (await countRows(db, Prisma.sql`FROM SellerVerifications v WHERE v.UserId = ${userId}`)) +
      (await countRows(db, Prisma.sql`FROM DisputeFiles f WHERE f.UploaderId = ${userId}`)),

    async erased(userId, at) {
      await db.write(Prisma.sql`UPDATE Users SET ErasedAt = COALESCE(ErasedAt, ${at}) WHERE Id = ${userId} AND DeletedAt IS NOT NULL`);
    },

    expireMoneyRecords: (before, rows) => expireMoneyRecords(db, before, rows),
  };
}

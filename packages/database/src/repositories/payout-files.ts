import type { PayoutFilesRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { columns, computed } from '../engine/rows.ts';
import { PAYOUT, PAYOUTS } from './payouts.ts';

const OWN = {
  id: 'f.Id',
  messageId: 'f.MessageId',
  executeOn: 'f.ExecuteOn',
  createdAt: 'f.CreatedAt',
  cancelledAt: 'f.CancelledAt',
} as const;
const FILE = columns({ f: 'PayoutFiles' }, OWN);
const LISTED = columns(
  { f: 'PayoutFiles' },
  {
    ...OWN,
    payouts: computed<number>(Prisma.sql`(SELECT CAST(COUNT(*) AS INT) FROM Payouts p WHERE p.FileId = f.Id)`),
    amountMinor: computed<string>(
      Prisma.sql`(SELECT CAST(COALESCE(SUM(p.AmountMinor), 0) AS VARCHAR(20)) FROM Payouts p WHERE p.FileId = f.Id)`,
    ),
  },
  ({ amountMinor, ...file }) => ({ ...file, amountMinor: BigInt(amountMinor) }),
);

export function payoutFilesRepository(db: Queryable): PayoutFilesRepository {
  const { prisma } = db;
  return {
    create: ({ messageId, executeOn }, at) =>
      insertReturningId(db, 'PayoutFiles', { MessageId: messageId, ExecuteOn: executeOn, CreatedAt: at }),

    find: (id) => FILE.first(db, Prisma.sql`FROM PayoutFiles f WHERE f.Id = ${id}`),

    list: (rows) => LISTED.read(db, Prisma.sql`FROM PayoutFiles f ORDER BY f.Id DESC ${limit(db.engine, rows)}`),

    waiting: ({ after, limit: rows, withTestMoney }) =>
      PAYOUT.read(
        db,
        Prisma.sql`${PAYOUTS}
          WHERE p.Status = 'pending' AND p.Method = 'sepa' AND p.Id > ${after} ${withTestMoney ? Prisma.empty : Prisma.sql`AND p.IsTest = 0`}
            AND NOT EXISTS (SELECT 1 FROM PayoutSettings h WHERE h.SellerId = p.SellerId AND h.HeldReason IS NOT NULL)
          ORDER BY p.Id ${limit(db.engine, rows)}`,
      ),

    async add(fileId, id, masked, at) {
      const data = { status: 'sent', fileId, masked, sentAt: at };
      return (await prisma.payout.updateMany({ where: { id, status: 'pending' }, data })).count === 1;
    },

    payoutsOf: (fileId, after, rows) =>
      PAYOUT.read(db, Prisma.sql`${PAYOUTS} WHERE p.FileId = ${fileId} AND p.Id > ${after} ORDER BY p.Id ${limit(db.engine, rows)}`),

    async cancel(id, at) {
      return (await prisma.payoutFile.updateMany({ where: { id, cancelledAt: null }, data: { cancelledAt: at } })).count === 1;
    },

    async takeOut(fileId, id) {
      const data = { status: 'pending', fileId: null, sentAt: null };
      return (await prisma.payout.updateMany({ where: { id, fileId, status: 'sent' }, data })).count === 1;
    },
  };
}

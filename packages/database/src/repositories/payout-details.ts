import type { PayoutDetailsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { updateOrInsert } from '../engine/errors.ts';
import { columns } from '../engine/rows.ts';

const DETAILS = columns(
  { d: 'SellerPayoutDetails' },
  {
    userId: 'd.UserId',
    method: 'd.Method',
    sealed: 'd.Sealed',
    keyId: 'd.KeyId',
    masked: 'd.Masked',
    currency: 'd.Currency',
    version: 'd.Version',
    updatedAt: 'd.UpdatedAt',
  },
);

export function payoutDetailsRepository(db: Queryable): PayoutDetailsRepository {
  const { prisma } = db;
  return {
    find: (userId) => DETAILS.first(db, Prisma.sql`FROM SellerPayoutDetails d WHERE d.UserId = ${userId}`),

    async save({ userId, ...details }, at) {
      const changed = { ...details, updatedAt: at, version: { increment: 1 } };
      await updateOrInsert(
        async () => (await prisma.sellerPayoutDetails.updateMany({ where: { userId }, data: changed })).count,
        () => prisma.sellerPayoutDetails.createMany({ data: [{ userId, ...details, version: 1, createdAt: at, updatedAt: at }] }),
      );
    },

    remove: async (userId) => (await prisma.sellerPayoutDetails.deleteMany({ where: { userId } })).count === 1,

    sealedByOthers: (keyId, after, rows) =>
      DETAILS.read(
        db,
        Prisma.sql`FROM SellerPayoutDetails d WHERE d.UserId > ${after} AND d.KeyId <> ${keyId} ORDER BY d.UserId ${limit(db.engine, rows)}`,
      ),

    async reseal({ userId, version, sealed, keyId }) {
      return (await prisma.sellerPayoutDetails.updateMany({ where: { userId, version }, data: { sealed, keyId } })).count === 1;
    },
  };
}

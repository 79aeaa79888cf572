import type { PayoutDetailsRepository, PayoutDetailsRow } from '@assay/core';
import type { Queryable } from '../engine/database.ts';
import { updateOrInsert } from '../engine/errors.ts';

const toRow = (raw: Omit<PayoutDetailsRow, 'method'> & { method: string }): PayoutDetailsRow => ({
  ...raw,
  method: raw.method as PayoutDetailsRow['method'],
});

export function payoutDetailsRepository({ prisma }: Queryable): PayoutDetailsRepository {
  return {
    async find(userId) {
      const row = await prisma.sellerPayoutDetails.findUnique({ where: { userId } });
      return row && toRow(row);
    },

    async save({ userId, ...details }, at) {
      const anew = { ...details, updatedAt: at, version: { increment: 1 } };
      await updateOrInsert(
        async () => (await prisma.sellerPayoutDetails.updateMany({ where: { userId }, data: anew })).count,
        () => prisma.sellerPayoutDetails.createMany({ data: [{ userId, ...details, version: 1, createdAt: at, updatedAt: at }] }),
      );
    },

    remove: async (userId) => (await prisma.sellerPayoutDetails.deleteMany({ where: { userId } })).count === 1,

    async sealedByOthers(keyId, rows) {
      return (await prisma.sellerPayoutDetails.findMany({ where: { keyId: { not: keyId } }, orderBy: { userId: 'asc' }, take: rows })).map(
        toRow,
      );
    },

    async reseal({ userId, version, sealed, keyId }) {
      return (await prisma.sellerPayoutDetails.updateMany({ where: { userId, version }, data: { sealed, keyId } })).count === 1;
    },
  };
}

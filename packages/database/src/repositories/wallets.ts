import type { WalletsRepository } from '@assay/core';
import type { Queryable } from '../engine/database.ts';
import { refuseDuplicate } from '../engine/errors.ts';

export function walletsRepository({ prisma }: Queryable): WalletsRepository {
  return {
    find: (address) => prisma.wallet.findUnique({ where: { address } }),

    listOf: (userId) => prisma.wallet.findMany({ where: { userId }, orderBy: [{ linkedAt: 'asc' }, { address: 'asc' }] }),

    async link(wallet) {
      await refuseDuplicate('WALLET_TAKEN', () => prisma.wallet.createMany({ data: [wallet] }));
    },

    unlink: async (address, userId) => (await prisma.wallet.deleteMany({ where: { address, userId } })).count === 1,

    async createNonce(nonce, at) {
      await prisma.walletNonce.createMany({ data: [{ ...nonce, createdAt: at }] });
    },

    findNonce: (nonceHash) => prisma.walletNonce.findUnique({ where: { nonceHash } }),

    async useNonce(nonceHash, at) {
      const { count } = await prisma.walletNonce.updateMany({
        where: { nonceHash, usedAt: null, expiresAt: { gt: at } },
        data: { usedAt: at },
      });
      return count === 1;
    },

    purgeNonces: async (before) => (await prisma.walletNonce.deleteMany({ where: { expiresAt: { lt: before } } })).count,
  };
}

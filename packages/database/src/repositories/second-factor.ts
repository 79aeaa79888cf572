import type { SecondFactorRepository } from '@assay/core';
import type { Queryable } from '../engine/database.ts';

export function secondFactorRepository({ prisma }: Queryable): SecondFactorRepository {
  const apps = prisma.authenticatorApp;
  const codes = prisma.recoveryCode;
  return {
    findApp: (userId) => apps.findUnique({ where: { userId } }),

    async setUpApp({ userId, ...app }, at) {
      await apps.deleteMany({ where: { userId, enabledAt: null } });
      await apps.createMany({ data: [{ userId, ...app, createdAt: at, enabledAt: null, lastStep: 0 }] });
    },

    async enableApp({ userId, sealed }, step, at) {
      const { count } = await apps.updateMany({ where: { userId, sealed, enabledAt: null }, data: { enabledAt: at, lastStep: step } });
      return count === 1;
    },

    async useStep(userId, step) {
      const where = { userId, enabledAt: { not: null }, lastStep: { lt: step } };
      return (await apps.updateMany({ where, data: { lastStep: step } })).count === 1;
    },

    async remove(userId) {
      await codes.deleteMany({ where: { userId } });
      return (await apps.deleteMany({ where: { userId } })).count === 1;
    },

    sealedByOthers: (keyId, after, take) =>
      apps.findMany({ where: { userId: { gt: after }, keyId: { not: keyId } }, orderBy: { userId: 'asc' }, take }),

    async reseal({ userId, sealed }, to) {
      return (await apps.updateMany({ where: { userId, sealed }, data: to })).count === 1;
    },

    async replaceRecoveryCodes(userId, hashes) {
      await codes.deleteMany({ where: { userId } });
      await codes.createMany({ data: hashes.map((codeHash, number) => ({ userId, number, codeHash })) });
    },

    countRecoveryCodes: (userId) => codes.count({ where: { userId, usedAt: null } }),

    async findRecoveryCode(userId, number) {
      const row = await codes.findFirst({ where: { userId, number, usedAt: null }, select: { codeHash: true } });
      return row?.codeHash ?? null;
    },

    async useRecoveryCode(userId, number, codeHash, at) {
      const { count } = await codes.updateMany({ where: { userId, number, codeHash, usedAt: null }, data: { usedAt: at } });
      return count === 1;
    },

    async markSession(id, secondFactor) {
      await prisma.session.updateMany({ where: { id }, data: { secondFactor } });
    },

    async unmarkSessions(userId, factors) {
      await prisma.session.updateMany({ where: { userId, secondFactor: { in: [...factors] } }, data: { secondFactor: null } });
    },
  };
}

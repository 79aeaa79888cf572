import type { Role } from '@assay/contract';
import type { AccountRow, AccountsRepository } from '@assay/core';
import type { Prisma, Queryable } from '../engine/database.ts';
import { insertUnlessThere, refuseDuplicate } from '../engine/errors.ts';
import { insertReturningId } from '../engine/insert.ts';

const ACCOUNT = {
  id: true,
  email: true,
  fullName: true,
  passwordHash: true,
  failedSignIns: true,
  lockedUntil: true,
  emailVerifiedAt: true,
  disabledAt: true,
  createdAt: true,
  roles: { select: { role: true }, orderBy: { role: 'asc' } },
} satisfies Prisma.UserSelect;

const toRow = (row: Prisma.UserGetPayload<{ select: typeof ACCOUNT }>): AccountRow => ({
  ...row,
  roles: row.roles.map(({ role }) => role as Role),
});

export function accountsRepository(db: Queryable): AccountsRepository {
  const { prisma } = db;
  return {
    async findByEmail(email) {
      const row = await prisma.user.findFirst({ where: { email }, select: ACCOUNT });
      return row && toRow(row);
    },

    async findById(id) {
      const row = await prisma.user.findUnique({ where: { id }, select: ACCOUNT });
      return row && toRow(row);
    },

    create: ({ email, fullName, searchName, passwordHash, roles, at }) =>
      refuseDuplicate('EMAIL_TAKEN', async () => {
        const id = await insertReturningId(db, 'Users', {
          Email: email,
          FullName: fullName,
          SearchName: searchName,
          PasswordHash: passwordHash,
          CreatedAt: at,
          UpdatedAt: at,
        });
        await prisma.userRole.createMany({ data: roles.map((role) => ({ userId: id, role, grantedAt: at })) });
        return {
          id,
          email,
          fullName,
          passwordHash,
          failedSignIns: 0,
          lockedUntil: null,
          emailVerifiedAt: null,
          disabledAt: null,
          createdAt: at,
          roles,
        };
      }),

    async lock(id, at) {
      await prisma.user.updateMany({ where: { id }, data: { updatedAt: at } });
    },

    async setCredentials(id, credentials, at) {
      const { email, passwordHash } = credentials ?? { email: null, passwordHash: null };
      // Another address is not verified yet.
      const other = email === null ? {} : { OR: [{ email: null }, { email: { not: email } }] };
      await prisma.user.updateMany({ where: { id, ...other }, data: { emailVerifiedAt: null } });
      const data = { email, passwordHash, failedSignIns: 0, lockedUntil: null, updatedAt: at };
      await refuseDuplicate('EMAIL_TAKEN', () => prisma.user.updateMany({ where: { id }, data }));
    },

    async rename(id, { fullName, searchName }, at) {
      await prisma.user.updateMany({ where: { id }, data: { fullName, searchName, updatedAt: at } });
    },

    async grantRole(userId, role, at) {
      if ((await prisma.userRole.count({ where: { userId, role } })) > 0) return;
      await insertUnlessThere(() => prisma.userRole.createMany({ data: [{ userId, role, grantedAt: at }] }));
    },

    async countFailedSignIn(userId, lockAfter, lockUntil) {
      await prisma.user.updateMany({ where: { id: userId }, data: { failedSignIns: { increment: 1 } } });
      await prisma.user.updateMany({
        where: { id: userId, failedSignIns: { gte: lockAfter } },
        data: { failedSignIns: 0, lockedUntil: lockUntil },
      });
    },

    async clearFailedSignIns(userId) {
      await prisma.user.updateMany({ where: { id: userId }, data: { failedSignIns: 0, lockedUntil: null } });
    },

    revokeRole: async (userId, role) => (await prisma.userRole.deleteMany({ where: { userId, role } })).count === 1,

    async setDisabled(userId, at) {
      const { count } = await prisma.user.updateMany({
        where: { id: userId, disabledAt: at === null ? { not: null } : null },
        data: { disabledAt: at },
      });
      return count === 1;
    },

    async countUsable(emailDomain, roles, at) {
      const ways = {
        passwords: { passwordHash: { not: null } },
        sessions: { sessions: { some: { revokedAt: null, expiresAt: { gt: at } } } },
        wallets: { wallets: { some: {} } },
        roles: { roles: { some: { role: { in: [...roles] } } } },
      } satisfies Record<string, Prisma.UserWhereInput>;
      const count = (way: Prisma.UserWhereInput) => prisma.user.count({ where: { email: { endsWith: emailDomain }, ...way } });
      return {
        passwords: await count(ways.passwords),
        sessions: await count(ways.sessions),
        wallets: await count(ways.wallets),
        roles: await count(ways.roles),
        total: await count({ OR: Object.values(ways) }),
      };
    },

    async lockDomain(emailDomain, roles, at) {
      const where = { email: { endsWith: emailDomain } };
      const ids = (await prisma.user.findMany({ where, select: { id: true } })).map(({ id }) => id);
      await prisma.user.updateMany({ where, data: { passwordHash: null, disabledAt: at } });
      await prisma.wallet.deleteMany({ where: { user: where } });
      await prisma.userRole.deleteMany({ where: { user: where, role: { in: [...roles] } } });
      return ids;
    },

    async createSession(session, at) {
      await prisma.session.createMany({ data: [{ ...session, createdAt: at, lastUsedAt: at }] });
    },

    findSession: (id) => prisma.session.findUnique({ where: { id } }),

    async findSessionOwner(id, at) {
      const row = await prisma.session.findFirst({
        where: { id, revokedAt: null, expiresAt: { gt: at }, user: { disabledAt: null } },
        select: { userId: true, expiresAt: true, user: { select: { roles: ACCOUNT.roles } } },
      });
      return row && { userId: row.userId, expiresAt: row.expiresAt, roles: row.user.roles.map(({ role }) => role as Role) };
    },

    async rotateSession(id, fromHash, { tokenHash, previousUntil, expiresAt }, at) {
      const { count } = await prisma.session.updateMany({
        where: { id, tokenHash: fromHash, revokedAt: null, expiresAt: { gt: at } },
        data: { tokenHash, previousHash: fromHash, previousUntil, expiresAt, lastUsedAt: at },
      });
      return count === 1;
    },

    async revokeSession(id, userId, at) {
      const { count } = await prisma.session.updateMany({
        where: { id, userId, revokedAt: null, expiresAt: { gt: at } },
        data: { revokedAt: at },
      });
      return count === 1;
    },

    async revokeSessions(userId, but, at) {
      const { count } = await prisma.session.updateMany({
        where: { userId, revokedAt: null, expiresAt: { gt: at }, ...(but === null ? {} : { id: { not: but } }) },
        data: { revokedAt: at },
      });
      return count;
    },

    async revokeOldestSessions(userId, keep, at) {
      const tooMany = await prisma.session.findMany({
        where: { userId, revokedAt: null, expiresAt: { gt: at } },
        orderBy: [{ lastUsedAt: 'desc' }, { createdAt: 'desc' }],
        skip: keep,
        take: 100,
        select: { id: true },
      });
      if (tooMany.length === 0) return 0;
      const where = { id: { in: tooMany.map(({ id }) => id) }, revokedAt: null };
      return (await prisma.session.updateMany({ where, data: { revokedAt: at } })).count;
    },

    listSessions: (userId, at) =>
      prisma.session.findMany({ where: { userId, revokedAt: null, expiresAt: { gt: at } }, orderBy: { lastUsedAt: 'desc' }, take: 50 }),
  };
}

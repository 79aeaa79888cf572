import type { Role } from '@assay/contract';
import type { AccountRow, AccountsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insertReturningId } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';

const ACCOUNT = {
  id: true,
  email: true,
  fullName: true,
  passwordHash: true,
  emailVerifiedAt: true,
  disabledAt: true,
  deletedAt: true,
  createdAt: true,
  roles: { select: { role: true }, orderBy: { role: 'asc' } },
} satisfies Prisma.UserSelect;

const HOLDER = columns({ u: 'Users' }, { id: 'u.Id' });
/** Who has proved an address comes first, then those that have named it for longest. */
const BY_CLAIM = Prisma.sql`ORDER BY CASE WHEN u.EmailVerifiedAt IS NULL THEN 1 ELSE 0 END, COALESCE(u.EmailSetAt, u.CreatedAt), u.Id`;

const rolesOf = ({ roles }: { roles: { role: string }[] }): Role[] => roles.map(({ role }) => role as Role);

const toRow = (row: Prisma.UserGetPayload<{ select: typeof ACCOUNT }>): AccountRow => ({ ...row, roles: rolesOf(row) });

/** Of sessions: those that live at a moment. */
const livingAt = (at: Date) => ({ revokedAt: null, expiresAt: { gt: at } }) satisfies Prisma.SessionWhereInput;

export function accountsRepository(db: Queryable): AccountsRepository {
  const { prisma } = db;
  return {
    async findByEmail(email) {
      const holder = await HOLDER.first(db, Prisma.sql`FROM Users u WHERE u.Email = ${email} ${BY_CLAIM} ${limit(db.engine, 1)}`);
      return holder && this.findById(holder.id);
    },

    async signInCandidates(email, heldSince) {
      const held = Prisma.sql`(u.EmailVerifiedAt IS NOT NULL OR COALESCE(u.EmailSetAt, u.CreatedAt) <= ${heldSince})`;
      const newest = Prisma.sql`ORDER BY COALESCE(u.EmailSetAt, u.CreatedAt) DESC, u.Id DESC`;
      const found = [
        await HOLDER.first(db, Prisma.sql`FROM Users u WHERE u.Email = ${email} AND ${held} ${BY_CLAIM} ${limit(db.engine, 1)}`),
        await HOLDER.first(
          db,
          Prisma.sql`FROM Users u WHERE u.Email = ${email} AND u.EmailVerifiedAt IS NULL ${newest} ${limit(db.engine, 1)}`,
        ),
      ];
      const ids = [...new Set(found.flatMap((row) => row?.id ?? []))];
      const rows = await prisma.user.findMany({ where: { id: { in: ids } }, select: ACCOUNT });
      return ids.flatMap((id) => rows.filter((row) => row.id === id)).map(toRow);
    },

    async provenOwner(email) {
      const row = await prisma.user.findFirst({ where: { email, emailVerifiedAt: { not: null } }, select: { id: true } });
      return row?.id ?? null;
    },

    async findById(id) {
      const row = await prisma.user.findUnique({ where: { id }, select: ACCOUNT });
      return row && toRow(row);
    },

    async create({ email, fullName, searchName, passwordHash, roles, at }) {
      const id = await insertReturningId(db, 'Users', {
        Email: email,
        FullName: fullName,
        SearchName: searchName,
        PasswordHash: passwordHash,
        CreatedAt: at,
        UpdatedAt: at,
      });
      await prisma.userRole.createMany({ data: roles.map((role) => ({ userId: id, role, grantedAt: at })) });
      return { id, email, fullName, passwordHash, emailVerifiedAt: null, disabledAt: null, deletedAt: null, createdAt: at, roles };
    },

    async search(by, max, at) {
      const where: Prisma.UserWhereInput =
        'wallet' in by
          ? { wallets: { some: { address: by.wallet } } }
          : 'name' in by
            ? { searchName: { startsWith: by.name } }
            : 'email' in by
              ? { email: by.email }
              : { id: by.id };
      const living = { where: livingAt(at) };
      const rows = await prisma.user.findMany({
        where: { ...where, deletedAt: null },
        select: {
          id: true,
          email: true,
          fullName: true,
          emailVerifiedAt: true,
          disabledAt: true,
          createdAt: true,
          roles: ACCOUNT.roles,
          _count: { select: { sessions: living, wallets: true } },
        },
        orderBy: [{ searchName: 'asc' }, { id: 'asc' }],
        take: max,
      });
      return rows.map(({ _count, ...row }) => ({ ...row, ..._count, roles: rolesOf(row) }));
    },

    async lock(id, at) {
      await prisma.user.updateMany({ where: { id }, data: { updatedAt: at } });
    },

    async setCredentials(id, credentials, at) {
      const { email, passwordHash } = credentials ?? { email: null, passwordHash: null };
      // Another address is not verified yet.
      const other = email === null ? {} : { OR: [{ email: null }, { email: { not: email } }] };
      await prisma.user.updateMany({ where: { id, ...other }, data: { emailVerifiedAt: null, emailSetAt: at } });
      await prisma.user.updateMany({ where: { id, deletedAt: null }, data: { email, passwordHash, updatedAt: at } });
    },

    async setEmail(id, email, at) {
      await prisma.user.updateMany({
        where: { id, deletedAt: null },
        data: { email, emailVerifiedAt: null, emailSetAt: at, updatedAt: at },
      });
    },

    async rename(id, { fullName, searchName }, at) {
      await prisma.user.updateMany({ where: { id, deletedAt: null }, data: { fullName, searchName, updatedAt: at } });
    },

    async grantRole(userId, role, at) {
      if ((await prisma.userRole.count({ where: { userId, role } })) > 0) return;
      await insertUnlessThere(() => prisma.userRole.createMany({ data: [{ userId, role, grantedAt: at }] }));
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
        sessions: { sessions: { some: livingAt(at) } },
        wallets: { wallets: { some: {} } },
        roles: { roles: { some: { role: { in: [...roles] } } } },
      } satisfies Record<string, Prisma.UserWhereInput>;
      const count = (way: Prisma.UserWhereInput) => prisma.user.count({ where: { email: { endsWith: emailDomain }, ...way } });
      const total = await count({ OR: [...Object.values(ways), { passkeys: { some: {} } }] });
      if (total === 0) return { passwords: 0, sessions: 0, wallets: 0, roles: 0, total };
      return {
        passwords: await count(ways.passwords),
        sessions: await count(ways.sessions),
        wallets: await count(ways.wallets),
        roles: await count(ways.roles),
        total,
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
        where: { id, ...livingAt(at), user: { disabledAt: null } },
        select: { userId: true, expiresAt: true, secondFactor: true, user: { select: { roles: ACCOUNT.roles } } },
      });
      if (!row) return null;
      const { user, ...owner } = row;
      return { ...owner, roles: rolesOf(user) };
    },

    async rotateSession(id, fromHash, { tokenHash, previousUntil, expiresAt }, at) {
      const { count } = await prisma.session.updateMany({
        where: { id, tokenHash: fromHash, ...livingAt(at) },
        data: { tokenHash, previousHash: fromHash, previousUntil, expiresAt, lastUsedAt: at },
      });
      return count === 1;
    },

    async revokeSession(id, userId, at) {
      const { count } = await prisma.session.updateMany({
        where: { id, userId, ...livingAt(at) },
        data: { revokedAt: at },
      });
      return count === 1;
    },

    async revokeSessions(userId, but, at) {
      const { count } = await prisma.session.updateMany({
        where: { userId, ...livingAt(at), ...(but === null ? {} : { id: { not: but } }) },
        data: { revokedAt: at },
      });
      return count;
    },

    async revokeOldestSessions(userId, keep, at) {
      const tooMany = await prisma.session.findMany({
        where: { userId, ...livingAt(at) },
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
      prisma.session.findMany({ where: { userId, ...livingAt(at) }, orderBy: { lastUsedAt: 'desc' }, take: 50 }),
  };
}

import type { EmailChangesRepository, PasswordResetsRepository } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';

const RESET = columns(
  { r: 'PasswordResets' },
  { id: 'r.Id', email: 'r.Email', expiresAt: 'r.ExpiresAt', userId: 'r.UserId', tokenHash: 'r.TokenHash', usedAt: 'r.UsedAt' },
);
const CHANGE = columns(
  { c: 'EmailChanges' },
  {
    id: 'c.Id',
    userId: 'c.UserId',
    oldEmail: 'c.OldEmail',
    newEmail: 'c.NewEmail',
    expiresAt: 'c.ExpiresAt',
    oldTokenHash: 'c.OldTokenHash',
    newTokenHash: 'c.NewTokenHash',
    oldConfirmedAt: 'c.OldConfirmedAt',
    newConfirmedAt: 'c.NewConfirmedAt',
    outcome: 'c.Outcome',
  },
);

/** Links to set a new password. */
export function passwordResetsRepository(db: Queryable): PasswordResetsRepository {
  const { passwordReset } = db.prisma;
  return {
    add: ({ email, expiresAt }, at) => insertReturningId(db, 'PasswordResets', { Email: email, CreatedAt: at, ExpiresAt: expiresAt }),
    find: (id) => RESET.first(db, Prisma.sql`FROM PasswordResets r WHERE r.Id = ${id}`),
    findByToken: (tokenHash) => RESET.first(db, Prisma.sql`FROM PasswordResets r WHERE r.TokenHash = ${tokenHash}`),

    attach: async (id, link) => (await passwordReset.updateMany({ where: { id, tokenHash: null }, data: link })).count === 1,

    async use(tokenHash, at) {
      const { count } = await passwordReset.updateMany({ where: { tokenHash, usedAt: null, expiresAt: { gt: at } }, data: { usedAt: at } });
      return count === 1;
    },

    async endAll(userId, at) {
      await passwordReset.updateMany({ where: { userId, usedAt: null }, data: { usedAt: at } });
    },

    purge: async (before) => (await passwordReset.deleteMany({ where: { expiresAt: { lt: before } } })).count,
  };
}

/** Changes of address, and what both mailboxes have confirmed. */
export function emailChangesRepository(db: Queryable): EmailChangesRepository {
  const { emailChange } = db.prisma;
  return {
    async add({ userId, oldEmail, newEmail, expiresAt, oldTokenHash, newTokenHash }, at) {
      await insert(db, 'EmailChanges', {
        UserId: userId,
        OldEmail: oldEmail,
        NewEmail: newEmail,
        CreatedAt: at,
        ExpiresAt: expiresAt,
        OldTokenHash: oldTokenHash,
        NewTokenHash: newTokenHash,
      });
    },

    findByToken: (tokenHash) =>
      CHANGE.first(db, Prisma.sql`FROM EmailChanges c WHERE c.NewTokenHash = ${tokenHash} OR c.OldTokenHash = ${tokenHash}`),

    findOpen: (userId, at) =>
      CHANGE.first(db, Prisma.sql`FROM EmailChanges c WHERE c.UserId = ${userId} AND c.Outcome IS NULL AND c.ExpiresAt > ${at}`),

    async confirm(tokenHash, at) {
      const open = { outcome: null, expiresAt: { gt: at } };
      const newSide = await emailChange.updateMany({ where: { newTokenHash: tokenHash, ...open }, data: { newConfirmedAt: at } });
      if (newSide.count > 0) return true;
      return (await emailChange.updateMany({ where: { oldTokenHash: tokenHash, ...open }, data: { oldConfirmedAt: at } })).count > 0;
    },

    async settle(id, outcome, at) {
      return (await emailChange.updateMany({ where: { id, outcome: null }, data: { outcome, settledAt: at } })).count === 1;
    },

    async replaceOpen(userId, at) {
      await emailChange.updateMany({ where: { userId, outcome: null }, data: { outcome: 'replaced', settledAt: at } });
    },

    purge: async (before) => (await emailChange.deleteMany({ where: { expiresAt: { lt: before } } })).count,
  };
}

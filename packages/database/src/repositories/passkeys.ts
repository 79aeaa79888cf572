import type { PasskeyRow, PasskeysRepository } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { refuseDuplicate } from '../engine/errors.ts';
import { insertReturningId } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';

const PASSKEY = columns(
  { p: 'Passkeys' },
  {
    id: 'p.Id',
    userId: 'p.UserId',
    credentialId: 'p.CredentialId',
    publicKey: 'p.PublicKey',
    counter: 'p.SignCount',
    transports: 'p.Transports',
    name: 'p.Name',
    createdAt: 'p.CreatedAt',
    lastUsedAt: 'p.LastUsedAt',
  },
);
const toRow = (row: Omit<PasskeyRow, 'counter'> & { counter: bigint }): PasskeyRow => ({ ...row, counter: Number(row.counter) });

export function passkeysRepository(db: Queryable): PasskeysRepository {
  const { prisma } = db;
  return {
    async listOf(userId) {
      const rows = await PASSKEY.read(db, Prisma.sql`FROM Passkeys p WHERE p.UserId = ${userId} ORDER BY p.CreatedAt, p.Id`);
      return rows.map(toRow);
    },

    async find(credentialHash) {
      const row = await PASSKEY.first(db, Prisma.sql`FROM Passkeys p WHERE p.CredentialHash = ${credentialHash}`);
      return row && toRow(row);
    },

    add: ({ userId, credentialHash, credentialId, publicKey, counter, transports, name }, at) =>
      refuseDuplicate('PASSKEY_TAKEN', () =>
        insertReturningId(db, 'Passkeys', {
          UserId: userId,
          CredentialHash: credentialHash,
          CredentialId: credentialId,
          PublicKey: publicKey,
          SignCount: BigInt(counter),
          Transports: transports,
          Name: name,
          CreatedAt: at,
        }),
      ),

    async use({ id, counter }, signCount, at) {
      const { count } = await prisma.passkey.updateMany({
        where: { id, signCount: BigInt(counter) },
        data: { signCount: BigInt(signCount), lastUsedAt: at },
      });
      return count === 1;
    },

    remove: async (id, userId) => (await prisma.passkey.deleteMany({ where: { id, userId } })).count === 1,
    removeAll: async (userId) => (await prisma.passkey.deleteMany({ where: { userId } })).count,

    async createChallenge(challenge, at) {
      await prisma.passkeyChallenge.createMany({ data: [{ ...challenge, createdAt: at }] });
    },

    findChallenge: (challengeHash) =>
      prisma.passkeyChallenge.findUnique({ where: { challengeHash } }) as ReturnType<PasskeysRepository['findChallenge']>,

    async useChallenge(challengeHash, at) {
      const { count } = await prisma.passkeyChallenge.updateMany({
        where: { challengeHash, usedAt: null, expiresAt: { gt: at } },
        data: { usedAt: at },
      });
      return count === 1;
    },

    purgeChallenges: async (before) => (await prisma.passkeyChallenge.deleteMany({ where: { expiresAt: { lt: before } } })).count,
  };
}

import type { DisputeFilesRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { columns, countRows } from '../engine/rows.ts';

const FILE = columns(
  { f: 'DisputeFiles' },
  {
    id: 'f.Id',
    disputeId: 'f.DisputeId',
    uploaderId: 'f.UploaderId',
    storageKey: 'f.StorageKey',
    type: 'f.Type',
    bytes: 'f.Bytes',
    createdAt: 'f.CreatedAt',
  },
);
const STORED = columns({ f: 'DisputeFiles' }, { id: 'f.Id', storageKey: 'f.StorageKey' });
const IS_STORED = Prisma.sql`f.StoredAt IS NOT NULL AND f.RemovedAt IS NULL`;

/** Rows of evidence; the files are in private storage. */
export function disputeFilesRepository(db: Queryable): DisputeFilesRepository {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  return {
    add: ({ disputeId, uploaderId, storageKey, type, bytes }, at) =>
      insertReturningId(db, 'DisputeFiles', {
        DisputeId: disputeId,
        UploaderId: uploaderId,
        StorageKey: storageKey,
        Type: type,
        Bytes: bytes,
        CreatedAt: at,
      }),

    stored: (id, keyId, at) =>
      changed(Prisma.sql`UPDATE DisputeFiles SET StoredAt = ${at}, KeyId = ${keyId} WHERE Id = ${id} AND RemovedAt IS NULL`),

    listOf: (disputeId) => FILE.read(db, Prisma.sql`FROM DisputeFiles f WHERE f.DisputeId = ${disputeId} AND ${IS_STORED} ORDER BY f.Id`),

    countOf: (disputeId, uploaderId, since) =>
      countRows(
        db,
        Prisma.sql`FROM DisputeFiles f WHERE f.DisputeId = ${disputeId} AND f.UploaderId = ${uploaderId} AND f.RemovedAt IS NULL
          AND (f.StoredAt IS NOT NULL OR f.CreatedAt > ${since})`,
      ),

    find: (id) => FILE.first(db, Prisma.sql`FROM DisputeFiles f WHERE f.Id = ${id} AND ${IS_STORED}`),

    sealedByOthers: (keyId, after, rows) =>
      STORED.read(
        db,
        Prisma.sql`FROM DisputeFiles f WHERE f.Id > ${after} AND ${IS_STORED} AND (f.KeyId IS NULL OR f.KeyId <> ${keyId})
          ORDER BY f.Id ${limit(db.engine, rows)}`,
      ),

    sealed: (id, keyId) => changed(Prisma.sql`UPDATE DisputeFiles SET KeyId = ${keyId} WHERE Id = ${id} AND RemovedAt IS NULL`),

    leftovers: ({ arriving, closed }, rows) =>
      STORED.read(
        db,
        Prisma.sql`FROM DisputeFiles f JOIN OrderDisputes d ON d.Id = f.DisputeId
          WHERE f.RemovedAt IS NULL AND ((f.StoredAt IS NULL AND f.CreatedAt < ${arriving}) OR d.ClosedAt < ${closed})
          ORDER BY f.Id ${limit(db.engine, rows)}`,
      ),

    async removed(id, at) {
      await db.write(Prisma.sql`UPDATE DisputeFiles SET RemovedAt = ${at} WHERE Id = ${id}`);
    },
  };
}

import type { DocumentType } from '@assay/contract';
import type { CaseRow, DecidedRow, DocumentRow, VerificationRow, VerificationsRepository, VerificationStatusName } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { toDate, type RawDate } from '../engine/values.ts';

type Raw<Row> = Omit<Row, 'status' | 'createdAt' | 'submittedAt' | 'decidedAt'> & {
  status: string;
  createdAt: RawDate;
  submittedAt: RawDate | null;
  decidedAt: RawDate | null;
};
type RawDocument = Omit<DocumentRow, 'type' | 'createdAt'> & { type: string; createdAt: RawDate };

const COLUMNS = Prisma.sql`v.Id AS id, v.UserId AS userId, v.Status AS status, v.LegalName AS legalName, v.Country AS country,
  v.CreatedAt AS createdAt, v.SubmittedAt AS submittedAt, v.DecidedAt AS decidedAt, v.Reason AS reason`;
const CASE = Prisma.sql`${COLUMNS}, u.FullName AS sellerName,
  (SELECT CAST(COUNT(*) AS INT) FROM SellerVerifications r WHERE r.UserId = v.UserId AND r.Status = 'rejected' AND r.Id <> v.Id) AS rejectedBefore`;
const DOCUMENT = Prisma.sql`d.Id AS id, d.VerificationId AS verificationId, d.StorageKey AS storageKey, d.Type AS type, d.Bytes AS bytes,
  d.CreatedAt AS createdAt`;
const IS_THERE = Prisma.sql`d.StoredAt IS NOT NULL AND d.RemovedAt IS NULL`;

const toRow = <Row extends VerificationRow>(raw: Raw<Row>): Row =>
  ({
    ...raw,
    createdAt: toDate(raw.createdAt),
    submittedAt: toDate(raw.submittedAt),
    decidedAt: toDate(raw.decidedAt),
  }) as unknown as Row;
const toDocument = <R extends RawDocument>(raw: R) => ({ ...raw, type: raw.type as DocumentType, createdAt: toDate(raw.createdAt) });

/** Links, papers and their files. */
export function verificationsRepository(db: Queryable): VerificationsRepository {
  return { ...emailLinks(db), ...papers(db), ...documents(db) };
}

type EmailLinks = Pick<
  VerificationsRepository,
  'addEmailLink' | 'findEmailLink' | 'lastEmailLink' | 'emailLinksSince' | 'useEmailLink' | 'verifyEmail' | 'forgetEmailLinks'
>;

function emailLinks(db: Queryable): EmailLinks {
  const { prisma } = db;
  return {
    addEmailLink: ({ tokenHash, userId, email, createdAt, expiresAt }) =>
      insert(db, 'EmailVerifications', { TokenHash: tokenHash, UserId: userId, Email: email, CreatedAt: createdAt, ExpiresAt: expiresAt }),

    findEmailLink: (tokenHash) => prisma.emailVerification.findUnique({ where: { tokenHash } }),

    lastEmailLink: (userId, email) => prisma.emailVerification.findFirst({ where: { userId, email }, orderBy: { createdAt: 'desc' } }),

    async emailLinksSince({ userId, email }, since) {
      const rows = await prisma.emailVerification.findMany({
        where: { createdAt: { gt: since }, OR: [{ userId }, { email }] },
        orderBy: { createdAt: 'desc' },
        select: { createdAt: true },
        take: 100,
      });
      return rows.map(({ createdAt }) => createdAt);
    },

    async useEmailLink(tokenHash, at) {
      const { count } = await prisma.emailVerification.updateMany({
        where: { tokenHash, usedAt: null, expiresAt: { gt: at } },
        data: { usedAt: at },
      });
      return count === 1;
    },

    async verifyEmail(userId, email, at) {
      return (await prisma.user.updateMany({ where: { id: userId, email }, data: { emailVerifiedAt: at } })).count === 1;
    },

    forgetEmailLinks: async (before) => (await prisma.emailVerification.deleteMany({ where: { expiresAt: { lt: before } } })).count,
  };
}

type Papers = Pick<
  VerificationsRepository,
  'latest' | 'find' | 'createDraft' | 'submissionsSince' | 'submit' | 'decide' | 'waiting' | 'countWaiting' | 'decided' | 'verifiedOf'
>;

function papers(db: Queryable): Papers {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  return {
    async latest(userId, decided = false) {
      const over = decided ? Prisma.sql`AND v.Status IN ('approved', 'rejected')` : Prisma.empty;
      const [row] = await db.read<Raw<VerificationRow>>(
        Prisma.sql`SELECT ${COLUMNS} FROM SellerVerifications v WHERE v.UserId = ${userId} ${over} ORDER BY v.Id DESC ${limit(db.engine, 1)}`,
      );
      return row ? toRow<VerificationRow>(row) : null;
    },

    async find(id) {
      const [row] = await db.read<Raw<VerificationRow>>(Prisma.sql`SELECT ${COLUMNS} FROM SellerVerifications v WHERE v.Id = ${id}`);
      return row ? toRow<VerificationRow>(row) : null;
    },

    async createDraft(userId, at) {
      let id: number | null = null;
      const columns = { UserId: userId, Status: 'draft', OpenKey: `open:${userId}`, CreatedAt: at };
      await insertUnlessThere(async () => (id = await insertReturningId(db, 'SellerVerifications', columns)));
      return id;
    },

    async submissionsSince(userId, since) {
      const rows = await db.read<{ at: RawDate }>(Prisma.sql`
        SELECT v.SubmittedAt AS at FROM SellerVerifications v WHERE v.UserId = ${userId} AND v.SubmittedAt > ${since}
        ORDER BY v.SubmittedAt DESC ${limit(db.engine, 100)}`);
      return rows.map(({ at }) => toDate(at));
    },

    submit: (id, { legalName, country }, at) =>
      changed(Prisma.sql`
        UPDATE SellerVerifications SET Status = 'submitted', LegalName = ${legalName}, Country = ${country}, SubmittedAt = ${at}
        WHERE Id = ${id} AND Status = 'draft'`),

    decide: (id, { approve, reason, decidedBy }, at) =>
      changed(Prisma.sql`
        UPDATE SellerVerifications SET Status = ${approve ? 'approved' : 'rejected'}, Reason = ${reason}, DecidedAt = ${at},
          DecidedBy = ${decidedBy}, OpenKey = CONCAT('closed:', Id)
        WHERE Id = ${id} AND Status = 'submitted'`),

    async waiting(rows) {
      const found = await db.read<Raw<CaseRow>>(Prisma.sql`
        SELECT ${CASE} FROM SellerVerifications v JOIN Users u ON u.Id = v.UserId WHERE v.Status = 'submitted'
        ORDER BY v.SubmittedAt, v.Id ${limit(db.engine, rows)}`);
      return found.map((raw) => toRow<CaseRow>(raw));
    },

    async countWaiting() {
      const [row] = await db.read<{ n: number }>(
        Prisma.sql`SELECT CAST(COUNT(*) AS INT) AS n FROM SellerVerifications v WHERE v.Status = 'submitted'`,
      );
      return row?.n ?? 0;
    },

    async decided(rows) {
      const found = await db.read<Raw<DecidedRow>>(Prisma.sql`
        SELECT ${CASE}, a.FullName AS deciderName FROM SellerVerifications v JOIN Users u ON u.Id = v.UserId JOIN Users a ON a.Id = v.DecidedBy
        WHERE v.Status IN ('approved', 'rejected') ORDER BY v.DecidedAt DESC, v.Id DESC ${limit(db.engine, rows)}`);
      return found.map((raw) => toRow<DecidedRow>(raw));
    },

    async verifiedOf(userId) {
      const [row] = await db.read<{ email: number; wallet: number; documents: number }>(Prisma.sql`
        SELECT CASE WHEN u.EmailVerifiedAt IS NULL THEN 0 ELSE 1 END AS email,
          CASE WHEN EXISTS (SELECT 1 FROM Wallets w WHERE w.UserId = u.Id) THEN 1 ELSE 0 END AS wallet,
          CASE WHEN EXISTS (SELECT 1 FROM SellerVerifications v WHERE v.UserId = u.Id AND v.Status = 'approved') THEN 1 ELSE 0 END AS documents
        FROM Users u WHERE u.Id = ${userId}`);
      return { email: row?.email === 1, wallet: row?.wallet === 1, documents: row?.documents === 1 };
    },
  };
}

type Documents = Omit<VerificationsRepository, keyof EmailLinks | keyof Papers>;

function documents(db: Queryable): Documents {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  return {
    addDocument: ({ verificationId, storageKey, type, bytes }, at) =>
      insertReturningId(db, 'SellerVerificationFiles', {
        VerificationId: verificationId,
        StorageKey: storageKey,
        Type: type,
        Bytes: bytes,
        CreatedAt: at,
      }),

    documentStored: (id, at) =>
      changed(Prisma.sql`UPDATE SellerVerificationFiles SET StoredAt = ${at} WHERE Id = ${id} AND StoredAt IS NULL AND RemovedAt IS NULL
        AND VerificationId IN (SELECT v.Id FROM SellerVerifications v WHERE v.Status = 'draft')`),

    async documentsOf(ids) {
      const of = new Map<number, DocumentRow[]>();
      if (ids.length === 0) return of;
      const rows = await db.read<RawDocument>(Prisma.sql`
        SELECT ${DOCUMENT} FROM SellerVerificationFiles d WHERE d.VerificationId IN (${Prisma.join([...ids])}) AND ${IS_THERE} ORDER BY d.Id`);
      for (const raw of rows) of.set(raw.verificationId, [...(of.get(raw.verificationId) ?? []), toDocument(raw)]);
      return of;
    },

    async countDocuments(verificationId, since) {
      const [row] = await db.read<{ n: number }>(Prisma.sql`
        SELECT CAST(COUNT(*) AS INT) AS n FROM SellerVerificationFiles d
        WHERE d.VerificationId = ${verificationId} AND d.RemovedAt IS NULL AND (d.StoredAt IS NOT NULL OR d.CreatedAt > ${since})`);
      return row?.n ?? 0;
    },

    async findDocument(id) {
      const [row] = await db.read<RawDocument & { userId: number; status: VerificationStatusName }>(Prisma.sql`
        SELECT ${DOCUMENT}, v.UserId AS userId, v.Status AS status
        FROM SellerVerificationFiles d JOIN SellerVerifications v ON v.Id = d.VerificationId WHERE d.Id = ${id} AND ${IS_THERE}`);
      return row ? toDocument(row) : null;
    },

    withdrawDocument: (id, userId) =>
      changed(Prisma.sql`UPDATE SellerVerificationFiles SET StoredAt = NULL WHERE Id = ${id} AND StoredAt IS NOT NULL
        AND VerificationId IN (SELECT v.Id FROM SellerVerifications v WHERE v.UserId = ${userId} AND v.Status = 'draft')`),

    leftovers: ({ arriving, decided, drafts }, rows) =>
      db.read<Pick<DocumentRow, 'id' | 'storageKey'>>(Prisma.sql`
        SELECT d.Id AS id, d.StorageKey AS storageKey FROM SellerVerificationFiles d JOIN SellerVerifications v ON v.Id = d.VerificationId
        WHERE d.RemovedAt IS NULL AND ((d.StoredAt IS NULL AND d.CreatedAt < ${arriving}) OR v.DecidedAt < ${decided}
          OR (v.Status = 'draft' AND d.CreatedAt < ${drafts}))
        ORDER BY d.Id ${limit(db.engine, rows)}`),

    async documentRemoved(id, at) {
      await db.write(Prisma.sql`UPDATE SellerVerificationFiles SET RemovedAt = ${at} WHERE Id = ${id}`);
    },
  };
}

import type { VerificationsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { bool, columns, computed, countRows, present } from '../engine/rows.ts';

const VERIFICATION = {
  id: 'v.Id',
  userId: 'v.UserId',
  status: 'v.Status',
  legalName: 'v.LegalName',
  country: 'v.Country',
  createdAt: 'v.CreatedAt',
  submittedAt: 'v.SubmittedAt',
  decidedAt: 'v.DecidedAt',
  reason: 'v.Reason',
} as const;
const CASE = {
  ...VERIFICATION,
  sellerName: 'u.FullName',
  rejectedBefore: computed<number>(Prisma.sql`(
    SELECT CAST(COUNT(*) AS INT) FROM SellerVerifications r WHERE r.UserId = v.UserId AND r.Status = 'rejected' AND r.Id <> v.Id)`),
} as const;
const DOCUMENT = {
  id: 'd.Id',
  verificationId: 'd.VerificationId',
  storageKey: 'd.StorageKey',
  type: 'd.Type',
  bytes: 'd.Bytes',
  createdAt: 'd.CreatedAt',
} as const;

const ONE = columns({ v: 'SellerVerifications' }, VERIFICATION);
const WAITING = columns({ v: 'SellerVerifications', u: 'Users' }, CASE);
const DECIDED = columns({ v: 'SellerVerifications', u: 'Users', a: 'Users' }, { ...CASE, deciderName: 'a.FullName' });
const SUBMISSION = columns({ v: 'SellerVerifications' }, { at: present('v.SubmittedAt') });
const VERIFIED = columns(
  { u: 'Users' },
  {
    email: bool(Prisma.sql`u.EmailVerifiedAt IS NOT NULL`),
    wallet: bool(Prisma.sql`EXISTS (SELECT 1 FROM Wallets w WHERE w.UserId = u.Id)`),
    documents: bool(Prisma.sql`EXISTS (SELECT 1 FROM SellerVerifications v WHERE v.UserId = u.Id AND v.Status = 'approved')`),
  },
);
const STORED_DOCUMENT = columns({ d: 'SellerVerificationFiles' }, DOCUMENT);
const OWN_DOCUMENT = columns(
  { d: 'SellerVerificationFiles', v: 'SellerVerifications' },
  { ...DOCUMENT, userId: 'v.UserId', status: 'v.Status' },
);
const LEFTOVER = columns({ d: 'SellerVerificationFiles' }, { id: 'd.Id', storageKey: 'd.StorageKey' });
const IS_STORED = Prisma.sql`d.StoredAt IS NOT NULL AND d.RemovedAt IS NULL`;

/** E-mail links, verifications and their documents. */
export function verificationsRepository(db: Queryable): VerificationsRepository {
  return { ...emailLinks(db), ...verifications(db), ...documents(db) };
}

type EmailLinks = Pick<
  VerificationsRepository,
  'addEmailLink' | 'findEmailLink' | 'lastEmailLink' | 'emailLinksSince' | 'useEmailLink' | 'verifyEmail' | 'purgeEmailLinks'
>;

/** Of the accounts that lose an address: more are no mistakes but an attack. */
const LOSERS_NAMED = 100;

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
      const others = { email, id: { not: userId } };
      if ((await prisma.user.count({ where: { ...others, emailVerifiedAt: { not: null } } })) > 0) return null;
      // The unique index refuses the second of two at once.
      let proved = 0;
      const isFirst = await insertUnlessThere(async () => {
        proved = (await prisma.user.updateMany({ where: { id: userId, email }, data: { emailVerifiedAt: at } })).count;
      });
      if (!isFirst || proved === 0) return null;
      const losers = await prisma.user.findMany({ where: others, select: { id: true }, orderBy: { id: 'asc' }, take: LOSERS_NAMED });
      await prisma.user.updateMany({ where: { ...others, emailVerifiedAt: null }, data: { email: null, updatedAt: at } });
      return losers.map(({ id }) => id);
    },

    purgeEmailLinks: async (before) => (await prisma.emailVerification.deleteMany({ where: { expiresAt: { lt: before } } })).count,
  };
}

type Verifications = Pick<
  VerificationsRepository,
  'latest' | 'find' | 'createDraft' | 'submissionsSince' | 'submit' | 'decide' | 'waiting' | 'countWaiting' | 'decided' | 'verifiedOf'
>;

function verifications(db: Queryable): Verifications {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) === 1;
  return {
    latest(userId, decided = false) {
      const over = decided ? Prisma.sql`AND v.Status IN ('approved', 'rejected')` : Prisma.empty;
      return ONE.first(
        db,
        Prisma.sql`FROM SellerVerifications v WHERE v.UserId = ${userId} ${over} ORDER BY v.Id DESC ${limit(db.engine, 1)}`,
      );
    },

    find: (id) => ONE.first(db, Prisma.sql`FROM SellerVerifications v WHERE v.Id = ${id}`),

    async createDraft(userId, at) {
      let id: number | null = null;
      const row = { UserId: userId, Status: 'draft' as const, OpenKey: `open:${userId}`, CreatedAt: at };
      await insertUnlessThere(async () => (id = await insertReturningId(db, 'SellerVerifications', row)));
      return id;
    },

    async submissionsSince(userId, since) {
      const rows = await SUBMISSION.read(
        db,
        Prisma.sql`FROM SellerVerifications v WHERE v.UserId = ${userId} AND v.SubmittedAt > ${since}
          ORDER BY v.SubmittedAt DESC ${limit(db.engine, 100)}`,
      );
      return rows.map(({ at }) => at);
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

    waiting: (rows) =>
      WAITING.read(
        db,
        Prisma.sql`FROM SellerVerifications v JOIN Users u ON u.Id = v.UserId WHERE v.Status = 'submitted'
          ORDER BY v.SubmittedAt, v.Id ${limit(db.engine, rows)}`,
      ),

    countWaiting: () => countRows(db, Prisma.sql`FROM SellerVerifications v WHERE v.Status = 'submitted'`),

    decided: (rows) =>
      DECIDED.read(
        db,
        Prisma.sql`FROM SellerVerifications v JOIN Users u ON u.Id = v.UserId JOIN Users a ON a.Id = v.DecidedBy
          WHERE v.Status IN ('approved', 'rejected') ORDER BY v.DecidedAt DESC, v.Id DESC ${limit(db.engine, rows)}`,
      ),

    verifiedOf: async (userId) =>
      (await VERIFIED.first(db, Prisma.sql`FROM Users u WHERE u.Id = ${userId}`)) ?? { email: false, wallet: false, documents: false },
  };
}

type Documents = Omit<VerificationsRepository, keyof EmailLinks | keyof Verifications>;

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

    documentStored: (id, keyId, at) =>
      changed(Prisma.sql`UPDATE SellerVerificationFiles SET StoredAt = ${at}, KeyId = ${keyId} WHERE Id = ${id} AND StoredAt IS NULL AND RemovedAt IS NULL
        AND VerificationId IN (SELECT v.Id FROM SellerVerifications v WHERE v.Status = 'draft')`),

    sealedByOthers: (keyId, after, rows) =>
      LEFTOVER.read(
        db,
        Prisma.sql`FROM SellerVerificationFiles d WHERE d.Id > ${after} AND ${IS_STORED} AND (d.KeyId IS NULL OR d.KeyId <> ${keyId})
          ORDER BY d.Id ${limit(db.engine, rows)}`,
      ),

    documentSealed: (id, keyId) =>
      changed(Prisma.sql`UPDATE SellerVerificationFiles SET KeyId = ${keyId} WHERE Id = ${id} AND RemovedAt IS NULL`),

    async documentsOf(ids) {
      if (ids.length === 0) return new Map();
      const rows = await STORED_DOCUMENT.read(
        db,
        Prisma.sql`FROM SellerVerificationFiles d WHERE d.VerificationId IN (${Prisma.join([...ids])}) AND ${IS_STORED} ORDER BY d.Id`,
      );
      return Map.groupBy(rows, ({ verificationId }) => verificationId);
    },

    countDocuments: (verificationId, since) =>
      countRows(
        db,
        Prisma.sql`FROM SellerVerificationFiles d
          WHERE d.VerificationId = ${verificationId} AND d.RemovedAt IS NULL AND (d.StoredAt IS NOT NULL OR d.CreatedAt > ${since})`,
      ),

    findDocument: (id) =>
      OWN_DOCUMENT.first(
        db,
        Prisma.sql`FROM SellerVerificationFiles d JOIN SellerVerifications v ON v.Id = d.VerificationId WHERE d.Id = ${id} AND ${IS_STORED}`,
      ),

    withdrawDocument: (id, userId) =>
      changed(Prisma.sql`UPDATE SellerVerificationFiles SET StoredAt = NULL WHERE Id = ${id} AND StoredAt IS NOT NULL
        AND VerificationId IN (SELECT v.Id FROM SellerVerifications v WHERE v.UserId = ${userId} AND v.Status = 'draft')`),

    leftovers: ({ arriving, decided, drafts }, rows) =>
      LEFTOVER.read(
        db,
        Prisma.sql`FROM SellerVerificationFiles d JOIN SellerVerifications v ON v.Id = d.VerificationId
          WHERE d.RemovedAt IS NULL AND ((d.StoredAt IS NULL AND d.CreatedAt < ${arriving}) OR v.DecidedAt < ${decided}
            OR (v.Status = 'draft' AND d.CreatedAt < ${drafts}))
          ORDER BY d.Id ${limit(db.engine, rows)}`,
      ),

    async documentRemoved(id, at) {
      await db.write(Prisma.sql`UPDATE SellerVerificationFiles SET RemovedAt = ${at} WHERE Id = ${id}`);
    },
  };
}

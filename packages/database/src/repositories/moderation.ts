import { AppError, type AuditEntryRow, type DecisionRow, type ModerationRepository, type ReportRow, type StruckRow } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { isUniqueViolation } from '../engine/errors.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { startsWith } from '../engine/like.ts';
import { where } from '../engine/keyset.ts';
import { toDate, type RawDate } from '../engine/values.ts';

type Raw<Row, Dates extends keyof Row> = Omit<Row, Dates> & Record<Dates, RawDate>;

const STRUCK = Prisma.sql`
  SELECT k.RatingId AS ratingId, k.SellerId AS sellerId, s.FullName AS sellerName, k.RaterId AS raterId, u.FullName AS raterName,
    k.Rating AS rating, k.Comment AS comment, o.Title AS purchase, k.Source AS source, k.OrderId AS orderId, k.Version AS version,
    k.CreatedAt AS createdAt, k.StruckAt AS struckAt, d.Reason AS reason, d.Statement AS statement
  FROM StruckRatings k
  JOIN Users s ON s.Id = k.SellerId
  JOIN Users u ON u.Id = k.RaterId
  JOIN RatingDecisions d ON d.Id = k.DecisionId
  LEFT JOIN Orders o ON o.Id = k.OrderId`;

const toStruck = (raw: Raw<StruckRow, 'createdAt' | 'struckAt'>): StruckRow => ({
  ...raw,
  createdAt: toDate(raw.createdAt),
  struckAt: toDate(raw.struckAt),
});

interface RawDecision extends Raw<Omit<DecisionRow, 'latest' | 'appeal'>, 'at'> {
  latest: number;
  appealId: number | null;
  appellantId: number;
  appealText: string;
  appealAt: RawDate;
  appealStatus: 'open' | 'granted' | 'denied';
}

const DECISIONS = Prisma.sql`
  SELECT d.Id AS id, d.RatingId AS ratingId, d.SellerId AS sellerId, s.FullName AS sellerName, d.RaterId AS raterId, u.FullName AS raterName,
    d.Rating AS rating, d.Comment AS comment, d.Action AS action, d.Reason AS reason, d.Statement AS statement, d.DecidedBy AS decidedBy,
    d.At AS at, CASE WHEN EXISTS (SELECT 1 FROM RatingDecisions n WHERE n.RatingId = d.RatingId AND n.Id > d.Id) THEN 0 ELSE 1 END AS latest,
    a.Id AS appealId, a.AppellantId AS appellantId, a.Text AS appealText, a.CreatedAt AS appealAt, a.Status AS appealStatus
  FROM RatingDecisions d
  JOIN Users s ON s.Id = d.SellerId
  JOIN Users u ON u.Id = d.RaterId
  LEFT JOIN RatingAppeals a ON a.DecisionId = d.Id`;

const toDecision = ({ latest, appealId, appellantId, appealText, appealAt, appealStatus, ...raw }: RawDecision): DecisionRow => ({
  ...raw,
  at: toDate(raw.at),
  latest: latest === 1,
  appeal: appealId === null ? null : { id: appealId, appellantId, text: appealText, at: toDate(appealAt), status: appealStatus },
});

const APPEALS = Prisma.sql`
  SELECT a.Id AS id, a.DecisionId AS decisionId, a.AppellantId AS appellantId, u.FullName AS appellantName, a.Text AS text, a.CreatedAt AS createdAt
  FROM RatingAppeals a JOIN Users u ON u.Id = a.AppellantId WHERE a.Status = 'open'`;

const COLUMNS = Prisma.raw('SellerId, RaterId, Rating, Comment, OrderId, Source, ImportRunId, HelpfulCount, CreatedAt, UpdatedAt');

export function moderationRepository(db: Queryable): ModerationRepository {
  const count = async (query: Prisma.Sql) => (await db.read<{ n: number }>(query))[0]!.n;
  const struck = async (end: Prisma.Sql) =>
    (await db.read<Raw<StruckRow, 'createdAt' | 'struckAt'>>(Prisma.sql`${STRUCK} ${end}`)).map(toStruck);
  const decisions = async (end: Prisma.Sql) => (await db.read<RawDecision>(Prisma.sql`${DECISIONS} ${end}`)).map(toDecision);
  const appeals = async (end: Prisma.Sql) => {
    const rows = await db.read<{
      id: number;
      decisionId: number;
      appellantId: number;
      appellantName: string;
      text: string;
      createdAt: RawDate;
    }>(Prisma.sql`${APPEALS} ${end}`);
    return rows.map((row) => ({ ...row, createdAt: toDate(row.createdAt) }));
  };

  return {
    async insertReport({ ratingId, reporterId, reason, detail }, at) {
      const again = await db.write(Prisma.sql`
        UPDATE RatingReports SET Reason = ${reason}, Detail = ${detail}, CreatedAt = ${at}, DecisionId = NULL
        WHERE RatingId = ${ratingId} AND ReporterId = ${reporterId} AND DecisionId IS NOT NULL`);
      if (again > 0) return;
      await unlessThere('ALREADY_REPORTED', () =>
        insert(db, 'RatingReports', { RatingId: ratingId, ReporterId: reporterId, Reason: reason, Detail: detail, CreatedAt: at }),
      );
    },

    async openReports(rows) {
      const found = await db.read<Raw<ReportRow, 'createdAt'>>(Prisma.sql`
        SELECT p.Id AS id, p.RatingId AS ratingId, p.ReporterId AS reporterId, u.FullName AS reporterName, p.Reason AS reason, p.Detail AS detail, p.CreatedAt AS createdAt
        FROM RatingReports p JOIN Users u ON u.Id = p.ReporterId JOIN SellerRatings r ON r.Id = p.RatingId
        WHERE p.DecisionId IS NULL ORDER BY p.Id ${limit(db.engine, rows)}`);
      return found.map((row) => ({ ...row, createdAt: toDate(row.createdAt) }));
    },

    countOpen: async () => ({
      reported: await count(Prisma.sql`
        SELECT CAST(COUNT(DISTINCT p.RatingId) AS INT) AS n FROM RatingReports p JOIN SellerRatings r ON r.Id = p.RatingId WHERE p.DecisionId IS NULL`),
      appeals: await count(Prisma.sql`SELECT CAST(COUNT(*) AS INT) AS n FROM RatingAppeals a WHERE a.Status = 'open'`),
      struck: await count(Prisma.sql`SELECT CAST(COUNT(*) AS INT) AS n FROM StruckRatings`),
    }),

    async answerReports(ratingId, decisionId) {
      await db.write(Prisma.sql`UPDATE RatingReports SET DecisionId = ${decisionId} WHERE RatingId = ${ratingId} AND DecisionId IS NULL`);
    },

    async records(raterIds) {
      if (raterIds.length === 0) return new Map();
      const rows = await db.read<{ id: number; given: number; struck: number }>(Prisma.sql`
        SELECT u.Id AS id, (SELECT CAST(COUNT(*) AS INT) FROM SellerRatings r WHERE r.RaterId = u.Id) AS given,
          (SELECT CAST(COUNT(*) AS INT) FROM StruckRatings k WHERE k.RaterId = u.Id) AS struck
        FROM Users u WHERE u.Id IN (${Prisma.join(raterIds)})`);
      return new Map(rows.map(({ id, ...record }) => [id, record]));
    },

    insertDecision: (decision, at) =>
      insertReturningId(db, 'RatingDecisions', {
        RatingId: decision.ratingId,
        SellerId: decision.sellerId,
        RaterId: decision.raterId,
        Rating: decision.rating,
        Comment: decision.comment,
        Action: decision.action,
        Reason: decision.reason,
        Statement: decision.statement,
        DecidedBy: decision.decidedBy,
        At: at,
      }),
    findDecision: async (id) => (await decisions(Prisma.sql`WHERE d.Id = ${id}`))[0] ?? null,
    decisionsOf: (userId, rows) =>
      decisions(Prisma.sql`WHERE (d.SellerId = ${userId} OR d.RaterId = ${userId}) ORDER BY d.Id DESC ${limit(db.engine, rows)}`),

    async strike({ id, version }, decisionId, at) {
      // Take the row first: an edit or a vote that comes in between would not be in the copy.
      if ((await db.write(Prisma.sql`UPDATE SellerRatings SET Version = Version + 1 WHERE Id = ${id} AND Version = ${version}`)) !== 1)
        return false;
      await db.write(Prisma.sql`
        INSERT INTO StruckRatings (RatingId, Version, StruckAt, DecisionId, ${COLUMNS})
        SELECT Id, Version, ${at}, ${decisionId}, ${COLUMNS} FROM SellerRatings WHERE Id = ${id}`);
      await db.write(Prisma.sql`DELETE FROM SellerRatings WHERE Id = ${id}`);
      return true;
    },
    findStruck: async (ratingId) => (await struck(Prisma.sql`WHERE k.RatingId = ${ratingId}`))[0] ?? null,

    async restore(ratingId) {
      if ((await db.write(Prisma.sql`UPDATE StruckRatings SET Version = Version + 1 WHERE RatingId = ${ratingId}`)) !== 1) return false;
      const own = Prisma.sql`INSERT INTO SellerRatings (Id, Version, ${COLUMNS}) SELECT RatingId, Version, ${COLUMNS} FROM StruckRatings WHERE RatingId = ${ratingId}`;
      const insertion =
        db.engine === 'sqlite' ? own : Prisma.sql`SET IDENTITY_INSERT SellerRatings ON; ${own}; SET IDENTITY_INSERT SellerRatings OFF`;
      await unlessThere('ALREADY_RATED', () => db.write(insertion));
      await db.write(Prisma.sql`DELETE FROM StruckRatings WHERE RatingId = ${ratingId}`);
      return true;
    },

    struckOf: (sellerId, rows) => struck(Prisma.sql`WHERE k.SellerId = ${sellerId} ORDER BY k.StruckAt DESC ${limit(db.engine, rows)}`),
    recentlyStruck: (rows) => struck(Prisma.sql`ORDER BY k.StruckAt DESC ${limit(db.engine, rows)}`),

    insertAppeal: (decisionId, appellantId, text, at) =>
      unlessThere('ALREADY_APPEALED', () =>
        insertReturningId(db, 'RatingAppeals', { DecisionId: decisionId, AppellantId: appellantId, Text: text, CreatedAt: at }),
      ),
    openAppeals: (rows) => appeals(Prisma.sql`ORDER BY a.Id ${limit(db.engine, rows)}`),
    findOpenAppeal: async (id) => (await appeals(Prisma.sql`AND a.Id = ${id}`))[0] ?? null,
    async closeAppealsAbout(ratingId, status) {
      await db.write(Prisma.sql`
        UPDATE RatingAppeals SET Status = ${status}
        WHERE Status = 'open' AND DecisionId IN (SELECT d.Id FROM RatingDecisions d WHERE d.RatingId = ${ratingId})`);
    },
    closeAppeal: async (id, status) =>
      (await db.write(Prisma.sql`UPDATE RatingAppeals SET Status = ${status} WHERE Id = ${id} AND Status = 'open'`)) === 1,

    async audit({ action, entityId, limit: rows, before }) {
      const conditions = where([
        action !== undefined && startsWith(Prisma.sql`e.Action`, action),
        entityId !== undefined && Prisma.sql`e.EntityId = ${entityId}`,
        before !== undefined && Prisma.sql`e.Id < ${before}`,
      ]);
      const found = await db.read<Raw<AuditEntryRow, 'at'>>(Prisma.sql`
        SELECT e.Id AS id, e.At AS at, u.FullName AS actorName, e.ActorKind AS actorKind, e.Action AS action, e.Entity AS entity,
          e.EntityId AS entityId, e.Detail AS detail, e.RequestId AS requestId
        FROM AuditLog e LEFT JOIN Users u ON u.Id = e.ActorId ${conditions} ORDER BY e.Id DESC ${limit(db.engine, rows)}`);
      return found.map((row) => ({ ...row, at: toDate(row.at) }));
    },
  };
}

async function unlessThere<T>(code: 'ALREADY_REPORTED' | 'ALREADY_APPEALED' | 'ALREADY_RATED', write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isUniqueViolation(error) ? new AppError(code) : error;
  }
}

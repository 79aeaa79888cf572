import type { DecisionRow, ModerationRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { refuseDuplicate } from '../engine/errors.ts';
import { insert, insertReturningId, insertWithIds } from '../engine/insert.ts';
import { startsWith } from '../engine/like.ts';
import { where } from '../engine/keyset.ts';
import { bool, columns, countRows, outer, present, readCount } from '../engine/rows.ts';

const STRUCK = columns(
  { k: 'StruckRatings', s: 'Users', u: 'Users', d: 'RatingDecisions', o: outer('Orders') },
  {
    ratingId: 'k.RatingId',
    sellerId: 'k.SellerId',
    sellerName: 's.FullName',
    raterId: 'k.RaterId',
    raterName: 'u.FullName',
    rating: 'k.Rating',
    comment: 'k.Comment',
    purchase: 'o.Title',
    source: 'k.Source',
    orderId: 'k.OrderId',
    version: 'k.Version',
    createdAt: 'k.CreatedAt',
    struckAt: 'k.StruckAt',
    reason: present('d.Reason'),
    statement: 'd.Statement',
  },
);
const STRUCK_RATINGS = Prisma.sql`
  FROM StruckRatings k
  JOIN Users s ON s.Id = k.SellerId
  JOIN Users u ON u.Id = k.RaterId
  JOIN RatingDecisions d ON d.Id = k.DecisionId
  LEFT JOIN Orders o ON o.Id = k.OrderId`;

const DECISION = columns(
  { d: 'RatingDecisions', s: 'Users', u: 'Users', a: outer('RatingAppeals') },
  {
    id: 'd.Id',
    ratingId: 'd.RatingId',
    sellerId: 'd.SellerId',
    sellerName: 's.FullName',
    raterId: 'd.RaterId',
    raterName: 'u.FullName',
    rating: 'd.Rating',
    comment: 'd.Comment',
    action: 'd.Action',
    reason: 'd.Reason',
    statement: 'd.Statement',
    decidedBy: 'd.DecidedBy',
    at: 'd.At',
    latest: bool(Prisma.sql`NOT EXISTS (SELECT 1 FROM RatingDecisions n WHERE n.RatingId = d.RatingId AND n.Id > d.Id)`),
    appealId: 'a.Id',
    appellantId: present('a.AppellantId'),
    appealText: present('a.Text'),
    appealAt: present('a.CreatedAt'),
    appealStatus: present('a.Status'),
  },
  ({ appealId, appellantId, appealText, appealAt, appealStatus, ...row }): DecisionRow => ({
    ...row,
    appeal: appealId === null ? null : { id: appealId, appellantId, text: appealText, at: appealAt, status: appealStatus },
  }),
);
const DECISIONS = Prisma.sql`
  FROM RatingDecisions d
  JOIN Users s ON s.Id = d.SellerId
  JOIN Users u ON u.Id = d.RaterId
  LEFT JOIN RatingAppeals a ON a.DecisionId = d.Id`;

const APPEAL = columns(
  { a: 'RatingAppeals', u: 'Users' },
  {
    id: 'a.Id',
    decisionId: 'a.DecisionId',
    appellantId: 'a.AppellantId',
    appellantName: 'u.FullName',
    text: 'a.Text',
    createdAt: 'a.CreatedAt',
  },
);
const OPEN_APPEALS = Prisma.sql`FROM RatingAppeals a JOIN Users u ON u.Id = a.AppellantId WHERE a.Status = 'open'`;

const REPORT = columns(
  { p: 'RatingReports', u: 'Users', r: 'SellerRatings' },
  {
    id: 'p.Id',
    ratingId: 'p.RatingId',
    reporterId: 'p.ReporterId',
    reporterName: 'u.FullName',
    reason: 'p.Reason',
    detail: 'p.Detail',
    createdAt: 'p.CreatedAt',
  },
);

const AUDIT_ENTRY = columns(
  { e: 'AuditLog', u: outer('Users') },
  {
    id: 'e.Id',
    at: 'e.At',
    actorName: 'u.FullName',
    actorKind: 'e.ActorKind',
    action: 'e.Action',
    entity: 'e.Entity',
    entityId: 'e.EntityId',
    detail: 'e.Detail',
    requestId: 'e.RequestId',
    addressPrefix: 'e.AddressPrefix',
  },
);

const COLUMNS = Prisma.raw('SellerId, RaterId, Rating, Comment, OrderId, Source, ImportRunId, HelpfulCount, CreatedAt, UpdatedAt');

export function moderationRepository(db: Queryable): ModerationRepository {
  const struck = (rest: Prisma.Sql) => STRUCK.read(db, Prisma.sql`${STRUCK_RATINGS} ${rest}`);
  /** Those of the ratings that `c` has rows about. */
  const ratingsWhere = async (rows: Prisma.Sql, ratingIds: readonly number[]): Promise<Set<number>> => {
    if (ratingIds.length === 0) return new Set();
    const found = await db.read<{ id: number }>(
      Prisma.sql`SELECT DISTINCT c.RatingId AS id ${rows} AND c.RatingId IN (${Prisma.join([...ratingIds])})`,
    );
    return new Set(found.map(({ id }) => id));
  };

  return {
    async insertReport({ ratingId, reporterId, reason, detail }, at) {
      const again = await db.write(Prisma.sql`
        UPDATE RatingReports SET Reason = ${reason}, Detail = ${detail}, CreatedAt = ${at}, DecisionId = NULL
        WHERE RatingId = ${ratingId} AND ReporterId = ${reporterId} AND DecisionId IS NOT NULL`);
      if (again > 0) return;
      await refuseDuplicate('ALREADY_REPORTED', () =>
        insert(db, 'RatingReports', { RatingId: ratingId, ReporterId: reporterId, Reason: reason, Detail: detail, CreatedAt: at }),
      );
    },

    openReports: (rows) =>
      REPORT.read(
        db,
        Prisma.sql`FROM RatingReports p JOIN Users u ON u.Id = p.ReporterId JOIN SellerRatings r ON r.Id = p.RatingId
          WHERE p.DecisionId IS NULL ORDER BY p.Id ${limit(db.engine, rows)}`,
      ),

    reportedBy: (userId, ratingIds) => ratingsWhere(Prisma.sql`FROM RatingReports c WHERE c.ReporterId = ${userId}`, ratingIds),

    countOpen: async () => ({
      reported: await readCount(
        db,
        Prisma.sql`SELECT CAST(COUNT(DISTINCT p.RatingId) AS INT) AS n
          FROM RatingReports p JOIN SellerRatings r ON r.Id = p.RatingId WHERE p.DecisionId IS NULL`,
      ),
      appeals: await countRows(db, Prisma.sql`FROM RatingAppeals a WHERE a.Status = 'open'`),
      struck: await countRows(db, Prisma.sql`FROM StruckRatings`),
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
    findDecision: (id) => DECISION.first(db, Prisma.sql`${DECISIONS} WHERE d.Id = ${id}`),
    decisionsOf: (userId, rows) =>
      DECISION.read(
        db,
        Prisma.sql`${DECISIONS} WHERE (d.SellerId = ${userId} OR d.RaterId = ${userId}) ORDER BY d.Id DESC ${limit(db.engine, rows)}`,
      ),

    async strike({ id, version }, decisionId, at) {
      // Lock the row first: the copy would miss an edit or a vote in between.
      if ((await db.write(Prisma.sql`UPDATE SellerRatings SET Version = Version + 1 WHERE Id = ${id} AND Version = ${version}`)) !== 1)
        return false;
      await db.write(Prisma.sql`
        INSERT INTO StruckRatings (RatingId, Version, StruckAt, DecisionId, ${COLUMNS})
        SELECT Id, Version, ${at}, ${decisionId}, ${COLUMNS} FROM SellerRatings WHERE Id = ${id}`);
      await db.write(Prisma.sql`DELETE FROM SellerRatings WHERE Id = ${id}`);
      return true;
    },
    findStruck: (ratingId) => STRUCK.first(db, Prisma.sql`${STRUCK_RATINGS} WHERE k.RatingId = ${ratingId}`),

    async restore(ratingId) {
      if ((await db.write(Prisma.sql`UPDATE StruckRatings SET Version = Version + 1 WHERE RatingId = ${ratingId}`)) !== 1) return false;
      const insertion = Prisma.sql`INSERT INTO SellerRatings (Id, Version, ${COLUMNS}) SELECT RatingId, Version, ${COLUMNS} FROM StruckRatings WHERE RatingId = ${ratingId}`;
      await refuseDuplicate('ALREADY_RATED', () => insertWithIds(db, 'SellerRatings', insertion));
      await db.write(Prisma.sql`DELETE FROM StruckRatings WHERE RatingId = ${ratingId}`);
      return true;
    },

    struckOf: (sellerId, rows) => struck(Prisma.sql`WHERE k.SellerId = ${sellerId} ORDER BY k.StruckAt DESC ${limit(db.engine, rows)}`),
    recentlyStruck: (rows) => struck(Prisma.sql`ORDER BY k.StruckAt DESC ${limit(db.engine, rows)}`),

    insertAppeal: (decisionId, appellantId, text, at) =>
      refuseDuplicate('ALREADY_APPEALED', () =>
        insertReturningId(db, 'RatingAppeals', { DecisionId: decisionId, AppellantId: appellantId, Text: text, CreatedAt: at }),
      ),
    openAppeals: (rows) => APPEAL.read(db, Prisma.sql`${OPEN_APPEALS} ORDER BY a.Id ${limit(db.engine, rows)}`),
    findOpenAppeal: (id) => APPEAL.first(db, Prisma.sql`${OPEN_APPEALS} AND a.Id = ${id}`),
    async closeAppealsAbout(ratingId, status, by) {
      const byOthers = by === undefined ? Prisma.empty : Prisma.sql`AND d.DecidedBy <> ${by}`;
      await db.write(Prisma.sql`
        UPDATE RatingAppeals SET Status = ${status}
        WHERE Status = 'open' AND DecisionId IN (SELECT d.Id FROM RatingDecisions d WHERE d.RatingId = ${ratingId} ${byOthers})`);
    },
    async reopenAppealAbout(ratingId) {
      await db.write(Prisma.sql`
        UPDATE RatingAppeals SET Status = 'open'
        WHERE Status = 'granted' AND DecisionId = (SELECT MAX(d.Id) FROM RatingDecisions d WHERE d.RatingId = ${ratingId})`);
    },
    appealedAgainst: (userId, ratingIds) =>
      ratingsWhere(
        Prisma.sql`FROM RatingDecisions c JOIN RatingAppeals a ON a.DecisionId = c.Id WHERE c.DecidedBy = ${userId} AND (a.Status = 'open'
          OR (SELECT COUNT(*) FROM RatingDecisions n WHERE n.RatingId = c.RatingId AND n.Id > c.Id) = 1)`,
        ratingIds,
      ),
    closeAppeal: async (id, status) =>
      (await db.write(Prisma.sql`UPDATE RatingAppeals SET Status = ${status} WHERE Id = ${id} AND Status = 'open'`)) === 1,

    audit({ action, entity, entityId, limit: rows, before }) {
      const conditions = where([
        action !== undefined && startsWith(Prisma.sql`e.Action`, action),
        entity !== undefined && Prisma.sql`e.Entity = ${entity}`,
        entityId !== undefined && Prisma.sql`e.EntityId = ${entityId}`,
        before !== undefined && Prisma.sql`e.Id < ${before}`,
      ]);
      const newestFirst = Prisma.sql`ORDER BY e.Id DESC ${limit(db.engine, rows)}`;
      return AUDIT_ENTRY.read(db, Prisma.sql`FROM AuditLog e LEFT JOIN Users u ON u.Id = e.ActorId ${conditions} ${newestFirst}`);
    },
  };
}

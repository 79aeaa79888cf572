import { foldForSearch } from '@assay/contract';
import type { MessagesRepository, ThreadFilter } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere, isUniqueViolation, refuseDuplicate } from '../engine/errors.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { orderBy, seekAfter, where, type SortColumn } from '../engine/keyset.ts';
import { contains, startsWith } from '../engine/like.ts';
import { lockRows } from '../engine/locks.ts';
import { bool, columns, computed, countRows, readCount } from '../engine/rows.ts';
import type { TableName } from '../engine/tables.ts';

/** Messages `m` that a side `s` has not read. */
const UNREAD = Prisma.sql`FROM Messages m
  WHERE m.ThreadId = s.ThreadId AND m.Position > s.ReadUpTo AND m.SenderId <> s.UserId AND m.Status = 'sent'`;

const THREAD = columns(
  { s: 'MessageThreadSides', t: 'MessageThreads', b: 'Users', v: 'Users' },
  {
    id: 't.Id',
    kind: 't.Kind',
    subjectId: 't.SubjectId',
    buyerId: 't.BuyerId',
    sellerId: 't.SellerId',
    role: 's.Role',
    buyerName: 'b.FullName',
    sellerName: 'v.FullName',
    title: computed<string | null>(Prisma.sql`COALESCE(o.Title, l.Title)`),
    closed: bool(Prisma.sql`(s.Role = 'buyer' AND v.DeletedAt IS NOT NULL) OR (s.Role = 'seller' AND b.DeletedAt IS NOT NULL)`),
    lastPosition: 't.LastPosition',
    readUpTo: 's.ReadUpTo',
    lastAt: 's.LastAt',
    archivedAt: 's.ArchivedAt',
    unread: computed<number>(Prisma.sql`(SELECT CAST(COUNT(*) AS INT) ${UNREAD})`),
  },
);
const THREADS = Prisma.sql`FROM MessageThreadSides s
  JOIN MessageThreads t ON t.Id = s.ThreadId JOIN Users b ON b.Id = t.BuyerId JOIN Users v ON v.Id = t.SellerId
  LEFT JOIN SellerListings l ON t.Kind = 'listing' AND l.Id = t.SubjectId
  LEFT JOIN Orders o ON t.Kind = 'order' AND o.Id = t.SubjectId`;

const MESSAGE = columns(
  { m: 'Messages' },
  {
    id: 'm.Id',
    threadId: 'm.ThreadId',
    senderId: 'm.SenderId',
    clientId: 'm.ClientId',
    position: 'm.Position',
    status: 'm.Status',
    heldFor: 'm.HeldFor',
    text: 'm.Text',
    createdAt: 'm.CreatedAt',
  },
);
const REPORT = columns(
  { r: 'MessageReports', m: 'Messages' },
  {
    id: 'r.Id',
    messageId: 'r.MessageId',
    threadId: 'm.ThreadId',
    reporterId: 'r.ReporterId',
    reason: 'r.Reason',
    detail: 'r.Detail',
    createdAt: 'r.CreatedAt',
  },
);
const ID = columns({ t: 'MessageThreads' }, { id: 't.Id' });
const READ = columns({ s: 'MessageThreadSides' }, { upTo: 's.ReadUpTo' });

const LATEST: [SortColumn, SortColumn] = [
  { column: Prisma.sql`s.LastAt`, descending: true },
  { column: Prisma.sql`s.ThreadId`, descending: true },
];

/** States of an order that was paid. */
const PURCHASED = Prisma.sql`('paid', 'shipped', 'delivered', 'completed', 'disputed', 'resolved')`;

/** Whether a person sees a message: what is held is its sender's alone. */
const seenBy = (userId: number, alias: 'm' | 'n') => {
  const [status, sender] = [Prisma.raw(`${alias}.Status`), Prisma.raw(`${alias}.SenderId`)];
  return Prisma.sql`(${status} <> 'held' OR ${sender} = ${userId})`;
};

function matching(userId: number, search: string): Prisma.Sql {
  const said = Prisma.sql`EXISTS (SELECT 1 FROM Messages m WHERE m.ThreadId = t.Id AND ${seenBy(userId, 'm')} AND m.Status <> 'removed' AND ${contains(Prisma.sql`m.Text`, search)})`;
  const titled = Prisma.sql`${contains(Prisma.sql`o.Title`, search)} OR ${contains(Prisma.sql`l.Title`, search)}`;
  const folded = foldForSearch(search);
  // The name of a buyer is not all shown: it is not searched, either.
  const named = folded === '' ? Prisma.empty : Prisma.sql`OR (s.Role = 'buyer' AND ${startsWith(Prisma.sql`v.SearchName`, folded)})`;
  return Prisma.sql`(${said} OR ${titled} ${named})`;
}

function listConditions({ userId, archived, unread, search, after }: ThreadFilter): Prisma.Sql {
  return where([
    Prisma.sql`s.UserId = ${userId}`,
    Prisma.sql`s.LastAt IS NOT NULL`,
    archived ? Prisma.sql`s.ArchivedAt IS NOT NULL` : Prisma.sql`s.ArchivedAt IS NULL`,
    unread && Prisma.sql`EXISTS (SELECT 1 ${UNREAD})`,
    search !== null && matching(userId, search),
    after !== null && seekAfter(LATEST, [...after]),
  ]);
}

export function messagesRepository(db: Queryable): MessagesRepository {
  const changed = async (statement: Prisma.Sql) => (await db.write(statement)) > 0;
  return {
    find: (id, userId) => THREAD.first(db, Prisma.sql`${THREADS} WHERE s.ThreadId = ${id} AND s.UserId = ${userId}`),

    async findBySubject({ kind, subjectId, buyerId }) {
      const subject = Prisma.sql`t.Kind = ${kind} AND t.SubjectId = ${subjectId} AND t.BuyerId = ${buyerId}`;
      return (await ID.first(db, Prisma.sql`FROM MessageThreads t WHERE ${subject}`))?.id ?? null;
    },

    async create({ kind, subjectId, buyerId, sellerId }, at) {
      try {
        const row = { Kind: kind, SubjectId: subjectId, BuyerId: buyerId, SellerId: sellerId };
        const id = await insertReturningId(db, 'MessageThreads', { ...row, LastPosition: 0, CreatedAt: at, LastAt: at });
        await insert(db, 'MessageThreadSides', { ThreadId: id, UserId: buyerId, Role: 'buyer', ReadUpTo: 0 });
        await insert(db, 'MessageThreadSides', { ThreadId: id, UserId: sellerId, Role: 'seller', ReadUpTo: 0 });
        return id;
      } catch (error) {
        if (isUniqueViolation(error)) return null;
        throw error;
      }
    },

    lock: (id) => lockRows(db, 'MessageThreads', 'LastPosition', Prisma.sql`Id = ${id}`),

    findByClientId: (senderId, clientId) =>
      MESSAGE.first(db, Prisma.sql`FROM Messages m WHERE m.SenderId = ${senderId} AND m.ClientId = ${clientId}`),

    async add({ threadId, senderId, clientId, position, status, heldFor, text }, at) {
      const row = { ThreadId: threadId, SenderId: senderId, ClientId: clientId, Position: position, Status: status, HeldFor: heldFor };
      const id = await refuseDuplicate('MESSAGE_ID_TAKEN', () => insertReturningId(db, 'Messages', { ...row, Text: text, CreatedAt: at }));
      await db.write(Prisma.sql`UPDATE MessageThreads SET LastPosition = ${position}, LastAt = ${at} WHERE Id = ${threadId}`);
      const seers = status === 'held' ? Prisma.sql`AND UserId = ${senderId}` : Prisma.empty;
      await db.write(Prisma.sql`UPDATE MessageThreadSides SET LastAt = ${at}, ArchivedAt = NULL WHERE ThreadId = ${threadId} ${seers}`);
      return id;
    },

    messages: (threadId, userId, before, rows) =>
      MESSAGE.read(
        db,
        Prisma.sql`FROM Messages m WHERE m.ThreadId = ${threadId} AND ${seenBy(userId, 'm')}
          ${before === null ? Prisma.empty : Prisma.sql`AND m.Position < ${before}`} ORDER BY m.Position DESC ${limit(db.engine, rows)}`,
      ),

    async lastOf(threadIds, userId) {
      if (threadIds.length === 0) return new Map();
      const rows = await MESSAGE.read(
        db,
        Prisma.sql`FROM Messages m WHERE m.ThreadId IN (${Prisma.join([...threadIds])}) AND m.Position = (
          SELECT MAX(n.Position) FROM Messages n WHERE n.ThreadId = m.ThreadId AND ${seenBy(userId, 'n')})`,
      );
      return new Map(rows.map((row) => [row.threadId, row]));
    },

    message: (threadId, messageId, userId) =>
      MESSAGE.first(db, Prisma.sql`FROM Messages m WHERE m.Id = ${messageId} AND m.ThreadId = ${threadId} AND ${seenBy(userId, 'm')}`),

    isBlocked: async (blockerId, blockedId) =>
      (await countRows(db, Prisma.sql`FROM MessageBlocks b WHERE b.BlockerId = ${blockerId} AND b.BlockedId = ${blockedId}`)) > 0,

    block: (blockerId, blockedId, at) =>
      insertUnlessThere(() => insert(db, 'MessageBlocks', { BlockerId: blockerId, BlockedId: blockedId, CreatedAt: at })),

    unblock: (blockerId, blockedId) =>
      changed(Prisma.sql`DELETE FROM MessageBlocks WHERE BlockerId = ${blockerId} AND BlockedId = ${blockedId}`),

    report: ({ messageId, reporterId, reason, detail }, at) =>
      refuseDuplicate('ALREADY_REPORTED', () =>
        insert(db, 'MessageReports', { MessageId: messageId, ReporterId: reporterId, Reason: reason, Detail: detail, CreatedAt: at }),
      ),

    openReports: (rows) =>
      REPORT.read(
        db,
        Prisma.sql`FROM MessageReports r JOIN Messages m ON m.Id = r.MessageId WHERE r.Decision IS NULL ORDER BY r.Id ${limit(db.engine, rows)}`,
      ),

    countReported: () => readCount(db, Prisma.sql`SELECT COUNT(DISTINCT r.MessageId) AS n FROM MessageReports r WHERE r.Decision IS NULL`),

    threadOfMessage: (messageId) =>
      THREAD.first(
        db,
        Prisma.sql`${THREADS} WHERE s.ThreadId = (SELECT m.ThreadId FROM Messages m WHERE m.Id = ${messageId}) ORDER BY s.Role DESC`,
      ),

    async decide(messageId, decision, by, at) {
      const answered = await changed(Prisma.sql`
        UPDATE MessageReports SET Decision = ${decision}, DecidedBy = ${by}, DecidedAt = ${at} WHERE MessageId = ${messageId} AND Decision IS NULL`);
      if (answered && decision === 'removed') await db.write(Prisma.sql`UPDATE Messages SET Status = 'removed' WHERE Id = ${messageId}`);
      return answered;
    },

    async readByOthers(threadId, userId) {
      const rows = await READ.read(
        db,
        Prisma.sql`FROM MessageThreadSides s WHERE s.ThreadId = ${threadId} AND s.UserId <> ${userId} ORDER BY s.ReadUpTo DESC`,
      );
      return rows[0]?.upTo ?? 0;
    },

    list: (filter) =>
      THREAD.read(db, Prisma.sql`${THREADS} ${listConditions(filter)} ${orderBy(LATEST)} ${limit(db.engine, filter.limit)}`),

    countUnreadThreads: (userId) =>
      countRows(
        db,
        Prisma.sql`FROM MessageThreadSides s WHERE s.UserId = ${userId} AND s.LastAt IS NOT NULL AND EXISTS (SELECT 1 ${UNREAD})`,
      ),

    read: (threadId, userId, upTo) =>
      changed(Prisma.sql`
        UPDATE MessageThreadSides SET ReadUpTo = ${upTo} WHERE ThreadId = ${threadId} AND UserId = ${userId} AND ReadUpTo < ${upTo}`),

    archive: (threadId, userId, at) =>
      changed(Prisma.sql`
        UPDATE MessageThreadSides SET ArchivedAt = ${at}
        WHERE ThreadId = ${threadId} AND UserId = ${userId} AND ArchivedAt IS ${at === null ? Prisma.sql`NOT NULL` : Prisma.sql`NULL`}`),

    countSent: (userId, since) => countRows(db, Prisma.sql`FROM Messages m WHERE m.SenderId = ${userId} AND m.CreatedAt > ${since}`),

    countBegun: (buyerId, since) =>
      countRows(db, Prisma.sql`FROM MessageThreads t WHERE t.BuyerId = ${buyerId} AND t.CreatedAt > ${since} AND t.Kind <> 'order'`),

    hasPurchase: async (buyerId, sellerId) =>
      (await countRows(
        db,
        Prisma.sql`FROM Orders o WHERE o.BuyerId = ${buyerId} AND o.SellerId = ${sellerId} AND o.Status IN ${PURCHASED}`,
      )) > 0,

    async purge(before, rows) {
      const old = await ID.read(
        db,
        Prisma.sql`FROM MessageThreads t WHERE t.LastAt < ${before} ORDER BY t.LastAt ${limit(db.engine, rows)}`,
      );
      await deleteThreads(
        db,
        old.map(({ id }) => id),
      );
      return old.length;
    },
  };
}

/** Deletes threads with their messages. */
export async function deleteThreads(db: Queryable, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const all = Prisma.join([...ids]);
  await db.write(Prisma.sql`DELETE FROM MessageReports WHERE MessageId IN (SELECT m.Id FROM Messages m WHERE m.ThreadId IN (${all}))`);
  for (const table of ['Messages', 'MessageThreadSides'] satisfies TableName[])
    await db.write(Prisma.sql`DELETE FROM ${Prisma.raw(table)} WHERE ThreadId IN (${all})`);
  await db.write(Prisma.sql`DELETE FROM MessageThreads WHERE Id IN (${all})`);
}

import type { ImportRun, ImportsRepository, NewExternalAccount, ResolvedRating } from '@assay/core';
import { Prisma, returning, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { portions, valueRows } from '../engine/value-rows.ts';
import { countStars, forEachStar } from './histogram.ts';
import { addDays } from './rating-days.ts';

export function importsRepository(db: Queryable): ImportsRepository {
  return {
    async openRun({ source, fileName, fingerprint }, at) {
      await insertUnlessThere(() =>
        insert(db, 'ImportRuns', { Source: source, FileName: fileName, Fingerprint: fingerprint, StartedAt: at }),
      );
      const [run] = await db.read<Omit<ImportRun, 'finished'> & { finished: number }>(Prisma.sql`
        SELECT Id AS id, Source AS source, LinesDone AS linesDone, Imported AS imported, Rejected AS rejected, CASE WHEN FinishedAt IS NULL THEN 0 ELSE 1 END AS finished
        FROM ImportRuns WHERE Fingerprint = ${fingerprint}`);
      return { ...run!, finished: run!.finished === 1 };
    },

    async advance(run, { linesDone, imported, rejected }) {
      const changed = await db.write(Prisma.sql`
        UPDATE ImportRuns SET LinesDone = ${linesDone}, Imported = ${imported}, Rejected = ${rejected}
        WHERE Id = ${run.id} AND LinesDone = ${run.linesDone} AND FinishedAt IS NULL`);
      return changed === 1;
    },

    async finish(runId, at) {
      await db.write(Prisma.sql`UPDATE ImportRuns SET FinishedAt = ${at} WHERE Id = ${runId}`);
    },

    async findAccounts(source, externalIds) {
      const found = new Map<string, number>();
      for (const portion of portions(externalIds.map((externalId) => ({ externalId })))) {
        const wanted = Prisma.join(portion.map(({ externalId }) => externalId));
        const rows = await db.read<{ externalId: string; userId: number }>(
          Prisma.sql`SELECT a.ExternalId AS externalId, a.UserId AS userId FROM ExternalAccounts a WHERE a.Source = ${source} AND a.ExternalId IN (${wanted})`,
        );
        for (const { externalId, userId } of rows) found.set(externalId, userId);
      }
      return found;
    },

    async createAccounts(source, accounts) {
      // Names are the only thing that comes back with an id: people who share one are created in turns.
      const byName = new Map(accounts.map((account) => [account.fullName, account.externalId]));
      const turn = accounts.filter(({ fullName, externalId }) => byName.get(fullName) === externalId);
      const ids = new Map<string, number>();
      for (const portion of portions(turn)) {
        const created = await createUsers(db, portion);
        const links = created.map(({ id, name }) => ({ externalId: byName.get(name)!, userId: id }));
        await db.write(
          Prisma.sql`INSERT INTO ExternalAccounts (Source, ExternalId, UserId) SELECT ${source}, l.externalId, l.userId FROM ${valueRows(db, links)} l WHERE 1 = 1`,
        );
        for (const { externalId, userId } of links) ids.set(externalId, userId);
      }
      const namesakes = accounts.filter(({ externalId }) => !ids.has(externalId));
      return namesakes.length === 0 ? ids : new Map([...ids, ...(await this.createAccounts(source, namesakes))]);
    },

    async ensureRole(userIds, role, at) {
      for (const portion of portions(userIds.map((userId) => ({ userId })))) {
        await db.write(Prisma.sql`
          INSERT INTO UserRoles (UserId, Role, GrantedAt)
          SELECT n.userId, ${role}, ${at} FROM ${valueRows(db, portion)} n
          WHERE NOT EXISTS (SELECT 1 FROM UserRoles r WHERE r.UserId = n.userId AND r.Role = ${role})`);
      }
    },

    async ratedPairs(pairs) {
      const rated = new Set<string>();
      for (const portion of portions(
        pairs.map(({ sellerId, raterId }) => ({ sellerId, raterId })),
        2,
      )) {
        const rows = await db.read<{ sellerId: number; raterId: number }>(
          Prisma.sql`
            SELECT r.SellerId AS sellerId, r.RaterId AS raterId FROM SellerRatings r JOIN ${valueRows(db, portion)} w ON w.sellerId = r.SellerId AND w.raterId = r.RaterId
            UNION ALL SELECT k.SellerId, k.RaterId FROM StruckRatings k JOIN ${valueRows(db, portion)} w ON w.sellerId = k.SellerId AND w.raterId = k.RaterId`,
        );
        for (const { sellerId, raterId } of rows) rated.add(`${sellerId}:${raterId}`);
      }
      return rated;
    },

    async insertRatings(runId, ratings) {
      for (const portion of portions(
        ratings.map(({ sellerId, raterId, rating, comment, at }) => ({ sellerId, raterId, rating, comment, at })),
      )) {
        await insertPortion(db, runId, portion);
      }
      await addStars(db, ratings);
      await addDays(db, ratings);
    },
  };
}

function createUsers(db: Queryable, accounts: NewExternalAccount[]): Promise<{ id: number; name: string }[]> {
  const people = valueRows(
    db,
    accounts.map(({ fullName, searchName, since }) => ({ fullName, searchName, since })),
  );
  const created = returning(db.engine, { id: 'Id', name: 'FullName' });
  return db.writeReturning(Prisma.sql`
    INSERT INTO Users (FullName, SearchName, CreatedAt, UpdatedAt) ${created.output}
    SELECT p.fullName, p.searchName, p.since, p.since FROM ${people} p WHERE 1 = 1 ${created.returning}`);
}

async function insertPortion(db: Queryable, runId: number, ratings: Omit<ResolvedRating, 'line'>[]): Promise<void> {
  await db.write(Prisma.sql`
    INSERT INTO SellerRatings (SellerId, RaterId, Rating, Comment, Source, ImportRunId, CreatedAt, UpdatedAt)
    SELECT n.sellerId, n.raterId, n.rating, n.comment, 'imported', ${runId}, n.at, n.at FROM ${valueRows(db, ratings)} n WHERE 1 = 1`);
  const pairs = valueRows(
    db,
    ratings.map(({ sellerId, raterId }) => ({ sellerId, raterId })),
  );
  await db.write(Prisma.sql`
    INSERT INTO SellerRatingHistory (RatingId, SellerId, RaterId, Version, Action, Rating, Comment, At)
    SELECT r.Id, r.SellerId, r.RaterId, 1, 'imported', r.Rating, r.Comment, r.CreatedAt
    FROM SellerRatings r JOIN ${pairs} n ON n.sellerId = r.SellerId AND n.raterId = r.RaterId WHERE r.ImportRunId = ${runId}`);
}

/** Adds what a batch brings to the sellers' counts. */
async function addStars(db: Queryable, ratings: { sellerId: number; rating: number }[]): Promise<void> {
  const counts = [...Map.groupBy(ratings, ({ sellerId }) => sellerId)].map(([id, group]) => ({ id, ...countStars(group) }));
  const sums = forEachStar((n) => `Stars${n} = Users.Stars${n} + c.s${n}`);
  for (const portion of portions(counts))
    await db.write(Prisma.sql`UPDATE Users SET ${sums} FROM ${valueRows(db, portion)} c WHERE c.id = Users.Id`);
}

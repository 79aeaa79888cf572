import type { ImportsRepository, NewExternalAccount, ResolvedRating } from '@assay/core';
import { Prisma, returning, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { bool, columns } from '../engine/rows.ts';
import { chunks, valueRows } from '../engine/value-rows.ts';
import { countStars, forEachStar } from './histogram.ts';
import { addDays } from './rating-days.ts';

const RUN = columns(
  { i: 'ImportRuns' },
  {
    id: 'i.Id',
    source: 'i.Source',
    linesDone: 'i.LinesDone',
    imported: 'i.Imported',
    rejected: 'i.Rejected',
    finished: bool(Prisma.sql`i.FinishedAt IS NOT NULL`),
  },
);
const ACCOUNT = columns({ a: 'ExternalAccounts' }, { externalId: 'a.ExternalId', userId: 'a.UserId' });

export function importsRepository(db: Queryable): ImportsRepository {
  return {
    async openRun({ source, fileName, fingerprint }, at) {
      await insertUnlessThere(() =>
        insert(db, 'ImportRuns', { Source: source, FileName: fileName, Fingerprint: fingerprint, StartedAt: at }),
      );
      const run = await RUN.first(db, Prisma.sql`FROM ImportRuns i WHERE i.Fingerprint = ${fingerprint}`);
      return run!;
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
      for (const chunk of chunks(externalIds.map((externalId) => ({ externalId })))) {
        const wanted = Prisma.join(chunk.map(({ externalId }) => externalId));
        const rows = await ACCOUNT.read(db, Prisma.sql`FROM ExternalAccounts a WHERE a.Source = ${source} AND a.ExternalId IN (${wanted})`);
        for (const { externalId, userId } of rows) found.set(externalId, userId);
      }
      return found;
    },

    async createAccounts(source, accounts) {
      // An INSERT returns ids by name only: people with the same name are created in turns.
      const byName = new Map(accounts.map((account) => [account.fullName, account.externalId]));
      const turn = accounts.filter(({ fullName, externalId }) => byName.get(fullName) === externalId);
      const ids = new Map<string, number>();
      for (const chunk of chunks(turn)) {
        const created = await createUsers(db, chunk);
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
      for (const chunk of chunks(userIds.map((userId) => ({ userId })))) {
        await db.write(Prisma.sql`
          INSERT INTO UserRoles (UserId, Role, GrantedAt)
          SELECT n.userId, ${role}, ${at} FROM ${valueRows(db, chunk)} n
          WHERE NOT EXISTS (SELECT 1 FROM UserRoles r WHERE r.UserId = n.userId AND r.Role = ${role})`);
      }
    },

    async ratedPairs(pairs) {
      const rated = new Set<string>();
      for (const chunk of chunks(
        pairs.map(({ sellerId, raterId }) => ({ sellerId, raterId })),
        2,
      )) {
        const rows = await db.read<{ sellerId: number; raterId: number }>(
          Prisma.sql`
            SELECT r.SellerId AS sellerId, r.RaterId AS raterId FROM SellerRatings r JOIN ${valueRows(db, chunk)} w ON w.sellerId = r.SellerId AND w.raterId = r.RaterId
            UNION ALL SELECT k.SellerId, k.RaterId FROM StruckRatings k JOIN ${valueRows(db, chunk)} w ON w.sellerId = k.SellerId AND w.raterId = k.RaterId`,
        );
        for (const { sellerId, raterId } of rows) rated.add(`${sellerId}:${raterId}`);
      }
      return rated;
    },

    async insertRatings(runId, ratings) {
      for (const chunk of chunks(
        ratings.map(({ sellerId, raterId, rating, comment, at }) => ({ sellerId, raterId, rating, comment, at })),
      )) {
        await insertChunk(db, runId, chunk);
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

async function insertChunk(db: Queryable, runId: number, ratings: Omit<ResolvedRating, 'line'>[]): Promise<void> {
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

/** Adds a batch of new ratings to the sellers' counts. */
async function addStars(db: Queryable, ratings: { sellerId: number; rating: number }[]): Promise<void> {
  const counts = [...Map.groupBy(ratings, ({ sellerId }) => sellerId)].map(([id, group]) => ({ id, ...countStars(group) }));
  const sums = forEachStar((n) => `Stars${n} = Users.Stars${n} + c.s${n}`);
  for (const chunk of chunks(counts))
    await db.write(Prisma.sql`UPDATE Users SET ${sums} FROM ${valueRows(db, chunk)} c WHERE c.id = Users.Id`);
}

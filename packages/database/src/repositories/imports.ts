import type { ImportsRepository, NewExternalAccount, RatedPair, ResolvedRating } from '@assay/core';
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
    finishedAt: 'i.FinishedAt',
  },
);
const COUNTED = columns(
  { r: 'SellerRatings' },
  {
    sellerId: 'r.SellerId',
    raterId: 'r.RaterId',
    ratingId: 'r.Id',
    version: 'r.Version',
    rating: 'r.Rating',
    comment: 'r.Comment',
    createdAt: 'r.CreatedAt',
    source: 'r.Source',
  },
);
const STRUCK = columns(
  { k: 'StruckRatings' },
  {
    sellerId: 'k.SellerId',
    raterId: 'k.RaterId',
    ratingId: 'k.RatingId',
    version: 'k.Version',
    rating: 'k.Rating',
    comment: 'k.Comment',
    createdAt: 'k.CreatedAt',
  },
);
const ACCOUNT = columns({ a: 'ExternalAccounts' }, { externalId: 'a.ExternalId', userId: 'a.UserId' });

export function importsRepository(db: Queryable): ImportsRepository {
  return {
    findRun: (fingerprint) => RUN.first(db, Prisma.sql`FROM ImportRuns i WHERE i.Fingerprint = ${fingerprint}`),

    async openRun({ source, fileName, fingerprint }, at) {
      await insertUnlessThere(() =>
        insert(db, 'ImportRuns', { Source: source, FileName: fileName, Fingerprint: fingerprint, StartedAt: at }),
      );
      return (await this.findRun(fingerprint))!;
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

    reopen: async ({ id, finishedAt }) =>
      (await db.write(Prisma.sql`UPDATE ImportRuns SET FinishedAt = NULL WHERE Id = ${id} AND FinishedAt = ${finishedAt}`)) === 1,

    async findAccounts(source, externalIds) {
      const found = new Map<string, number>();
      for (const chunk of chunks(externalIds.map((externalId) => ({ externalId })))) {
        const wanted = Prisma.join(chunk.map(({ externalId }) => externalId));
        const rows = await ACCOUNT.read(db, Prisma.sql`FROM ExternalAccounts a WHERE a.Source = ${source} AND a.ExternalId IN (${wanted})`);
        for (const { externalId, userId } of rows) found.set(externalId, userId);
      }
      return found;
    },

    async linkAccounts(source, links) {
      for (const chunk of chunks(links)) {
        await db.write(
          Prisma.sql`INSERT INTO ExternalAccounts (Source, ExternalId, UserId) SELECT ${source}, l.externalId, l.userId FROM ${valueRows(db, chunk)} l WHERE 1 = 1`,
        );
      }
    },

    async createAccounts(source, accounts) {
      const ids = new Map<string, number>();
      for (const chunk of chunks(accounts)) {
        const created = await createUsers(db, chunk);
        await this.linkAccounts(source, created);
        for (const { externalId, userId } of created) ids.set(externalId, userId);
      }
      return ids;
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
      const rated: RatedPair[] = [];
      const keys = pairs.map(({ sellerId, raterId }) => ({ sellerId, raterId }));
      for (const chunk of chunks(keys)) {
        const wanted = (alias: string) =>
          Prisma.sql`JOIN ${valueRows(db, chunk)} w ON w.sellerId = ${Prisma.raw(alias)}.SellerId AND w.raterId = ${Prisma.raw(alias)}.RaterId`;
        rated.push(...(await COUNTED.read(db, Prisma.sql`FROM SellerRatings r ${wanted('r')}`)));
        const struck = await STRUCK.read(db, Prisma.sql`FROM StruckRatings k ${wanted('k')}`);
        rated.push(...struck.map((pair) => ({ ...pair, source: 'struck' as const })));
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

/** Creates users under their ids elsewhere, by which the INSERT returns them, and then names those who are called otherwise. */
async function createUsers(db: Queryable, accounts: NewExternalAccount[]): Promise<{ externalId: string; userId: number }[]> {
  const people = valueRows(
    db,
    accounts.map(({ externalId, searchName, since }) => ({ externalId, searchName, since })),
  );
  const returned = returning(db.engine, { userId: 'Id', externalId: 'FullName' });
  const created = await db.writeReturning<{ userId: number; externalId: string }>(Prisma.sql`
    INSERT INTO Users (FullName, SearchName, CreatedAt, UpdatedAt) ${returned.output}
    SELECT p.externalId, p.searchName, p.since, p.since FROM ${people} p WHERE 1 = 1 ${returned.returning}`);
  const names = new Map(accounts.map(({ externalId, fullName }) => [externalId, fullName]));
  const renamed = created.flatMap(({ userId, externalId }) => {
    const name = names.get(externalId)!;
    return name === externalId ? [] : [{ userId, name }];
  });
  if (renamed.length > 0)
    await db.write(Prisma.sql`UPDATE Users SET FullName = n.name FROM ${valueRows(db, renamed)} n WHERE n.userId = Users.Id`);
  return created.map(({ userId, externalId }) => ({ externalId, userId }));
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

import { FORMER_MEMBER } from '@assay/contract';
import type { ErasureStep } from '@assay/core';
import { limit, Prisma, type Queryable } from '../../engine/database.ts';
import { contains } from '../../engine/like.ts';
import { deleteThreads } from '../messages.ts';
import type { TableName, Tables } from '../../engine/tables.ts';

/** Erases up to so many rows of a person. Returns how many: fewer when nothing is left. */
type Erase = (db: Queryable, userId: number, rows: number, at: Date) => Promise<number>;

type Column<T extends TableName> = keyof Tables[T] & string;

/** Deletes rows of a person: those whose column `whose` names them, by a key that is unique among them. */
const rowsOf =
  <T extends TableName>(table: T, whose: Column<T>, key: Column<T>): Erase =>
  (db, userId, rows) => {
    const [from, mine, id] = [table, whose, key].map(Prisma.raw) as [Prisma.Sql, Prisma.Sql, Prisma.Sql];
    const some = Prisma.sql`SELECT t.${id} FROM ${from} t WHERE t.${mine} = ${userId} ORDER BY t.${id} ${limit(db.engine, rows)}`;
    return db.write(Prisma.sql`DELETE FROM ${from} WHERE ${mine} = ${userId} AND ${id} IN (${some})`);
  };

const idsOf = async (db: Queryable, query: Prisma.Sql): Promise<number[]> => (await db.read<{ id: number }>(query)).map(({ id }) => id);

/** Several of them, one after the other. */
const each =
  (...steps: Erase[]): Erase =>
  async (db, userId, rows, at) => {
    let most = 0;
    for (const step of steps) most = Math.max(most, await step(db, userId, rows, at));
    return most;
  };

/** The count of a rating is the number of its votes: it goes down with them. */
const votes: Erase = async (db, userId, rows) => {
  const mine = Prisma.sql`FROM RatingHelpfulVotes v WHERE v.UserId = ${userId}`;
  const ids = await idsOf(db, Prisma.sql`SELECT v.RatingId AS id ${mine} ORDER BY v.RatingId ${limit(db.engine, rows)}`);
  if (ids.length === 0) return 0;
  for (const [table, key] of [
    ['SellerRatings', 'Id'],
    ['StruckRatings', 'RatingId'],
  ] as const)
    await db.write(
      Prisma.sql`UPDATE ${Prisma.raw(table)} SET HelpfulCount = HelpfulCount - 1 WHERE ${Prisma.raw(key)} IN (${Prisma.join(ids)}) AND HelpfulCount > 0`,
    );
  return db.write(Prisma.sql`DELETE FROM RatingHelpfulVotes WHERE UserId = ${userId} AND RatingId IN (${Prisma.join(ids)})`);
};

/** What others read stays: the version that counts. Earlier versions and withdrawn ratings keep their stars, which scores are explained by. */
const earlierComments: Erase = (db, userId, rows) =>
  db.write(Prisma.sql`
    UPDATE SellerRatingHistory SET Comment = NULL WHERE Id IN (
      SELECT h.Id FROM SellerRatingHistory h
      WHERE h.RaterId = ${userId} AND h.Comment IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM SellerRatings r WHERE r.Id = h.RatingId AND r.Version = h.Version)
      ORDER BY h.Id ${limit(db.engine, rows)})`);

/** What listings are called that an order is about: the order keeps its own title. */
const LISTING_TITLE = 'Listing of a former member';

const listings: Erase = async (db, userId, rows) => {
  const ids = await idsOf(
    db,
    Prisma.sql`SELECT l.Id AS id FROM SellerListings l WHERE l.SellerId = ${userId} AND NOT (l.Status = 'archived' AND l.Title = ${LISTING_TITLE})
      ORDER BY l.Id ${limit(db.engine, rows)}`,
  );
  if (ids.length === 0) return 0;
  const all = Prisma.join(ids);
  const ordered = await idsOf(
    db,
    Prisma.sql`
      SELECT o.ListingId AS id FROM Orders o WHERE o.ListingId IN (${all})
      UNION SELECT i.ListingId FROM OrderItems i WHERE i.ListingId IN (${all})`,
  );
  const kept = new Set(ordered);
  const deleted = ids.filter((id) => !kept.has(id));
  await db.write(Prisma.sql`DELETE FROM StoreFeatured WHERE ListingId IN (${all})`);
  await db.write(Prisma.sql`DELETE FROM BasketItems WHERE ListingId IN (${all})`);
  await db.write(Prisma.sql`DELETE FROM ImageUses WHERE Purpose = 'listing' AND SubjectId IN (${all})`);
  if (deleted.length > 0) {
    await db.write(Prisma.sql`DELETE FROM ListingEvents WHERE ListingId IN (${Prisma.join(deleted)})`);
    await db.write(Prisma.sql`DELETE FROM SellerListings WHERE Id IN (${Prisma.join(deleted)})`);
  }
  if (ordered.length > 0)
    await db.write(Prisma.sql`
      UPDATE SellerListings SET Status = 'archived', Title = ${LISTING_TITLE}, Description = NULL, Metadata = '[]', ShippingInfo = '{}',
        SearchText = ${LISTING_TITLE.toLowerCase()}, Version = Version + 1
      WHERE Id IN (${Prisma.join(ordered)})`);
  return ids.length;
};

const images: Erase = async (db, userId, rows, at) => {
  const some = Prisma.sql`SELECT i.Id FROM Images i WHERE i.OwnerId = ${userId} AND i.DeletedAt IS NULL ORDER BY i.Id ${limit(db.engine, rows)}`;
  await db.write(Prisma.sql`DELETE FROM ImageUses WHERE ImageId IN (${some})`);
  return db.write(Prisma.sql`
    UPDATE Images SET DeletedAt = ${at}, UpdatedAt = ${at}, LiveKey = CONCAT('gone:', Id),
      LeaseUntil = CASE WHEN Status IN ('uploaded', 'ready', 'failed') THEN ${at} ELSE LeaseUntil END
    WHERE Id IN (${some})`);
};

/** Rows whose files are gone. */
const verifications: Erase = async (db, userId, rows) => {
  const mine = Prisma.sql`SELECT v.Id FROM SellerVerifications v WHERE v.UserId = ${userId}`;
  const files = Prisma.sql`SELECT f.Id FROM SellerVerificationFiles f WHERE f.VerificationId IN (${mine}) AND f.RemovedAt IS NOT NULL
    ORDER BY f.Id ${limit(db.engine, rows)}`;
  const gone = await db.write(Prisma.sql`DELETE FROM SellerVerificationFiles WHERE Id IN (${files})`);
  await db.write(Prisma.sql`
    DELETE FROM SellerVerifications WHERE UserId = ${userId}
      AND NOT EXISTS (SELECT 1 FROM SellerVerificationFiles f WHERE f.VerificationId = SellerVerifications.Id)`);
  await db.write(Prisma.sql`UPDATE SellerVerifications SET LegalName = NULL, Reason = NULL WHERE UserId = ${userId}`);
  return gone;
};

/** What a person wrote in disputes, and the rows of files that are gone; what was decided and agreed stays with the order. */
const disputes: Erase = async (db, userId, rows) => {
  const texts = Prisma.sql`SELECT e.Id FROM DisputeEvents e WHERE e.ActorId = ${userId} AND e.Text IS NOT NULL ORDER BY e.Id ${limit(db.engine, rows)}`;
  const files = Prisma.sql`SELECT f.Id FROM DisputeFiles f WHERE f.UploaderId = ${userId} AND f.RemovedAt IS NOT NULL
    ORDER BY f.Id ${limit(db.engine, rows)}`;
  const erased = await db.write(Prisma.sql`UPDATE DisputeEvents SET Text = NULL WHERE Id IN (${texts})`);
  return Math.max(erased, await db.write(Prisma.sql`DELETE FROM DisputeFiles WHERE Id IN (${files})`));
};

const reportsOf = rowsOf('MessageReports', 'ReporterId', 'Id');
const blocksOf = each(rowsOf('MessageBlocks', 'BlockerId', 'BlockedId'), rowsOf('MessageBlocks', 'BlockedId', 'BlockerId'));
const sidesOf = rowsOf('MessageThreadSides', 'UserId', 'ThreadId');

/** What a person wrote, reported and blocked; their side of each thread goes, too, and a thread that has no side left. */
const messages: Erase = async (db, userId, rows, at) => {
  const texts = Prisma.sql`SELECT m.Id FROM Messages m WHERE m.SenderId = ${userId} AND m.Text IS NOT NULL ORDER BY m.Id ${limit(db.engine, rows)}`;
  const erased = await db.write(Prisma.sql`UPDATE Messages SET Text = NULL WHERE Id IN (${texts})`);
  const own = Math.max(await reportsOf(db, userId, rows, at), await blocksOf(db, userId, rows, at));
  const sides = await sidesOf(db, userId, rows, at);
  const left = await idsOf(
    db,
    Prisma.sql`SELECT t.Id AS id FROM MessageThreads t WHERE (t.BuyerId = ${userId} OR t.SellerId = ${userId})
      AND NOT EXISTS (SELECT 1 FROM MessageThreadSides s WHERE s.ThreadId = t.Id) ORDER BY t.Id ${limit(db.engine, rows)}`,
  );
  await deleteThreads(db, left);
  return Math.max(erased, own, sides, left.length);
};

/** What a person wrote about returns; what was agreed stays with the order, and the address as long as money records. */
const returns: Erase = (db, userId, rows) =>
  db.write(Prisma.sql`UPDATE ReturnEvents SET Text = NULL WHERE Id IN (
    SELECT e.Id FROM ReturnEvents e WHERE e.ActorId = ${userId} AND e.Text IS NOT NULL ORDER BY e.Id ${limit(db.engine, rows)})`);

/** Who did what stays; from where, and what of the account and its listings it was about, does not. */
const audit: Erase = async (db, userId, rows) => {
  const id = String(userId);
  const erase = (what: Prisma.Sql, whose: Prisma.Sql) =>
    db.write(Prisma.sql`UPDATE AuditLog SET ${what} = NULL
      WHERE Id IN (SELECT e.Id FROM AuditLog e WHERE ${whose} AND e.${what} IS NOT NULL ORDER BY e.Id ${limit(db.engine, rows)})`);
  const [detail, network] = [Prisma.raw('Detail'), Prisma.raw('AddressPrefix')];
  return Math.max(
    await erase(network, Prisma.sql`e.ActorId = ${userId}`),
    await erase(detail, Prisma.sql`e.ActorId = ${userId} AND e.Entity = 'listing'`),
    await erase(detail, Prisma.sql`e.Entity IN ('user', 'seller') AND e.EntityId = ${id}`),
    await erase(
      detail,
      Prisma.sql`e.Entity = 'verification' AND e.EntityId IN (SELECT CAST(v.Id AS VARCHAR(20)) FROM SellerVerifications v WHERE v.UserId = ${userId})`,
    ),
  );
};

const STEPS: Record<ErasureStep, Erase> = {
  audit, // before the verifications that it names
  sessions: rowsOf('Sessions', 'UserId', 'Id'),
  answers: rowsOf('IdempotencyKeys', 'UserId', 'KeyHash'),
  emails: each(
    rowsOf('EmailMessages', 'UserId', 'Id'),
    rowsOf('EmailVerifications', 'UserId', 'TokenHash'),
    rowsOf('EmailChanges', 'UserId', 'Id'),
    rowsOf('PasswordResets', 'UserId', 'Id'),
  ),
  votes,
  replies: rowsOf('RatingReplies', 'SellerId', 'RatingId'),
  reports: each(rowsOf('RatingReports', 'ReporterId', 'Id'), rowsOf('RatingAppeals', 'AppellantId', 'Id')),
  follows: each(rowsOf('StoreFollows', 'UserId', 'SellerId'), rowsOf('StoreFollows', 'SellerId', 'UserId')),
  basket: rowsOf('BasketItems', 'UserId', 'ListingId'),
  addresses: rowsOf('Addresses', 'UserId', 'Id'),
  comments: earlierComments,
  listings,
  images,
  verifications,
  disputes,
  messages,
  returns,
};

/** The rows of which there are few: with them an account is closed at once. */
const FEW: readonly Erase[] = [
  rowsOf('EmailMessages', 'UserId', 'Id'), // none is sent any more
  rowsOf('Wallets', 'UserId', 'Address'),
  rowsOf('UserRoles', 'UserId', 'Role'),
  rowsOf('AuthenticatorApps', 'UserId', 'UserId'),
  rowsOf('RecoveryCodes', 'UserId', 'Number'),
  rowsOf('Passkeys', 'UserId', 'Id'),
  rowsOf('ExternalAccounts', 'UserId', 'ExternalId'),
  rowsOf('SellerPayoutDetails', 'UserId', 'UserId'),
  rowsOf('PayoutAccounts', 'SellerId', 'SellerId'),
  rowsOf('PayoutSettings', 'SellerId', 'SellerId'),
  rowsOf('SellerTaxDetails', 'UserId', 'UserId'),
  rowsOf('SellerOnboarding', 'UserId', 'UserId'),
  rowsOf('DashboardVisits', 'SellerId', 'SellerId'),
  rowsOf('FollowingVisits', 'UserId', 'UserId'),
  rowsOf('FeatureFeedback', 'UserId', 'Feature'),
  rowsOf('StoreFeatured', 'SellerId', 'ListingId'),
  rowsOf('Stores', 'SellerId', 'SellerId'),
  rowsOf('SellerProfiles', 'UserId', 'UserId'),
];
const FEW_MAX = 1000;

export const eraseStep = (db: Queryable, step: ErasureStep, userId: number, rows: number, at: Date): Promise<number> =>
  STEPS[step](db, userId, rows, at);

/** Closes an account: nothing names it, and nothing signs in to it. */
export async function closeAccount(db: Queryable, userId: number, name: string | null, at: Date): Promise<void> {
  for (const erase of FEW) await erase(db, userId, FEW_MAX, at);
  await db.write(Prisma.sql`
    UPDATE Users SET FullName = ${FORMER_MEMBER}, SearchName = '', Email = NULL, EmailSetAt = NULL, EmailVerifiedAt = NULL, PasswordHash = NULL,
      FailedSignIns = 0, LockedUntil = NULL, DisabledAt = COALESCE(DisabledAt, ${at}), DeletedAt = COALESCE(DeletedAt, ${at}), UpdatedAt = ${at}
    WHERE Id = ${userId}`);
  const named = name === null ? Prisma.empty : Prisma.sql`OR (Kind = 'discrepancies' AND ${contains(Prisma.sql`Title`, name)})`;
  await db.write(Prisma.sql`
    UPDATE Alerts SET Title = 'About a former member', Evidence = 'The account was deleted.', Note = NULL WHERE SellerId = ${userId} ${named}`);
}

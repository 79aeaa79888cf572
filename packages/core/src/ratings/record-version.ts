import type { Histogram, RatingVersionView } from '@assay/contract';
import type { Tx } from '../kernel/context.ts';
import { Raced } from '../kernel/raced.ts';
import type { CountedRating, NewRating, RatingRow, Replacement, WithdrawnVersion } from './ports.ts';
import { readHistogram } from './views.ts';

/** A rating as it counts: its parties, its stars, and the day on which it counts. */
type Counting = Pick<RatingRow, 'sellerId' | 'raterId' | 'rating' | 'comment' | 'orderId' | 'createdAt'>;
/** The same with the row that has it. */
type Existing = Counting & Pick<RatingRow, 'id' | 'version'>;

/** What happens to a rating. `before` is the version that counts so far, `after` the one that counts from now on. */
export type VersionChange =
  | { action: 'submitted'; after: NewRating; withdrawn: WithdrawnVersion | null }
  | { action: 'replaced'; before: Existing; after: Replacement }
  | { action: 'edited'; before: Existing; after: Pick<Counting, 'rating' | 'comment'> }
  | { action: 'withdrawn'; before: Existing }
  | { action: 'struck'; before: RatingRow; decisionId: number }
  | { action: 'restored'; after: Existing };

export interface RecordedVersion {
  ratingId: number;
  version: number;
  /** When the rating is said to have changed: an edit is at least one millisecond later than the rating itself. */
  at: Date;
  /** The seller's counts afterwards. */
  histogram: Histogram;
}

/**
 * The one place where a rating changes: its row, its version in the history, the counts of its seller and the fact are written
 * together, in the open change.
 * @throws Raced when the rating is not at the version that was read; AppError ALREADY_RATED (submitted, and the pair has one)
 */
export async function recordVersion(tx: Tx, change: VersionChange): Promise<RecordedVersion> {
  const at = momentOf(change, tx.at);
  const ratingId = await writeRow(tx, change, at);
  const before = 'before' in change ? change.before : null;
  const after = countedAfter(change, at);
  const { sellerId, raterId, rating, comment, orderId } = (after ?? before)!;
  const histogram = movesCounts(before, after)
    ? await tx.repos.ratings.shiftCounts(sellerId, before, after)
    : await readHistogram(tx.repos, sellerId);
  const version = versionBefore(change) + 1;
  const actorId = tx.actor.kind === 'user' ? tx.actor.id : null;
  const { action } = change;
  await tx.repos.ratings.appendVersion({ ratingId, sellerId, raterId, version, action, rating, comment, orderId, actorId }, at);
  await publishVersion(tx, action, { ratingId, sellerId, raterId }, before, after);
  return { ratingId, version, at, histogram };
}

/** An imported rating keeps the moment at which it was given. */
function momentOf(change: VersionChange, at: Date): Date {
  if (change.action === 'edited') return laterThan(change.before.createdAt, at);
  return change.action === 'replaced' && 'createdAt' in change.after ? change.after.createdAt : at;
}

const laterThan = (moment: Date, at: Date) => new Date(Math.max(at.getTime(), moment.getTime() + 1));

/** Writes the row of the rating, where it is still at the version that was read. Returns its id. */
async function writeRow(tx: Tx, change: VersionChange, at: Date): Promise<number> {
  const { ratings, moderation } = tx.repos;
  const mustHave = (written: boolean, id: number) => {
    if (!written) throw new Raced();
    return id;
  };
  switch (change.action) {
    case 'submitted':
      if (!change.withdrawn) return ratings.insert(change.after, at);
      await ratings.insertAgain(change.withdrawn, change.after, at);
      return change.withdrawn.id;
    case 'replaced':
      return mustHave(await ratings.replace(change.before.id, change.before.version, change.after, at), change.before.id);
    case 'edited':
      return mustHave(await ratings.update(change.before.id, change.before.version, change.after, at), change.before.id);
    case 'withdrawn':
      return mustHave(await ratings.delete(change.before.id, change.before.version), change.before.id);
    case 'struck':
      return mustHave(await moderation.strike(change.before, change.decisionId, at), change.before.id);
    case 'restored':
      return mustHave(await moderation.restore(change.after.id), change.after.id);
  }
}

/** What counts afterwards: a submitted or replaced rating counts on the day of the change, another one on its own day. */
function countedAfter(change: VersionChange, at: Date): Counting | null {
  switch (change.action) {
    case 'submitted':
      return { ...change.after, createdAt: at };
    case 'replaced':
      return { ...change.before, ...change.after, createdAt: at };
    case 'edited':
      return { ...change.before, ...change.after };
    case 'restored':
      return change.after;
    case 'withdrawn':
    case 'struck':
      return null;
  }
}

const movesCounts = (before: CountedRating | null, after: CountedRating | null) =>
  before?.rating !== after?.rating || before?.createdAt.getTime() !== after?.createdAt.getTime();

function versionBefore(change: VersionChange): number {
  if (change.action === 'submitted') return change.withdrawn?.version ?? 0;
  return change.action === 'restored' ? change.after.version : change.before.version;
}

async function publishVersion(
  tx: Tx,
  action: RatingVersionView['action'],
  about: { ratingId: number; sellerId: number; raterId: number },
  before: Counting | null,
  after: Counting | null,
): Promise<void> {
  switch (action) {
    case 'submitted':
    case 'restored':
      return tx.publish(`rating.${action}`, { ...about, rating: after!.rating });
    case 'replaced':
    case 'edited':
      return tx.publish(`rating.${action}`, { ...about, rating: after!.rating, was: before!.rating });
    case 'withdrawn':
    case 'struck':
      return tx.publish(`rating.${action}`, { ...about, was: before!.rating });
  }
}

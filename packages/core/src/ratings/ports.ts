import type { Histogram, PaymentStatus, RatingSort, RatingVersionView, Stars } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly ratings: RatingsRepository;
  }
}

export interface RatingRow {
  id: number;
  sellerId: number;
  sellerName: string;
  raterId: number;
  raterName: string;
  rating: Stars;
  comment: string | null;
  source: 'purchase' | 'imported';
  /** It rests on a purchase for which money moved. */
  verified: boolean;
  /** Of its order; null for imported ratings, and orders without a payment. */
  payment: PaymentStatus | null;
  orderId: number | null;
  purchase: string | null;
  version: number;
  helpfulCount: number;
  foundHelpful: boolean;
  reply: Reply | null;
  createdAt: Date;
  updatedAt: Date;
}

/** What a rating is to one viewer. */
export interface RatingMark {
  id: number;
  mine: boolean;
  orderId: number | null;
  foundHelpful: boolean;
}

/** What the seller answered. */
export interface Reply {
  text: string;
  at: Date;
  /** 1 when written, one more with each edit. */
  version: number;
}

/** A rating among a seller's counts: its stars, and the day on which it was given. */
export interface CountedRating {
  rating: Stars;
  createdAt: Date;
}

export interface NewRating {
  sellerId: number;
  raterId: number;
  rating: Stars;
  comment: string | null;
  orderId: number;
}

/** What takes the place of a rating: one of a later purchase, or a newer one of an import. */
export type Replacement = Pick<NewRating, 'rating' | 'comment'> &
  ({ orderId: number } | { orderId: null; importRunId: number; createdAt: Date });

/** How a buyer stands to a seller: all that decides whether they may rate, and what the rating would show. */
export interface RatingEligibility {
  sellerName: string;
  raterName: string;
  /** Their live rating. */
  ratingId: number | null;
  /** A rating of theirs was struck out. */
  struck: boolean;
  /**
   * Their newest order that they may rate, or the one that was asked for if it is such a one, and what was bought with it. Where they
   * have rated before, only an order after the rated one.
   */
  orderId: number | null;
  purchase: string | null;
  /** Money moved for that order. */
  verified: boolean;
  /** Of that order; null where it has none. */
  payment: PaymentStatus | null;
}

export interface RatingQuery {
  sellerId: number;
  sort: RatingSort;
  stars?: Stars;
  withComment?: boolean;
  /** With a comment, and without a reply. */
  unanswered?: boolean;
  /** In the comment, or in what was bought. */
  search?: string;
  limit: number;
  /** Sort keys of the last row of the page before: see {@link RATING_SORT_KEYS}. */
  after?: (number | Date)[];
  /** Whose helpful votes are marked. */
  viewerId: number | null;
}

/** The keys by which each order of the list goes on. */
export const RATING_SORT_KEYS = {
  newest: ['date', 'number'],
  highest: ['number', 'date', 'number'],
  lowest: ['number', 'date', 'number'],
  helpful: ['number', 'number'],
} as const satisfies Record<RatingSort, readonly ('number' | 'date')[]>;

/** A rating that is withdrawn, as it was. */
export interface WithdrawnRow {
  id: number;
  sellerId: number;
  sellerName: string;
  rating: Stars;
  comment: string | null;
  at: Date;
}

/** A rating that was withdrawn: the history has its last version. */
export interface WithdrawnVersion {
  id: number;
  version: number;
}

export interface NewRatingVersion {
  ratingId: number;
  sellerId: number;
  raterId: number;
  version: number;
  action: RatingVersionView['action'];
  rating: Stars;
  comment: string | null;
  orderId: number | null;
  actorId: number | null;
}

export interface RatingVersionRow extends NewRatingVersion {
  at: Date;
}

export interface RatingsRepository {
  /** How many ratings of each number of stars a user has; null when there is no such user. */
  histogram(sellerId: number): Promise<Histogram | null>;
  /**
   * Moves one rating between the counts of a seller, those of its day included: `from` loses one, `to` gains one.
   * Returns the counts as they are then.
   */
  shiftCounts(sellerId: number, from: CountedRating | null, to: CountedRating | null): Promise<Histogram>;

  findById(id: number, viewerId: number | null): Promise<RatingRow | null>;
  /** Null when one of the two does not exist. */
  ratingEligibility(sellerId: number, raterId: number, orderId?: number): Promise<RatingEligibility | null>;
  list(query: RatingQuery): Promise<RatingRow[]>;
  /** Of these ratings, those that the viewer gave, with their order, and those that they found helpful. */
  viewerMarks(ratingIds: readonly number[], viewerId: number): Promise<RatingMark[]>;
  /** Whose pages show a name: the sellers whom that user rated, struck ratings included. */
  ratedSellers(raterId: number): Promise<number[]>;
  /** Newest first; `after` are the date and the id of the last row of the page before. */
  listByRater(raterId: number, limit: number, after?: (number | Date)[]): Promise<RatingRow[]>;

  /** The last rating of each seller that the rater withdrew and gave none since, newest first. */
  withdrawnBy(raterId: number, limit: number): Promise<WithdrawnRow[]>;
  /** The rating of the pair that was withdrawn, where that is the last that happened between them. */
  findWithdrawn(sellerId: number, raterId: number): Promise<WithdrawnVersion | null>;
  /** @throws AppError ALREADY_RATED when the pair has a rating */
  insert(rating: NewRating, at: Date): Promise<number>;
  /**
   * A withdrawn rating comes back under its id, one version on: reports and decisions are about it again.
   * @throws AppError ALREADY_RATED when the pair has a rating
   */
  insertAgain(withdrawn: WithdrawnVersion, rating: NewRating, at: Date): Promise<void>;
  /** False when the rating is not at `version` any more. */
  update(id: number, version: number, change: { rating: Stars; comment: string | null }, at: Date): Promise<boolean>;
  /** Keeps a rating as it is until the transaction ends. False when it is not at `version` any more. */
  lock(id: number, version: number): Promise<boolean>;
  /** A new rating takes the place of an old one. False when the old one is not at `version` any more. Its helpful votes are gone. */
  replace(id: number, version: number, rating: Replacement, at: Date): Promise<boolean>;
  /** False when the rating is not at `version` any more. Its helpful votes and its reply go with it. */
  delete(id: number, version: number): Promise<boolean>;

  appendVersion(version: NewRatingVersion, at: Date): Promise<void>;
  /** Oldest first. */
  versions(ratingId: number): Promise<RatingVersionRow[]>;

  /** Writes a seller's reply to a rating, in place of an earlier one. */
  saveReply(reply: { ratingId: number; sellerId: number; text: string }, at: Date): Promise<void>;

  /** False when the user has voted already. @throws AppError RATING_NOT_FOUND when the rating is gone meanwhile */
  addHelpfulVote(ratingId: number, userId: number, at: Date): Promise<boolean>;
  /** False when there was no vote. */
  removeHelpfulVote(ratingId: number, userId: number): Promise<boolean>;
}

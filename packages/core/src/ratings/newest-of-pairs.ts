/** Why a rating of a file does not count: the pair has one that is as new. */
export const RATED_ALREADY = 'this rater has rated this seller already';
/** Why a rating of a file does not count: the same rater gave the seller a newer one. */
const NOT_NEWEST = 'this rater rated this seller again later: the newest rating counts';

/** Why a line of a file is not taken. */
export interface RejectedLine {
  line: number;
  reason: string;
}

/** Finds the rating of each pair that counts, line by line: the newest one, of two at the same time the first. */
export class NewestOfPairs<T extends { line: number; at: Date }> {
  /** By pair. */
  readonly newest = new Map<string, T>();

  /** Takes the rating of a line. @returns the line that does not count, this one or an earlier one; null while both may */
  add(pair: string, rating: T): RejectedLine | null {
    const other = this.newest.get(pair);
    if (other && other.at >= rating.at) return { line: rating.line, reason: RATED_ALREADY };
    this.newest.set(pair, rating);
    return other ? { line: other.line, reason: NOT_NEWEST } : null;
  }
}

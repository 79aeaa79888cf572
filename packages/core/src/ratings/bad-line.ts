/** Why a line cannot be taken, in words. */
export class BadLine extends Error {
  override readonly name = 'BadLine';
}

/** Characters of a cell that a sentence repeats. */
export const QUOTED_MAX = 30;

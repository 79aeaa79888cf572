/** Why a line cannot be taken, in words. */
export class BadLine extends Error {
  override readonly name = 'BadLine';
}

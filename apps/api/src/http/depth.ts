import { AppError } from '@assay/core';

/** No input of ours is nested deeper. */
const DEPTH_MAX = 16;

/** Refuses what only costs time, and more stack than there is. @throws AppError MALFORMED_JSON */
export function requireShallow(value: unknown): void {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) throw new AppError('MALFORMED_JSON', { message: `The body is nested deeper than ${DEPTH_MAX} levels.` });
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
}

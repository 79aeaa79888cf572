import { AppError } from '@assay/core';
import { expect, it } from 'vitest';
import { places } from './places.ts';

const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
  return null;
};

it('an account has its places, others have theirs, and all together have those of the process', () => {
  const { take } = places(2, 3, 'Wait.');
  const first = take('user:1');
  take('user:1');
  expect(codeOf(() => take('user:1'))).toBe('RATE_LIMITED');
  take('user:2');
  expect(codeOf(() => take('user:3'))).toBe('BUSY');
  first();
  first(); // gives back one place, not two
  take('user:3');
  expect(codeOf(() => take('user:2'))).toBe('BUSY');
});

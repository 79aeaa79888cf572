import { expect, it } from 'vitest';
import { requireShallow } from './depth.ts';

const nested = (depth: number, inner: unknown = 1): unknown => (depth === 0 ? inner : { a: nested(depth - 1, inner) });

it('takes what inputs are, and refuses what is nested without need, however deep', () => {
  for (const value of [undefined, null, 'text', [], {}, nested(16), [{ a: [1, 2, { b: 3 }] }]])
    expect(() => requireShallow(value)).not.toThrow();
  expect(() => requireShallow(nested(17))).toThrow('nested deeper');
  expect(() => requireShallow(JSON.parse('['.repeat(30_000) + ']'.repeat(30_000)))).toThrow('nested deeper');
});

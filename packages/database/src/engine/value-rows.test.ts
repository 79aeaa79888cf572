import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Queryable } from './database.ts';
import { chunks, valueRows } from './value-rows.ts';

describe('chunks', () => {
  it('hold every row once, in order, and fit into one statement of SQL Server', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 1, max: 12 }), (count, columns) => {
        const rows = Array.from({ length: count }, (_, i) => Object.fromEntries(Array.from({ length: columns }, (_c, c) => [`c${c}`, i])));
        const parts = chunks(rows);
        expect(parts.flat()).toEqual(rows);
        for (const part of parts) expect(part.length > 0 && part.length * columns <= 2000).toBe(true);
        expect(parts.length).toBe(Math.ceil(count / Math.floor(2000 / columns)));
      }),
      { numRuns: 30 },
    );
  });
});

describe('valueRows', () => {
  const rows = [
    { id: 1, name: "x'); DROP TABLE Users;--" },
    { id: 2, name: null },
  ];
  const on = (engine: string) => valueRows({ engine } as unknown as Queryable, rows);

  it('carries values as parameters, never as text', () => {
    for (const engine of ['sqlite', 'sqlserver']) {
      expect(on(engine).values).toEqual([1, "x'); DROP TABLE Users;--", 2, null]);
      expect(on(engine).sql).not.toContain('DROP');
    }
  });

  it('names the columns in each engine’s own way', () => {
    expect(on('sqlite').sql).toBe('(SELECT column1 AS id, column2 AS name FROM (VALUES (?,?),(?,?)))');
    expect(on('sqlserver').sql).toBe('(SELECT id, name FROM (VALUES (?,?),(?,?)) v (id, name))');
  });
});

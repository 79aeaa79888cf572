import BetterSqlite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Prisma } from './database.ts';
import { after, orderBy, where } from './keyset.ts';

const A = Prisma.sql`t.a`;
const B = Prisma.sql`t.b`;
const Id = Prisma.sql`t.id`;

describe('a keyset', () => {
  it('page by page shows every row once, in the order of the whole list', () => {
    const direction = fc.boolean();
    const row = fc.record({ a: fc.nat(2), b: fc.nat(2) });
    const database = new BetterSqlite(':memory:');
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 20 }),
        fc.tuple(direction, direction, direction),
        fc.integer({ min: 1, max: 5 }),
        (rows, descending, limit) => {
          database.exec('DROP TABLE IF EXISTS t; CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT)');
          for (const { a, b } of rows) database.prepare('INSERT INTO t (a, b) VALUES (?, ?)').run(a, b);
          const columns = [A, B, Id].map((column, i) => ({ column, descending: descending[i]! }));
          const read = (query: Prisma.Sql) => database.prepare(query.sql).all(query.values) as { a: number; b: number; id: number }[];
          const all = read(Prisma.sql`SELECT a, b, id FROM t ${orderBy(columns)}`);
          const paged: typeof all = [];
          // Bounded, because a wrong keyset goes round in circles.
          for (let pages = 0; pages <= rows.length; pages++) {
            const last = paged.at(-1);
            const page = read(
              Prisma.sql`SELECT a, b, id FROM t ${where([last && after(columns, [last.a, last.b, last.id])])} ${orderBy(columns)} LIMIT ${limit}`,
            );
            paged.push(...page);
            if (page.length < limit) break;
          }
          expect(paged).toEqual(all);
          expect(paged).toHaveLength(rows.length);
        },
      ),
    );
    database.close();
  });

  it('needs one key for each column', () => {
    const columns = [A, Id].map((column) => ({ column, descending: true }));
    for (const keys of [[], [1], [1, 2, 3]]) expect(() => after(columns, keys)).toThrow('one key for each sort column');
  });
});

describe('where', () => {
  it('joins what is there, and is nothing without conditions', () => {
    expect(where([undefined, false]).sql).toBe('');
    expect(where([Prisma.sql`a = ${1}`, false, Prisma.sql`b = ${2}`])).toMatchObject({ sql: 'WHERE a = ? AND b = ?', values: [1, 2] });
  });
});

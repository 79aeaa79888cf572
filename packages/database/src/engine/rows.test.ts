import type { OrderStatus } from '@assay/contract';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { Prisma, type Queryable } from './database.ts';
import { assignments, insert } from './insert.ts';
import { bool, columns, computed, COUNT, json, outer, present } from './rows.ts';

/** A database that answers each read with these rows, and keeps the statements. */
function answering(...rows: Record<string, unknown>[]) {
  const statements: Prisma.Sql[] = [];
  const run = (statement: Prisma.Sql) => (statements.push(statement), Promise.resolve(rows.map((row) => ({ ...row }))));
  const db = { engine: 'sqlite', read: run, write: (statement: Prisma.Sql) => run(statement).then(() => 1) };
  return { db: db as unknown as Queryable, statements };
}

const ORDER = columns(
  { o: 'Orders', r: outer('SellerRatings') },
  { id: 'o.Id', status: 'o.Status', priceE8: 'o.PriceE8', completedAt: 'o.CompletedAt', ratingId: 'r.Id', to: present('o.CompletedAt') },
);

describe('columns', () => {
  it('select each field by its name, and whole numbers beyond a double as text', async () => {
    const { db, statements } = answering();
    expect(await ORDER.first(db, Prisma.sql`FROM Orders o WHERE o.Id = ${5}`)).toBeNull();
    expect(statements[0]!.sql).toBe(
      'SELECT o.Id AS id, o.Status AS status, CAST(o.PriceE8 AS VARCHAR(20)) AS priceE8, o.CompletedAt AS completedAt, ' +
        'r.Id AS ratingId, o.CompletedAt AS "to" FROM Orders o WHERE o.Id = ?',
    );
    expect(statements[0]!.values).toEqual([5]);
  });

  it.each([
    ['SQLite', '2026-01-02T03:04:05.678+00:00', 1],
    ['SQL Server', new Date('2026-01-02T03:04:05.678Z'), true],
  ])('decode what %s returns', async (_engine, moment, truth) => {
    const LISTING = columns(
      { l: 'SellerListings' },
      {
        priceE8: 'l.PriceE8',
        escrow: 'l.EscrowEnabled',
        at: 'l.PublishedAt',
        tags: json('l.Metadata', z.array(z.string())),
        is: bool(Prisma.sql`1 = 1`),
      },
    );
    const raw = { priceE8: '9007199254740993', escrow: truth, at: moment, tags: '["a"]', is: 1 };
    const { db } = answering(raw, { ...raw, at: null });
    const [first, second] = await LISTING.read(db, Prisma.sql`FROM SellerListings l`);
    expect(first).toEqual({
      priceE8: 9_007_199_254_740_993n,
      escrow: true,
      at: new Date('2026-01-02T03:04:05.678Z'),
      tags: ['a'],
      is: true,
    });
    expect(second!.at).toBeNull();
  });

  it('refuse JSON text that does not fit its schema', async () => {
    const LISTING = columns({ l: 'SellerListings' }, { tags: json('l.Metadata', z.array(z.string())) });
    await expect(LISTING.read(answering({ tags: '[1]' }).db, Prisma.empty)).rejects.toThrow(z.ZodError);
  });

  it('keep the parameters of what they compute, before those of the conditions', async () => {
    const NEW = columns({ u: 'Users' }, { isNew: computed<number>(Prisma.sql`u.TotalRatings < ${3}`), n: COUNT });
    const { db, statements } = answering();
    await NEW.read(db, Prisma.sql`FROM Users u WHERE u.Id = ${7}`);
    expect(statements[0]!.sql).toBe('SELECT u.TotalRatings < ? AS isNew, CAST(COUNT(*) AS INT) AS n FROM Users u WHERE u.Id = ?');
    expect(statements[0]!.values).toEqual([3, 7]);
  });

  it('give rows the types of the schema', () => {
    type Order = ReturnType<typeof ORDER.decode>[number];
    expectTypeOf<Order>().toEqualTypeOf<{
      id: number;
      status: OrderStatus;
      priceE8: bigint;
      completedAt: Date | null;
      ratingId: number | null;
      to: Date;
    }>();
    // @ts-expect-error there is no such column
    columns({ o: 'Orders' }, { id: 'o.Ident' });
    // @ts-expect-error there is no such alias
    expect(() => columns({ o: 'Orders' }, { id: 'x.Id' })).toThrow();
    // @ts-expect-error there is no such table
    expect(() => columns({ o: 'Order' }, { id: 'o.Id' })).toThrow();
  });
});

describe('insert', () => {
  it('names the columns and passes the values as parameters', async () => {
    const { db, statements } = answering();
    await insert(db, 'StoreFollows', { SellerId: 1, UserId: 2, CreatedAt: new Date(0) });
    expect(statements[0]!.sql).toBe('INSERT INTO StoreFollows (SellerId, UserId, CreatedAt) VALUES (?,?,?)');
    expect(statements[0]!.values).toEqual([1, 2, new Date(0)]);
  });

  it('takes the tables, columns and values of the schema alone', () => {
    const { db } = answering();
    const at = new Date(0);
    // @ts-expect-error there is no such table
    void insert(db, 'Follows', { SellerId: 1, UserId: 2, CreatedAt: at });
    // @ts-expect-error there is no such column
    void insert(db, 'StoreFollows', { SellerId: 1, UserId: 2, CreatedAt: at, Note: '' });
    // @ts-expect-error a column without a default is missing
    void insert(db, 'StoreFollows', { SellerId: 1, CreatedAt: at });
    // @ts-expect-error a date is not text
    void insert(db, 'StoreFollows', { SellerId: 1, UserId: 2, CreatedAt: '2026-01-01' });
    // @ts-expect-error there is no such state
    void insert(db, 'OrderEvents', { OrderId: 1, FromStatus: null, ToStatus: 'sent', ActorId: 2, At: at });
    // @ts-expect-error the database computes it
    void insert(db, 'Users', { FullName: 'A', SearchName: 'a', TotalRatings: 5 });
  });

  it('assigns what is defined', () => {
    const set = Prisma.join(assignments('Stores', { About: null, Accent: undefined, Version: 2 }));
    expect([set.sql, set.values]).toEqual(['About = ?,Version = ?', [null, 2]]);
  });
});

import { inTurns, type ListingImports } from '@assay/core';
import { Prisma, returning, type Queryable } from '../engine/database.ts';
import { columns, COUNT } from '../engine/rows.ts';
import { chunks, valueRows } from '../engine/value-rows.ts';
import { newListingColumns } from './listings.ts';

const CREATED = columns({ l: 'SellerListings' }, { count: COUNT });

export function listingImports(db: Queryable): ListingImports {
  return {
    async countCreatedAt(sellerId, at) {
      const found = Prisma.sql`FROM SellerListings l WHERE l.SellerId = ${sellerId} AND l.CreatedAt = ${at} AND l.Status <> 'archived'`;
      return (await CREATED.first(db, found))!.count;
    },

    async insertMany(listings) {
      const rows = listings.map(({ at, ...listing }) => newListingColumns(db, listing, at));
      const made = returning(db.engine, { id: 'Id', seller: 'SellerId', status: 'Status', made: 'CreatedAt' });
      const giveWay = inTurns();
      for (const chunk of chunks(rows)) {
        await giveWay();
        const names = Prisma.raw(Object.keys(chunk[0]!).join(', '));
        const values = Prisma.join(chunk.map((row) => Prisma.sql`(${Prisma.join(Object.values(row))})`));
        const created = await db.writeReturning<{ id: number; seller: number; status: string; made: string | Date }>(
          Prisma.sql`INSERT INTO SellerListings (${names}) ${made.output} VALUES ${values} ${made.returning}`,
        );
        for (const events of chunks(created))
          await db.write(Prisma.sql`
            INSERT INTO ListingEvents (ListingId, FromStatus, ToStatus, ActorId, At)
            SELECT e.id, NULL, e.status, e.seller, e.made FROM ${valueRows(db, events)} e WHERE 1 = 1`);
      }
    },
  };
}

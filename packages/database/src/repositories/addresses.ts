import type { AddressesRepository } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';

const ADDRESS = columns(
  { a: 'Addresses' },
  {
    id: 'a.Id',
    userId: 'a.UserId',
    recipientName: 'a.RecipientName',
    line1: 'a.Line1',
    line2: 'a.Line2',
    postalCode: 'a.PostalCode',
    city: 'a.City',
    region: 'a.Region',
    country: 'a.Country',
    phone: 'a.Phone',
    createdAt: 'a.CreatedAt',
  },
);

export function addressesRepository(db: Queryable): AddressesRepository {
  const { prisma } = db;
  return {
    list: (userId) => ADDRESS.read(db, Prisma.sql`FROM Addresses a WHERE a.UserId = ${userId} ORDER BY a.LastUsedAt DESC, a.Id DESC`),

    create: (userId, address, at) =>
      insertReturningId(db, 'Addresses', {
        UserId: userId,
        RecipientName: address.recipientName,
        Line1: address.line1,
        Line2: address.line2,
        PostalCode: address.postalCode,
        City: address.city,
        Region: address.region,
        Country: address.country,
        Phone: address.phone,
        CreatedAt: at,
        LastUsedAt: at,
      }),

    async edit(id, userId, { recipientName, line1, line2, postalCode, city, region, country, phone }) {
      const data = { recipientName, line1, line2, postalCode, city, region, country, phone };
      return (await prisma.address.updateMany({ where: { id, userId }, data })).count === 1;
    },

    remove: async (id, userId) => (await prisma.address.deleteMany({ where: { id, userId } })).count === 1,

    async used(id, at) {
      await prisma.address.updateMany({ where: { id }, data: { lastUsedAt: at } });
    },
  };
}

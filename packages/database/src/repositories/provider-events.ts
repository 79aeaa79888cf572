import type { ProviderEventsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere, updateOrInsert } from '../engine/errors.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';

const FAILURE_MAX = 300;

const EVENT = columns(
  { e: 'ProviderEvents' },
  {
    id: 'e.Id',
    provider: 'e.Provider',
    eventId: 'e.EventId',
    type: 'e.Type',
    subject: 'e.Subject',
    reference: 'e.Reference',
    status: 'e.Status',
    failure: 'e.Failure',
    createdAt: 'e.CreatedAt',
    receivedAt: 'e.ReceivedAt',
  },
);

export function providerEventsRepository(db: Queryable): ProviderEventsRepository {
  const { prisma } = db;
  const isStored = async (provider: string, eventId: string) => (await prisma.providerEvent.count({ where: { provider, eventId } })) > 0;
  return {
    isStored,

    async add(provider, { id, type, subject, reference, createdAt }, at) {
      if (await isStored(provider, id)) return null;
      let added: number | null = null;
      await insertUnlessThere(async () => {
        added = await insertReturningId(db, 'ProviderEvents', {
          Provider: provider,
          EventId: id,
          Type: type,
          Subject: subject,
          Reference: reference,
          Status: 'received',
          CreatedAt: createdAt,
          ReceivedAt: at,
        });
      });
      return added;
    },

    find: (id) => EVENT.first(db, Prisma.sql`FROM ProviderEvents e WHERE e.Id = ${id}`),

    async settle(id, from, { status, failure }, at) {
      const settledAt = status === 'received' ? null : at;
      const data = { status, failure: failure?.slice(0, FAILURE_MAX) ?? null, settledAt };
      return (await prisma.providerEvent.updateMany({ where: { id, status: from }, data })).count === 1;
    },

    listParked: (rows) =>
      EVENT.read(db, Prisma.sql`FROM ProviderEvents e WHERE e.Status = 'parked' ORDER BY e.Id ${limit(db.engine, rows)}`),

    async pulledTo(provider) {
      return (await prisma.providerEventPull.findUnique({ where: { provider } }))?.pulledTo ?? null;
    },

    setPulledTo: (provider, to) =>
      updateOrInsert(
        async () => (await prisma.providerEventPull.updateMany({ where: { provider }, data: { pulledTo: to } })).count,
        () => insert(db, 'ProviderEventPulls', { Provider: provider, PulledTo: to }),
      ),

    purge: (before) => db.write(Prisma.sql`DELETE FROM ProviderEvents WHERE Status = 'done' AND SettledAt < ${before}`),
  };
}

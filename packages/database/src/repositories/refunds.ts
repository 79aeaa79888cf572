import { randomUUID } from 'node:crypto';
import type { RefundsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';

const FAILURE_MAX = 300;

const REFUND = columns(
  { r: 'Refunds' },
  {
    id: 'r.Id',
    orderId: 'r.OrderId',
    amountE8: 'r.AmountE8',
    reason: 'r.Reason',
    requestedBy: 'r.RequestedBy',
    status: 'r.Status',
    attempt: 'r.Attempt',
    key: 'r.ProviderKey',
    keyedAt: 'r.KeyedAt',
    reference: 'r.Reference',
    failure: 'r.Failure',
    createdAt: 'r.CreatedAt',
    updatedAt: 'r.UpdatedAt',
  },
);

const newKey = (): string => `refund:${randomUUID()}`;

export function refundsRepository(db: Queryable): RefundsRepository {
  const open = ({ id, attempt }: { id: number; attempt: number }) => ({ id, attempt, status: { in: ['pending', 'unresolved'] } });
  return {
    find: (id) => REFUND.first(db, Prisma.sql`FROM Refunds r WHERE r.Id = ${id}`),

    findByKey: (key) => REFUND.first(db, Prisma.sql`FROM Refunds r WHERE r.ProviderKey = ${key}`),

    async markReturned({ id, attempt }, failure, at) {
      const returned = { status: 'failed', failure: failure.slice(0, FAILURE_MAX), updatedAt: at };
      return (await db.prisma.refund.updateMany({ where: { id, attempt, status: 'done' }, data: returned })).count === 1;
    },

    listOf: (orderId) => REFUND.read(db, Prisma.sql`FROM Refunds r WHERE r.OrderId = ${orderId} ORDER BY r.Id`),

    create: ({ orderId, amountE8, reason, requestedBy }, at, key = newKey()) =>
      insertReturningId(db, 'Refunds', {
        OrderId: orderId,
        AmountE8: amountE8,
        Reason: reason,
        RequestedBy: requestedBy,
        Status: 'pending',
        Attempt: 1,
        ProviderKey: key,
        KeyedAt: at,
        Reference: '',
        CreatedAt: at,
        UpdatedAt: at,
      }),

    async settle(refund, { status, reference, failure }, at) {
      const outcome = { status, updatedAt: at, failure: failure?.slice(0, FAILURE_MAX) ?? null, ...(reference ? { reference } : {}) };
      return (await db.prisma.refund.updateMany({ where: open(refund), data: outcome })).count === 1;
    },

    async renewKey(refund, at) {
      const data = { status: 'pending', attempt: refund.attempt + 1, providerKey: newKey(), keyedAt: at, updatedAt: at };
      return (await db.prisma.refund.updateMany({ where: open(refund), data })).count === 1;
    },

    listUnresolved: (rows) =>
      REFUND.read(db, Prisma.sql`FROM Refunds r WHERE r.Status = 'unresolved' ORDER BY r.Id ${limit(db.engine, rows)}`),
  };
}

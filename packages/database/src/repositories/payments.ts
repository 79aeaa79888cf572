import type { PaymentsRepository } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { columns } from '../engine/rows.ts';

const FAILURE_MAX = 300;

const PAYMENT = columns(
  { p: 'Payments' },
  {
    orderId: 'p.OrderId',
    provider: 'p.Provider',
    reference: 'p.Reference',
    amountE8: 'p.AmountE8',
    currency: 'p.Currency',
    status: 'p.Status',
    attempt: 'p.Attempt',
  },
);

export function paymentsRepository(db: Queryable): PaymentsRepository {
  const { prisma } = db;
  const find = (orderId: number) => PAYMENT.first(db, Prisma.sql`FROM Payments p WHERE p.OrderId = ${orderId}`);
  return {
    find,

    async begin({ orderId, ...payment }, at) {
      const before = await find(orderId);
      if (!before) {
        const data = { orderId, ...payment, reference: '', status: 'pending', attempt: 1, createdAt: at, updatedAt: at };
        await prisma.payment.createMany({ data: [data] });
        return 1;
      }
      const attempt = before.attempt + 1;
      const { count } = await prisma.payment.updateMany({
        where: { orderId, status: 'failed', attempt: before.attempt },
        data: { ...payment, reference: '', status: 'pending', attempt, failure: null, updatedAt: at },
      });
      return count === 1 ? attempt : null;
    },

    async settle({ orderId, attempt }, from, { status, reference, failure }, at) {
      const outcome = {
        status,
        updatedAt: at,
        ...(reference ? { reference } : {}),
        ...(failure ? { failure: failure.slice(0, FAILURE_MAX) } : {}),
      };
      return (await prisma.payment.updateMany({ where: { orderId, attempt, status: from }, data: outcome })).count === 1;
    },
  };
}

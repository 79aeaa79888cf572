import type { PaymentStatus } from '@assay/contract';
import type { PaymentsRepository } from '@assay/core';
import type { Queryable } from '../engine/database.ts';

const FAILURE_MAX = 300;

export function paymentsRepository({ prisma }: Queryable): PaymentsRepository {
  const find: PaymentsRepository['find'] = async (orderId) => {
    const row = await prisma.payment.findUnique({
      where: { orderId },
      select: { orderId: true, provider: true, reference: true, amountE8: true, currency: true, status: true, attempt: true },
    });
    return row && { ...row, status: row.status as PaymentStatus };
  };
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

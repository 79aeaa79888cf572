import type { PaymentsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { bool, columns, computed, date } from '../engine/rows.ts';

const FAILURE_MAX = 300;

/** The charge that pays the attempt; an older release begins the next one without. */
export const CHARGE_OF_ATTEMPT = Prisma.sql`CASE WHEN p.ChargeAttempt = p.Attempt THEN p.ChargeId END`;

/** Whether the buyer's bank has not decided about a payment. @param payments the name of the table in the statement */
const disputedAtBank = (payments: string) =>
  Prisma.sql`EXISTS (SELECT 1 FROM Chargebacks c WHERE c.OrderId = ${Prisma.raw(payments)}.OrderId AND c.Status = 'open')`;

export const PAYMENT = columns(
  { p: 'Payments' },
  {
    orderId: 'p.OrderId',
    chargeId: computed<number | null>(CHARGE_OF_ATTEMPT),
    provider: 'p.Provider',
    reference: 'p.Reference',
    amountE8: 'p.AmountE8',
    currency: 'p.Currency',
    status: 'p.Status',
    attempt: 'p.Attempt',
    refundedE8: 'p.RefundedE8',
    refundPendingE8: 'p.RefundPendingE8',
    chargedBackE8: 'p.ChargedBackE8',
    isDisputedAtBank: bool(disputedAtBank('p')),
    failure: 'p.Failure',
    // The release before does not write it; a payment without an outcome was changed last when it began.
    begunAt: date(Prisma.sql`COALESCE(p.BegunAt, p.UpdatedAt)`),
  },
  // The release before refunds in full without counting.
  (row) => (row.status === 'refunded' ? { ...row, refundedE8: row.amountE8 } : row),
);

export function paymentsRepository(db: Queryable): PaymentsRepository {
  const { prisma } = db;
  const find = (orderId: number) => PAYMENT.first(db, Prisma.sql`FROM Payments p WHERE p.OrderId = ${orderId}`);
  return {
    find,

    async begin({ orderId, chargeId, ...payment }, at) {
      const before = await find(orderId);
      const begun = { ...payment, chargeId, reference: '', status: 'pending', begunAt: at, updatedAt: at };
      if (!before) {
        await prisma.payment.createMany({ data: [{ orderId, ...begun, attempt: 1, chargeAttempt: 1, createdAt: at }] });
        return 1;
      }
      const attempt = before.attempt + 1;
      const { count } = await prisma.payment.updateMany({
        where: { orderId, status: 'failed', attempt: before.attempt },
        data: { ...begun, attempt, chargeAttempt: attempt, failure: null },
      });
      return count === 1 ? attempt : null;
    },

    async settle({ orderId, attempt }, from, { status, reference, failure }, at) {
      const outcome = {
        status,
        updatedAt: at,
        failure: failure?.slice(0, FAILURE_MAX) ?? null,
        ...(reference ? { reference } : {}),
      };
      return (await prisma.payment.updateMany({ where: { orderId, attempt, status: { in: [...from] } }, data: outcome })).count === 1;
    },

    async claimRefund(orderId, amountE8, at) {
      const claimed = Prisma.sql`RefundedE8 + RefundPendingE8 + ${amountE8}`;
      const rows = await db.write(Prisma.sql`
        UPDATE Payments SET RefundPendingE8 = RefundPendingE8 + ${amountE8}, UpdatedAt = ${at},
          Status = CASE WHEN ${claimed} = AmountE8 THEN 'refunding' ELSE Status END
        WHERE OrderId = ${orderId} AND Status = 'captured' AND ${claimed} + ChargedBackE8 <= AmountE8
          AND NOT ${disputedAtBank('Payments')}`);
      return rows === 1;
    },

    async endRefund(orderId, amountE8, done, at) {
      const outcome = done
        ? Prisma.sql`RefundedE8 = RefundedE8 + ${amountE8}, Status = CASE WHEN RefundedE8 + ${amountE8} = AmountE8 THEN 'refunded' ELSE Status END`
        : Prisma.sql`Status = 'captured'`;
      await db.write(Prisma.sql`
        UPDATE Payments SET RefundPendingE8 = RefundPendingE8 - ${amountE8}, UpdatedAt = ${at}, ${outcome} WHERE OrderId = ${orderId}`);
    },

    async returnRefund(orderId, amountE8, at) {
      await db.write(Prisma.sql`
        UPDATE Payments SET RefundedE8 = RefundedE8 - ${amountE8}, Status = 'captured', UpdatedAt = ${at} WHERE OrderId = ${orderId}`);
    },

    listUnresolved: (rows) =>
      PAYMENT.read(
        db,
        Prisma.sql`FROM Payments p WHERE p.Status = 'unresolved' AND ${CHARGE_OF_ATTEMPT} IS NULL ORDER BY p.OrderId ${limit(db.engine, rows)}`,
      ),
  };
}

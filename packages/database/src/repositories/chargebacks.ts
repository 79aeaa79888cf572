import type { ChargebackRow, ChargebacksRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';

const REASON_MAX = 60;

const CHARGEBACK = {
  id: 'c.Id',
  provider: 'c.Provider',
  reference: 'c.Reference',
  orderId: 'c.OrderId',
  amountE8: 'c.AmountE8',
  status: 'c.Status',
  reason: 'c.Reason',
  evidenceDueAt: 'c.EvidenceDueAt',
  steps: 'c.Steps',
  withdrawnAt: 'c.WithdrawnAt',
  reinstatedAt: 'c.ReinstatedAt',
  feeE8: 'c.FeeE8',
  feeCurrency: 'c.FeeCurrency',
  openedAt: 'c.OpenedAt',
  closedAt: 'c.ClosedAt',
} as const;
const ONE = columns({ c: 'Chargebacks' }, CHARGEBACK);
const OF_ORDER = columns(
  { c: 'Chargebacks', o: 'Orders', b: 'Users', s: 'Users' },
  {
    ...CHARGEBACK,
    title: 'o.Title',
    currency: 'o.Currency',
    sellerId: 'o.SellerId',
    sellerName: 's.FullName',
    buyerId: 'o.BuyerId',
    buyerName: 'b.FullName',
  },
);

export function chargebacksRepository(db: Queryable): ChargebacksRepository {
  const reasonOf = ({ reason }: Pick<ChargebackRow, 'reason'>) => reason.slice(0, REASON_MAX);
  return {
    find: (provider, reference, orderId) =>
      ONE.first(
        db,
        Prisma.sql`FROM Chargebacks c WHERE c.Provider = ${provider} AND c.Reference = ${reference} AND c.OrderId = ${orderId}`,
      ),

    ofOrder: (orderId) => ONE.read(db, Prisma.sql`FROM Chargebacks c WHERE c.OrderId = ${orderId} ORDER BY c.Id`),

    add: (row, at) =>
      insertReturningId(db, 'Chargebacks', {
        Provider: row.provider,
        Reference: row.reference,
        OrderId: row.orderId,
        AmountE8: row.amountE8,
        Status: row.status,
        Reason: reasonOf(row),
        EvidenceDueAt: row.evidenceDueAt,
        Steps: row.steps,
        WithdrawnAt: row.withdrawnAt,
        ReinstatedAt: row.reinstatedAt,
        FeeE8: row.feeE8,
        FeeCurrency: row.feeCurrency,
        OpenedAt: row.openedAt,
        UpdatedAt: at,
        ClosedAt: row.closedAt,
      }),

    async change({ id, status, steps }, to, at) {
      const { amountE8, evidenceDueAt, withdrawnAt, reinstatedAt, feeE8, feeCurrency, closedAt } = to;
      const data = {
        amountE8,
        status: to.status,
        reason: reasonOf(to),
        evidenceDueAt,
        steps: to.steps,
        withdrawnAt,
        reinstatedAt,
        feeE8,
        feeCurrency,
        closedAt,
        updatedAt: at,
      };
      return (await db.prisma.chargeback.updateMany({ where: { id, status, steps }, data })).count === 1;
    },

    async shiftChargedBack(orderId, amountE8, at) {
      await db.write(
        Prisma.sql`UPDATE Payments SET ChargedBackE8 = ChargedBackE8 + ${amountE8}, UpdatedAt = ${at} WHERE OrderId = ${orderId}`,
      );
    },

    list({ ended, after, limit: rows }) {
      const which = ended ? Prisma.sql`c.Status IN ('won', 'lost', 'closed')` : Prisma.sql`c.Status IN ('inquiry', 'open')`;
      const from = after === undefined ? Prisma.empty : ended ? Prisma.sql`AND c.Id < ${after}` : Prisma.sql`AND c.Id > ${after}`;
      const order = ended ? Prisma.sql`ORDER BY c.Id DESC` : Prisma.sql`ORDER BY c.Id`;
      return OF_ORDER.read(
        db,
        Prisma.sql`FROM Chargebacks c
          JOIN Orders o ON o.Id = c.OrderId JOIN Users b ON b.Id = o.BuyerId JOIN Users s ON s.Id = o.SellerId
          WHERE ${which} ${from} ${order} ${limit(db.engine, rows)}`,
      );
    },
  };
}

import { randomUUID } from 'node:crypto';
import type { ChargeRow, ChargesRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertReturningId } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';
import { CHARGE_OF_ATTEMPT, PAYMENT } from './payments.ts';

const FAILURE_MAX = 300;

const CHARGE = columns(
  { c: 'Charges' },
  {
    id: 'c.Id',
    provider: 'c.Provider',
    reference: 'c.Reference',
    amountE8: 'c.AmountE8',
    currency: 'c.Currency',
    key: 'c.ProviderKey',
    status: 'c.Status',
    failure: 'c.Failure',
    begunAt: 'c.BegunAt',
  },
);

export function chargesRepository(db: Queryable): ChargesRepository {
  /** Charges with their shares: two statements, however many there are. */
  async function read(rest: Prisma.Sql): Promise<ChargeRow[]> {
    const rows = await CHARGE.read(db, Prisma.sql`FROM Charges c ${rest}`);
    if (rows.length === 0) return [];
    const ids = Prisma.join(rows.map(({ id }) => id));
    const shares = await PAYMENT.read(
      db,
      Prisma.sql`FROM Payments p WHERE p.ChargeId IN (${ids}) AND ${CHARGE_OF_ATTEMPT} IS NOT NULL ORDER BY p.OrderId`,
    );
    const byCharge = Map.groupBy(shares, ({ chargeId }) => chargeId);
    return rows.map((row) => ({ ...row, shares: byCharge.get(row.id) ?? [] }));
  }
  const first = async (rest: Prisma.Sql) => (await read(rest))[0] ?? null;
  return {
    find: (id) => first(Prisma.sql`WHERE c.Id = ${id}`),

    findByKey: (key) => first(Prisma.sql`WHERE c.ProviderKey = ${key}`),

    create: ({ groupId, buyerId, provider, amountE8, currency }, at) =>
      insertReturningId(db, 'Charges', {
        GroupId: groupId,
        BuyerId: buyerId,
        Provider: provider,
        Reference: '',
        AmountE8: amountE8,
        Currency: currency,
        ProviderKey: `charge:${randomUUID()}`,
        Status: 'pending',
        BegunAt: at,
        UpdatedAt: at,
      }),

    async settle(id, from, { status, reference, failure }, at) {
      const data = { status, updatedAt: at, failure: failure?.slice(0, FAILURE_MAX) ?? null, ...(reference ? { reference } : {}) };
      return (await db.prisma.charge.updateMany({ where: { id, status: { in: [...from] } }, data })).count === 1;
    },

    listUnresolved: (rows) => read(Prisma.sql`WHERE c.Status = 'unresolved' ORDER BY c.Id ${limit(db.engine, rows)}`),
  };
}

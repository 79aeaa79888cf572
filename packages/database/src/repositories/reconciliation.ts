import type { ReconciledKind } from '@assay/contract';
import type { MadeRow, ReconciliationRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { columns, countRows, dateOrNull } from '../engine/rows.ts';

const TEXT_MAX = 200;

const DIFFERENCE = columns(
  { d: 'ReconciliationDifferences' },
  {
    id: 'd.Id',
    provider: 'd.Provider',
    check: 'd.CheckName',
    kind: 'd.Kind',
    reference: 'd.Reference',
    orderId: 'd.OrderId',
    sellerId: 'd.SellerId',
    here: 'd.Here',
    there: 'd.There',
    foundAt: 'd.FoundAt',
    seenAt: 'd.SeenAt',
  },
);
const LAST = columns({ r: 'ReconciliationRuns' }, { to: dateOrNull(Prisma.sql`MAX(r.ToAt)`) });

export function reconciliationRepository(db: Queryable): ReconciliationRepository {
  return {
    reconciledTo: async (provider) =>
      (await LAST.first(db, Prisma.sql`FROM ReconciliationRuns r WHERE r.Provider = ${provider}`))?.to ?? null,

    keepRun: ({ provider, from, to, compared, differences }, at) =>
      insert(db, 'ReconciliationRuns', {
        Provider: provider,
        FromAt: from,
        ToAt: to,
        Compared: compared,
        Differences: differences,
        FinishedAt: at,
      }),

    madeIn: (kind, provider, { from, to }, after, rows) =>
      db.read<MadeRow>(Prisma.sql`${MADE_HERE[kind](provider, from, to, after)} ORDER BY id ${limit(db.engine, rows)}`),

    async raise(provider, { check, kind, reference, orderId, sellerId, here, there }, at) {
      const openKey = [provider, check, kind, reference].join(':');
      const seen = { here: here.slice(0, TEXT_MAX), there: there.slice(0, TEXT_MAX), seenAt: at };
      if ((await db.prisma.reconciliationDifference.updateMany({ where: { openKey }, data: seen })).count > 0) return false;
      let added = false;
      await insertUnlessThere(async () => {
        await insert(db, 'ReconciliationDifferences', {
          Provider: provider,
          CheckName: check,
          Kind: kind,
          Reference: reference,
          OpenKey: openKey,
          OrderId: orderId,
          SellerId: sellerId,
          Here: seen.here,
          There: seen.there,
          FoundAt: at,
          SeenAt: at,
        });
        added = true;
      });
      return added;
    },

    open: (rows) =>
      DIFFERENCE.read(db, Prisma.sql`FROM ReconciliationDifferences d WHERE d.ResolvedAt IS NULL ORDER BY d.Id ${limit(db.engine, rows)}`),

    find: (id) => DIFFERENCE.first(db, Prisma.sql`FROM ReconciliationDifferences d WHERE d.Id = ${id} AND d.ResolvedAt IS NULL`),

    async resolve(id, { adminId, reason }, at) {
      const rows = await db.write(Prisma.sql`
        UPDATE ReconciliationDifferences SET ResolvedBy = ${adminId}, ResolvedAt = ${at}, Reason = ${reason}, OpenKey = CONCAT('resolved:', Id)
        WHERE Id = ${id} AND ResolvedAt IS NULL`);
      return rows === 1;
    },

    countOpen: (sellerId) =>
      countRows(
        db,
        Prisma.sql`FROM ReconciliationDifferences d WHERE d.ResolvedAt IS NULL ${sellerId === undefined ? Prisma.empty : Prisma.sql`AND d.SellerId = ${sellerId}`}`,
      ),
  };
}

/** What was made here, that the provider has to have. An earlier release wrote no time of the beginning. */
const MADE_HERE: Record<ReconciledKind, (provider: string, from: Date, to: Date, after: number) => Prisma.Sql> = {
  payment: (provider, from, to, after) => Prisma.sql`
    SELECT p.OrderId AS id, p.OrderId AS orderId, p.Reference AS reference FROM Payments p
    WHERE p.Provider = ${provider} AND p.Status IN ('captured', 'refunding', 'refunded') AND p.Reference <> ''
      AND COALESCE(p.BegunAt, p.CreatedAt) >= ${from} AND COALESCE(p.BegunAt, p.CreatedAt) < ${to} AND p.OrderId > ${after}`,
  refund: (provider, from, to, after) => Prisma.sql`
    SELECT r.Id AS id, r.OrderId AS orderId, r.Reference AS reference FROM Refunds r JOIN Payments p ON p.OrderId = r.OrderId
    WHERE p.Provider = ${provider} AND r.Status = 'done' AND r.Reference <> ''
      AND r.CreatedAt >= ${from} AND r.CreatedAt < ${to} AND r.Id > ${after}`,
  chargeback: (provider, from, to, after) => Prisma.sql`
    SELECT c.Id AS id, c.OrderId AS orderId, c.Reference AS reference FROM Chargebacks c
    WHERE c.Provider = ${provider} AND c.OpenedAt >= ${from} AND c.OpenedAt < ${to} AND c.Id > ${after}`,
};

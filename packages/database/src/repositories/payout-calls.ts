import { randomUUID } from 'node:crypto';
import type { PayoutCallsRepository } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';

const FAILURE_MAX = 300;
const OPEN = { in: ['pending', 'unresolved'] };

const CALL = columns(
  { c: 'PayoutCalls' },
  {
    payoutId: 'c.PayoutId',
    kind: 'c.Kind',
    provider: 'c.Provider',
    account: 'c.Account',
    key: 'c.ProviderKey',
    attempt: 'c.Attempt',
    keyedAt: 'c.KeyedAt',
    status: 'c.Status',
    reference: 'c.Reference',
    failure: 'c.Failure',
  },
);

const newKey = (kind: string): string => `payout-${kind}:${randomUUID()}`;
const short = (failure: string | null): string | null => failure?.slice(0, FAILURE_MAX) ?? null;

export function payoutCallsRepository(db: Queryable): PayoutCallsRepository {
  const { prisma } = db;
  return {
    async add({ payoutId, kind, provider, account }, at) {
      if ((await prisma.payoutCall.count({ where: { payoutId, kind } })) > 0) return false;
      let added = false;
      await insertUnlessThere(async () => {
        await insert(db, 'PayoutCalls', {
          PayoutId: payoutId,
          Kind: kind,
          Provider: provider,
          Account: account,
          ProviderKey: newKey(kind),
          Attempt: 1,
          KeyedAt: at,
          Status: 'pending',
          UpdatedAt: at,
        });
        added = true;
      });
      return added;
    },

    listOf: async (payoutIds) =>
      payoutIds.length === 0
        ? []
        : CALL.read(
            db,
            Prisma.sql`FROM PayoutCalls c WHERE c.PayoutId IN (${Prisma.join(payoutIds)}) ORDER BY c.PayoutId,
              CASE c.Kind WHEN 'transfer' THEN 1 WHEN 'payout' THEN 2 ELSE 3 END`,
          ),

    findByReference: (reference) => CALL.first(db, Prisma.sql`FROM PayoutCalls c WHERE c.Reference = ${reference}`),

    async hasOpen() {
      const onTheirWay = { payout: { status: { in: ['pending', 'unresolved'] } } };
      const comingBack = { kind: 'reversal', payout: { status: { in: ['sent', 'paid'] } } };
      return (await prisma.payoutCall.count({ where: { status: OPEN, OR: [onTheirWay, comingBack] } })) > 0;
    },

    async settle({ payoutId, kind, attempt }, { status, failure, reference }, at) {
      const data = { status, failure: short(failure), updatedAt: at, ...(reference === undefined ? {} : { reference }) };
      return (await prisma.payoutCall.updateMany({ where: { payoutId, kind, attempt, status: OPEN }, data })).count === 1;
    },

    async renewKey({ payoutId, kind, attempt }, failure, at) {
      const data = {
        providerKey: newKey(kind),
        attempt: attempt + 1,
        keyedAt: at,
        status: 'pending',
        failure: short(failure),
        updatedAt: at,
      };
      return (await prisma.payoutCall.updateMany({ where: { payoutId, kind, attempt, status: { not: 'done' } }, data })).count === 1;
    },

    async noteFailure({ payoutId, kind }, failure, at) {
      await prisma.payoutCall.updateMany({ where: { payoutId, kind }, data: { failure: short(failure), updatedAt: at } });
    },
  };
}

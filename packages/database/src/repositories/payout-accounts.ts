import { randomUUID } from 'node:crypto';
import type { PayoutAccountsRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { insertUnlessThere } from '../engine/errors.ts';
import { insert } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';

const ACCOUNT = columns(
  { a: 'PayoutAccounts' },
  {
    sellerId: 'a.SellerId',
    provider: 'a.Provider',
    key: 'a.ProviderKey',
    keyedAt: 'a.KeyedAt',
    reference: 'a.Reference',
    state: 'a.State',
    missing: 'a.Missing',
    country: 'a.Country',
    currency: 'a.Currency',
    masked: 'a.Masked',
    confirmedAt: 'a.ConfirmedAt',
    stoppedAt: 'a.StoppedAt',
    checkedAt: 'a.CheckedAt',
    updatedAt: 'a.UpdatedAt',
  },
);

const newKey = (): string => `payout-account:${randomUUID()}`;

export function payoutAccountsRepository(db: Queryable): PayoutAccountsRepository {
  const { payoutAccount } = db.prisma;
  return {
    find: (sellerId) => ACCOUNT.first(db, Prisma.sql`FROM PayoutAccounts a WHERE a.SellerId = ${sellerId}`),

    findByReference: (reference) => ACCOUNT.first(db, Prisma.sql`FROM PayoutAccounts a WHERE a.Reference = ${reference}`),

    async create({ sellerId, provider, country }, at) {
      await insertUnlessThere(() =>
        insert(db, 'PayoutAccounts', {
          SellerId: sellerId,
          Provider: provider,
          ProviderKey: newKey(),
          KeyedAt: at,
          State: 'none',
          Country: country,
          ConfirmedAt: at,
          CreatedAt: at,
          UpdatedAt: at,
        }),
      );
    },

    async setReference({ sellerId, key }, reference, at) {
      const data = { reference, state: 'onboarding', updatedAt: at };
      return (await payoutAccount.updateMany({ where: { sellerId, providerKey: key, reference: null }, data })).count === 1;
    },

    async renewKey({ sellerId, key }, at) {
      const data = { providerKey: newKey(), keyedAt: at };
      return (await payoutAccount.updateMany({ where: { sellerId, providerKey: key, reference: null }, data })).count === 1;
    },

    async removeUnmade({ sellerId, key }) {
      await payoutAccount.deleteMany({ where: { sellerId, providerKey: key, reference: null } });
    },

    async confirm(sellerId, at) {
      await payoutAccount.updateMany({ where: { sellerId }, data: { confirmedAt: at, stoppedAt: null } });
    },

    stop: async (sellerId, at) =>
      (await payoutAccount.updateMany({ where: { sellerId, stoppedAt: null }, data: { stoppedAt: at } })).count === 1,

    remove: async (sellerId) => (await payoutAccount.deleteMany({ where: { sellerId } })).count > 0,

    async save(reference, { state, missing, currency, masked }, at) {
      await payoutAccount.updateMany({ where: { reference }, data: { state, missing, currency, masked, checkedAt: at, updatedAt: at } });
    },

    toCheck: ({ unready, ready }, rows) =>
      ACCOUNT.read(
        db,
        Prisma.sql`FROM PayoutAccounts a WHERE a.Reference IS NOT NULL AND a.StoppedAt IS NULL
            AND (a.CheckedAt IS NULL OR a.CheckedAt < ${ready} OR (a.State <> 'ready' AND a.CheckedAt < ${unready}))
          ORDER BY a.CheckedAt, a.SellerId ${limit(db.engine, rows)}`,
      ),
  };
}

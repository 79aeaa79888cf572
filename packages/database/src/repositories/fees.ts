import type { FeesRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { updateOrInsert } from '../engine/errors.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { where } from '../engine/keyset.ts';
import { columns, computed, outer } from '../engine/rows.ts';

const RULE_FIELDS = {
  id: 'r.Id',
  categoryPath: 'r.CategoryPath',
  sellerId: 'r.SellerId',
  tier: 'r.Tier',
  basisPoints: 'r.BasisPoints',
  fixedMinor: 'r.FixedMinor',
  minimumMinor: 'r.MinimumMinor',
  currency: 'r.Currency',
  validFrom: 'r.ValidFrom',
  validUntil: 'r.ValidUntil',
} as const;
const RULE = columns({ r: 'CommissionRules' }, RULE_FIELDS);
const LISTED = columns(
  { r: 'CommissionRules', s: outer('Users') },
  {
    ...RULE_FIELDS,
    sellerName: 's.FullName',
    orders: computed<number>(Prisma.sql`(SELECT CAST(COUNT(DISTINCT l.OrderId) AS INT) FROM OrderFeeLines l WHERE l.RuleId = r.Id)`),
  },
);
const LISTED_RULES = Prisma.sql`FROM CommissionRules r LEFT JOIN Users s ON s.Id = r.SellerId`;

const FEES = columns(
  { f: 'OrderFees' },
  {
    orderId: 'f.OrderId',
    currency: 'f.Currency',
    baseMinor: 'f.BaseMinor',
    commissionMinor: 'f.CommissionMinor',
    vatMinor: 'f.VatMinor',
    vatBasisPoints: 'f.VatBasisPoints',
    vatTreatment: 'f.VatTreatment',
    vatCountry: 'f.VatCountry',
    frozenAt: 'f.FrozenAt',
  },
);

const LINE = columns(
  { l: 'OrderFeeLines' },
  {
    ruleId: 'l.RuleId',
    baseMinor: 'l.BaseMinor',
    basisPoints: 'l.BasisPoints',
    fixedMinor: 'l.FixedMinor',
    minimumMinor: 'l.MinimumMinor',
    commissionMinor: 'l.CommissionMinor',
  },
);

const TAX = columns(
  { t: 'SellerTaxDetails' },
  { userId: 't.UserId', name: 't.Name', address: 't.Address', country: 't.Country', vatNumber: 't.VatNumber', updatedAt: 't.UpdatedAt' },
);

/** Rules that hold at a moment. */
const holding = (at: Date) => Prisma.sql`r.ValidFrom <= ${at} AND (r.ValidUntil IS NULL OR r.ValidUntil > ${at})`;

export function feesRepository(db: Queryable): FeesRepository {
  const { prisma } = db;
  return {
    listRules: ({ ended, at, limit: rows, before }) =>
      LISTED.read(
        db,
        Prisma.sql`${LISTED_RULES} ${where([
          ended ? Prisma.sql`r.ValidUntil <= ${at}` : Prisma.sql`(r.ValidUntil IS NULL OR r.ValidUntil > ${at})`,
          before !== undefined && Prisma.sql`r.Id < ${before}`,
        ])} ORDER BY r.Id DESC ${limit(db.engine, rows)}`,
      ),

    findRule: (id) => LISTED.first(db, Prisma.sql`${LISTED_RULES} WHERE r.Id = ${id}`),

    addRule: (rule, at) =>
      insertReturningId(db, 'CommissionRules', {
        CategoryPath: rule.categoryPath,
        SellerId: rule.sellerId,
        Tier: rule.tier,
        BasisPoints: rule.basisPoints,
        FixedMinor: rule.fixedMinor,
        MinimumMinor: rule.minimumMinor,
        Currency: rule.currency,
        ValidFrom: rule.validFrom,
        ValidUntil: rule.validUntil,
        CreatedBy: rule.createdBy,
        CreatedAt: at,
      }),

    endRule: async (id, from, to) =>
      (await prisma.commissionRule.updateMany({ where: { id, validUntil: from }, data: { validUntil: to } })).count === 1,

    removeRule: async (id) =>
      (await db.write(
        Prisma.sql`DELETE FROM CommissionRules WHERE Id = ${id} AND NOT EXISTS (SELECT 1 FROM OrderFeeLines l WHERE l.RuleId = ${id})`,
      )) === 1,

    rulesFor: (sellerId, at) =>
      RULE.read(
        db,
        Prisma.sql`FROM CommissionRules r WHERE (r.SellerId IS NULL OR r.SellerId = ${sellerId}) AND ${holding(at)} ORDER BY r.Id`,
      ),

    async freeze({ orderId, lines, ...fees }) {
      await insert(db, 'OrderFees', {
        OrderId: orderId,
        Currency: fees.currency,
        BaseMinor: fees.baseMinor,
        CommissionMinor: fees.commissionMinor,
        VatMinor: fees.vatMinor,
        VatBasisPoints: fees.vatBasisPoints,
        VatTreatment: fees.vatTreatment,
        VatCountry: fees.vatCountry,
        FrozenAt: fees.frozenAt,
      });
      for (const [index, line] of lines.entries())
        await insert(db, 'OrderFeeLines', {
          OrderId: orderId,
          Line: index + 1,
          RuleId: line.ruleId,
          BaseMinor: line.baseMinor,
          BasisPoints: line.basisPoints,
          FixedMinor: line.fixedMinor,
          MinimumMinor: line.minimumMinor,
          CommissionMinor: line.commissionMinor,
        });
    },

    async find(orderId) {
      const fees = await FEES.first(db, Prisma.sql`FROM OrderFees f WHERE f.OrderId = ${orderId}`);
      if (!fees) return null;
      return { ...fees, lines: await LINE.read(db, Prisma.sql`FROM OrderFeeLines l WHERE l.OrderId = ${orderId} ORDER BY l.Line`) };
    },

    async saveTaxDetails({ userId, ...details }, updatedAt) {
      await updateOrInsert(
        async () => (await prisma.sellerTaxDetails.updateMany({ where: { userId }, data: { ...details, updatedAt } })).count,
        () => prisma.sellerTaxDetails.createMany({ data: [{ userId, ...details, updatedAt }] }),
      );
    },

    taxDetails: (userId) => TAX.first(db, Prisma.sql`FROM SellerTaxDetails t WHERE t.UserId = ${userId}`),
  };
}

import type { FeesRepository } from '@assay/core';
import { Prisma, type Queryable } from '../engine/database.ts';
import { insert } from '../engine/insert.ts';
import { columns } from '../engine/rows.ts';

const RULE = columns(
  { r: 'CommissionRules' },
  {
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
  },
);

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
  return {
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

    taxDetails: (userId) => TAX.first(db, Prisma.sql`FROM SellerTaxDetails t WHERE t.UserId = ${userId}`),
  };
}

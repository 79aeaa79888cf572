import { Prisma } from '../../engine/database.ts';
import { by, part, section, type Section } from './section.ts';

/** What a buyer was charged; what a seller is charged, and who they are on invoices. */
export const MONEY: readonly Section[] = [
  section('charges', 'Charges', {
    fields: {
      id: 't.Id',
      checkoutId: 't.GroupId',
      provider: 't.Provider',
      reference: 't.Reference',
      amountE8: 't.AmountE8',
      currency: 't.Currency',
      status: 't.Status',
      begunAt: 't.BegunAt',
    },
    whose: by('BuyerId'),
    key: 'id',
  }),
  section('fees-of-sales', 'OrderFees', {
    fields: {
      orderId: 't.OrderId',
      currency: 't.Currency',
      baseMinor: 't.BaseMinor',
      commissionMinor: 't.CommissionMinor',
      vatMinor: 't.VatMinor',
      vatBasisPoints: 't.VatBasisPoints',
      vatTreatment: 't.VatTreatment',
      vatCountry: 't.VatCountry',
      frozenAt: 't.FrozenAt',
    },
    join: 'JOIN Orders o ON o.Id = t.OrderId',
    whose: (userId) => Prisma.sql`o.SellerId = ${userId}`,
    key: 'orderId',
    parts: [
      part('lines', 'OrderFeeLines', {
        fields: {
          currency: Prisma.raw('(SELECT f.Currency FROM OrderFees f WHERE f.OrderId = t.OrderId)'),
          ruleId: 't.RuleId',
          baseMinor: 't.BaseMinor',
          basisPoints: 't.BasisPoints',
          fixedMinor: 't.FixedMinor',
          minimumMinor: 't.MinimumMinor',
          commissionMinor: 't.CommissionMinor',
        },
        of: 'OrderId',
        order: 'Line',
      }),
    ],
  }),
  section('invoices', 'Invoices', {
    fields: {
      id: 't.Id',
      kind: 't.Kind',
      series: 't.Series',
      year: 't.Year',
      number: 't.Number',
      orderId: 't.OrderId',
      currency: 't.Currency',
      netMinor: 't.NetMinor',
      vatMinor: 't.VatMinor',
      vatBasisPoints: 't.VatBasisPoints',
      vatTreatment: 't.VatTreatment',
      issuerName: 't.IssuerName',
      issuerAddress: 't.IssuerAddress',
      issuerVatNumber: 't.IssuerVatNumber',
      recipientName: 't.RecipientName',
      recipientAddress: 't.RecipientAddress',
      recipientVatNumber: 't.RecipientVatNumber',
      issuedAt: 't.IssuedAt',
    },
    whose: by('RecipientId'),
    key: 'id',
    parts: [
      part('lines', 'InvoiceLines', {
        fields: {
          currency: Prisma.raw('(SELECT i.Currency FROM Invoices i WHERE i.Id = t.InvoiceId)'),
          text: 't.Text',
          quantity: 't.Quantity',
          amountMinor: 't.AmountMinor',
        },
        of: 'InvoiceId',
        order: 'Line',
      }),
    ],
  }),
  section('own-commission', 'CommissionRules', {
    fields: {
      id: 't.Id',
      category: 't.CategoryPath',
      tier: 't.Tier',
      basisPoints: 't.BasisPoints',
      fixedMinor: 't.FixedMinor',
      minimumMinor: 't.MinimumMinor',
      currency: 't.Currency',
      validFrom: 't.ValidFrom',
      validUntil: 't.ValidUntil',
    },
    whose: by('SellerId'),
    key: 'id',
  }),
  section('tax-details', 'SellerTaxDetails', {
    fields: {
      userId: 't.UserId',
      name: 't.Name',
      address: 't.Address',
      country: 't.Country',
      vatNumber: 't.VatNumber',
      updatedAt: 't.UpdatedAt',
    },
    whose: by('UserId'),
    key: 'userId',
  }),
];

import { FORMER_MEMBER } from '@assay/contract';
import { Raced, type InvoiceRow, type InvoicesRepository } from '@assay/core';
import { limit, Prisma, type Queryable } from '../engine/database.ts';
import { isUniqueViolation, updateOrInsert } from '../engine/errors.ts';
import { insert, insertReturningId } from '../engine/insert.ts';
import { where } from '../engine/keyset.ts';
import { columns, outer } from '../engine/rows.ts';

const INVOICE = columns(
  { i: 'Invoices', o: 'Orders', c: outer('Invoices') },
  {
    id: 'i.Id',
    kind: 'i.Kind',
    series: 'i.Series',
    year: 'i.Year',
    number: 'i.Number',
    cause: 'i.Cause',
    orderId: 'i.OrderId',
    recipientId: 'i.RecipientId',
    correctsId: 'i.CorrectsId',
    currency: 'i.Currency',
    netMinor: 'i.NetMinor',
    vatMinor: 'i.VatMinor',
    vatBasisPoints: 'i.VatBasisPoints',
    vatTreatment: 'i.VatTreatment',
    issuerName: 'i.IssuerName',
    issuerAddress: 'i.IssuerAddress',
    issuerVatNumber: 'i.IssuerVatNumber',
    recipientName: 'i.RecipientName',
    recipientAddress: 'i.RecipientAddress',
    recipientVatNumber: 'i.RecipientVatNumber',
    isTest: 'i.IsTest',
    issuedAt: 'i.IssuedAt',
    storageKey: 'i.StorageKey',
    sha256: 'i.Sha256',
    sellerId: 'o.SellerId',
    buyerId: 'o.BuyerId',
    correctedSeries: 'c.Series',
    correctedYear: 'c.Year',
    correctedNumber: 'c.Number',
  },
  ({ issuerName, issuerAddress, issuerVatNumber, recipientName, recipientAddress, recipientVatNumber, ...row }): InvoiceRow => {
    const { correctedSeries, correctedYear, correctedNumber, ...rest } = row;
    return {
      ...rest,
      issuer: { name: issuerName, address: issuerAddress, vatNumber: issuerVatNumber },
      recipient: { name: recipientName, address: recipientAddress, vatNumber: recipientVatNumber },
      corrects: correctedSeries === null ? null : { series: correctedSeries, year: correctedYear!, number: correctedNumber! },
    };
  },
);
const INVOICES = Prisma.sql`FROM Invoices i JOIN Orders o ON o.Id = i.OrderId LEFT JOIN Invoices c ON c.Id = i.CorrectsId`;
const LINE = columns({ l: 'InvoiceLines' }, { text: 'l.Text', quantity: 'l.Quantity', amountMinor: 'l.AmountMinor' });
const FILE = columns({ i: 'Invoices' }, { id: 'i.Id', storageKey: 'i.StorageKey' });

export function invoicesRepository(db: Queryable): InvoicesRepository {
  const { prisma } = db;
  return {
    async nextNumber(series, year) {
      await updateOrInsert(
        () => db.write(Prisma.sql`UPDATE InvoiceCounters SET LastNumber = LastNumber + 1 WHERE Series = ${series} AND Year = ${year}`),
        () => insert(db, 'InvoiceCounters', { Series: series, Year: year, LastNumber: 1 }),
      );
      const counter = await prisma.invoiceCounter.findUniqueOrThrow({ where: { series_year: { series, year } } });
      return counter.lastNumber;
    },

    async add({ issuer, recipient, lines, ...invoice }, at) {
      const row = {
        Kind: invoice.kind,
        Series: invoice.series,
        Year: invoice.year,
        Number: invoice.number,
        Cause: invoice.cause,
        OrderId: invoice.orderId,
        RecipientId: invoice.recipientId,
        CorrectsId: invoice.correctsId,
        Currency: invoice.currency,
        NetMinor: invoice.netMinor,
        VatMinor: invoice.vatMinor,
        VatBasisPoints: invoice.vatBasisPoints,
        VatTreatment: invoice.vatTreatment,
        IssuerName: issuer.name,
        IssuerAddress: issuer.address,
        IssuerVatNumber: issuer.vatNumber,
        RecipientName: recipient.name,
        RecipientAddress: recipient.address,
        RecipientVatNumber: recipient.vatNumber,
        IsTest: invoice.isTest,
        IssuedAt: at,
        StorageKey: invoice.storageKey,
      };
      const id = await insertReturningId(db, 'Invoices', row).catch((error: unknown) => {
        throw isUniqueViolation(error) ? new Raced() : error;
      });
      for (const [index, { text, quantity, amountMinor }] of lines.entries())
        await insert(db, 'InvoiceLines', { InvoiceId: id, Line: index + 1, Text: text, Quantity: quantity, AmountMinor: amountMinor });
      return id;
    },

    find: (id) => INVOICE.first(db, Prisma.sql`${INVOICES} WHERE i.Id = ${id}`),
    lines: (id) => LINE.read(db, Prisma.sql`FROM InvoiceLines l WHERE l.InvoiceId = ${id} ORDER BY l.Line`),
    ofOrder: (orderId) => INVOICE.read(db, Prisma.sql`${INVOICES} WHERE i.OrderId = ${orderId} ORDER BY i.Id`),

    listReceived(recipientId, rows, before) {
      const mine = where([Prisma.sql`i.RecipientId = ${recipientId}`, before !== undefined && Prisma.sql`i.Id < ${before}`]);
      return INVOICE.read(db, Prisma.sql`${INVOICES} ${mine} ORDER BY i.Id DESC ${limit(db.engine, rows)}`);
    },

    stored: async (id, sha256) => (await prisma.invoice.updateMany({ where: { id, sha256: null }, data: { sha256 } })).count === 1,

    listExpired: (before, rows) =>
      FILE.read(
        db,
        Prisma.sql`FROM Invoices i JOIN Orders o ON o.Id = i.OrderId
          WHERE i.StorageKey <> '' AND o.UpdatedAt < ${before}
            AND EXISTS (SELECT 1 FROM Users u WHERE u.Id IN (o.BuyerId, o.SellerId) AND u.DeletedAt IS NOT NULL)
          ORDER BY i.Id ${limit(db.engine, rows)}`,
      ),

    async forget(id) {
      const unnamed = { recipientName: FORMER_MEMBER, recipientAddress: '', recipientVatNumber: null };
      await prisma.invoice.updateMany({ where: { id }, data: { ...unnamed, storageKey: '' } });
      await prisma.invoiceLine.updateMany({ where: { invoiceId: id }, data: { text: 'Purchase' } });
      await prisma.invoice.updateMany({
        where: { id, kind: { in: ['receipt', 'receipt-credit'] } },
        data: { issuerName: FORMER_MEMBER, issuerAddress: '', issuerVatNumber: null },
      });
    },
  };
}

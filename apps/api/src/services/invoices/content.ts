import { e8OfMinor, formatPriceE8, type InvoiceKind } from '@assay/contract';
import { invoiceNumber, type InvoiceDocument } from '@assay/core';
import type { PdfContent } from '../pdf/content.ts';
import { DAY, partyLines } from '../pdf/texts.ts';

const TITLES: Record<InvoiceKind, string> = {
  receipt: 'Receipt',
  'receipt-credit': 'Credit note',
  commission: 'Invoice',
  'commission-credit': 'Credit note',
};

/** @param site where the order was placed, such as shop.example */
export function contentOf(document: InvoiceDocument, site: string): PdfContent {
  const { kind, currency, netMinor, vatMinor, vatBasisPoints, vatTreatment, corrects } = document;
  const amount = (minor: bigint) => `${currency} ${formatPriceE8(e8OfMinor(minor, currency), currency)}`;
  const ofReceipt = kind === 'receipt' || kind === 'receipt-credit';
  const number = invoiceNumber(document);
  const notes = [
    ...(document.isTest ? ['Test payment: no money was moved.'] : []),
    ...(vatTreatment === 'reverse-charge'
      ? ['Reverse charge: the recipient accounts for VAT (Article 196 of Directive 2006/112/EC).']
      : []),
    ...(vatTreatment === 'outside' ? ['Not subject to VAT in the country of the issuer.'] : []),
    ...(ofReceipt ? [`${kind === 'receipt' ? 'Paid' : 'Refunded'} through ${site}. This is no VAT invoice.`] : []),
  ];
  return {
    title: TITLES[kind],
    number,
    facts: [
      ['Number', number],
      ['Date', DAY.format(document.issuedAt)],
      ['Order', String(document.orderId)],
      ...(corrects ? [['Corrects', invoiceNumber(corrects)] as [string, string]] : []),
    ],
    from: partyLines(document.issuer),
    to: partyLines(document.recipient),
    columns: [{ share: 0.7 }, { share: 0.3, align: 'right' }],
    rows: document.lines.map(({ text, quantity, amountMinor }) => [quantity > 1 ? `${quantity} × ${text}` : text, amount(amountMinor)]),
    sums: [
      ...(ofReceipt
        ? []
        : ([
            ['Net', amount(netMinor)],
            [vatTreatment === 'standard' ? `VAT ${vatBasisPoints / 100} %` : 'VAT', amount(vatMinor)],
          ] as [string, string][])),
      [kind === 'receipt' ? 'Paid' : kind === 'commission' ? 'Total' : 'Credited', amount(netMinor + vatMinor)],
    ],
    notes,
  };
}

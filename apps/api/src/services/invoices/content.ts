import { e8OfMinor, formatPriceE8, type InvoiceKind } from '@assay/contract';
import { invoiceNumber, type InvoiceDocument, type InvoiceParty } from '@assay/core';

/** What a document shows, from top to bottom. */
export interface InvoiceContent {
  title: string;
  number: string;
  facts: [label: string, value: string][];
  from: string[];
  to: string[];
  lines: [text: string, amount: string][];
  sums: [label: string, amount: string][];
  notes: string[];
}

const TITLES: Record<InvoiceKind, string> = {
  receipt: 'Receipt',
  'receipt-credit': 'Credit note',
  commission: 'Invoice',
  'commission-credit': 'Credit note',
};
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

const partyLines = ({ name, address, vatNumber }: InvoiceParty): string[] => [
  name,
  ...address.split('\n').filter(Boolean),
  ...(vatNumber ? [`VAT number ${vatNumber}`] : []),
];

/** @param site where the order was placed, such as shop.example */
export function contentOf(document: InvoiceDocument, site: string): InvoiceContent {
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
    lines: document.lines.map(({ text, quantity, amountMinor }) => [quantity > 1 ? `${quantity} × ${text}` : text, amount(amountMinor)]),
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

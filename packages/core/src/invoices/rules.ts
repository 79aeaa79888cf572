import { e8OfMinor, formatPriceE8, type InvoiceKind, type InvoiceView } from '@assay/contract';
import type { InvoiceNumber, InvoiceRow } from './ports.ts';

const SERIES: Record<InvoiceKind, string> = { receipt: 'R', 'receipt-credit': 'RC', commission: 'C', 'commission-credit': 'CC' };

/** The series of a kind. Documents of test payments have their own, so that real numbers count real money. */
export const seriesOf = (kind: InvoiceKind, isTest: boolean): string => (isTest ? 'T' : '') + SERIES[kind];

/** "C-2026-000012" */
export const invoiceNumber = ({ series, year, number }: InvoiceNumber): string => `${series}-${year}-${String(number).padStart(6, '0')}`;

/** Whether an account is a party of a document: receipts are for buyer and seller, commission is the seller's alone. */
export const isParty = ({ kind, sellerId, buyerId }: Pick<InvoiceRow, 'kind' | 'sellerId' | 'buyerId'>, userId: number): boolean =>
  userId === sellerId || (userId === buyerId && (kind === 'receipt' || kind === 'receipt-credit'));

export function toInvoiceView(row: InvoiceRow): InvoiceView {
  const amount = (minor: bigint) => formatPriceE8(e8OfMinor(minor, row.currency), row.currency);
  return {
    id: row.id,
    kind: row.kind,
    number: invoiceNumber(row),
    orderId: row.orderId,
    corrects: row.corrects && invoiceNumber(row.corrects),
    currency: row.currency,
    net: amount(row.netMinor),
    vat: amount(row.vatMinor),
    total: amount(row.netMinor + row.vatMinor),
    test: row.isTest,
    issuedAt: row.issuedAt.toISOString(),
  };
}

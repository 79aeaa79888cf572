import { shownName } from '@assay/contract';
import type { Tx } from '../kernel/context.ts';
import { ledgerMinorOf } from '../ledger/ledger-minor.ts';
import type { OrderRow } from '../orders/ports.ts';
import { operatorParty, sellerParty } from './parties.ts';
import type { InvoiceLineRow, InvoiceRow, NewInvoice } from './ports.ts';
import { invoiceNumber, seriesOf } from './rules.ts';

/** What the ledger posted, which a document is issued for. */
export interface Documented {
  cause: string;
  orderId: number;
  currency: string;
  isTest: boolean;
}

const lineOf = (text: string, amountMinor: bigint): InvoiceLineRow => ({ text: text.slice(0, 300), quantity: 1, amountMinor });

/** Gives a document its number and has its file made. */
async function issue(tx: Tx, invoice: NewInvoice): Promise<void> {
  const series = seriesOf(invoice.kind, invoice.isTest);
  const year = tx.at.getUTCFullYear();
  const number = await tx.repos.invoices.nextNumber(series, year);
  const storageKey = `private/invoices/${crypto.randomUUID()}`;
  const invoiceId = await tx.repos.invoices.add({ ...invoice, series, year, number, storageKey }, tx.at);
  await tx.enqueue('invoice.render', { invoiceId }, { key: renderKey(invoiceId) });
}

/** The key of the task that makes the file of a document. */
export const renderKey = (invoiceId: number): string => `invoice:${invoiceId}`;

async function requireOrder({ repos }: Tx, id: number): Promise<OrderRow> {
  const order = await repos.orders.findById(id);
  if (!order) throw new Error(`The order ${id} of a posting is missing.`);
  return order;
}

const NO_VAT = { vatMinor: 0n, vatBasisPoints: 0, vatTreatment: 'none' } as const;

/** Issues the buyer's receipt, in the change that posts their payment. @param paid in minor units */
export async function issueReceipt(tx: Tx, documented: Documented, paid: bigint): Promise<void> {
  const order = await requireOrder(tx, documented.orderId);
  await issue(tx, {
    ...documented,
    kind: 'receipt',
    recipientId: order.buyerId,
    correctsId: null,
    netMinor: paid,
    ...NO_VAT,
    issuer: await sellerParty(tx, order),
    recipient: { name: shownName(order.buyerName), address: '', vatNumber: null },
    lines: await receiptLines(tx, order, paid, documented.currency),
  });
}

/** The items and the shipping of an order; its title alone where it is of a release without items, or was paid in another amount. */
async function receiptLines({ repos }: Tx, { id, title, shippingE8 }: OrderRow, paid: bigint, currency: string): Promise<InvoiceLineRow[]> {
  const items = (await repos.orders.items([id])).get(id) ?? [];
  const lines = items.map((item) => ({
    ...lineOf(item.title, ledgerMinorOf(item.unitPriceE8 * BigInt(item.quantity), currency)),
    quantity: item.quantity,
  }));
  if (shippingE8 > 0n) lines.push(lineOf('Shipping', ledgerMinorOf(shippingE8, currency)));
  const sum = lines.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  return items.length > 0 && sum === paid ? lines : [lineOf(title, paid)];
}

/** Issues the seller's invoice for the commission that a release charged. Nothing where none was. */
export async function issueCommissionInvoice(tx: Tx, documented: Documented, charged: { commission: bigint; vat: bigint }): Promise<void> {
  if (charged.commission === 0n && charged.vat === 0n) return;
  const order = await requireOrder(tx, documented.orderId);
  const fees = await tx.repos.fees.find(order.id);
  await issue(tx, {
    ...documented,
    kind: 'commission',
    recipientId: order.sellerId,
    correctsId: null,
    netMinor: charged.commission,
    vatMinor: charged.vat,
    vatBasisPoints: fees?.vatBasisPoints ?? 0,
    vatTreatment: fees?.vatTreatment ?? 'none',
    issuer: operatorParty(tx),
    recipient: await sellerParty(tx, order),
    lines: [lineOf(`Commission on order ${order.id}: ${order.title}`, charged.commission)],
  });
}

/** A credit note for a part of a document, or for all of it, with its parties. */
const credit = (tx: Tx, documented: Documented, corrected: InvoiceRow, amounts: { netMinor: bigint; vatMinor: bigint }): Promise<void> =>
  issue(tx, {
    ...documented,
    kind: corrected.kind === 'receipt' ? 'receipt-credit' : 'commission-credit',
    recipientId: corrected.recipientId,
    correctsId: corrected.id,
    ...amounts,
    vatBasisPoints: corrected.vatBasisPoints,
    vatTreatment: corrected.vatTreatment,
    issuer: corrected.issuer,
    recipient: corrected.recipient,
    lines: [lineOf(`Credit for ${invoiceNumber(corrected)}, order ${documented.orderId}`, amounts.netMinor)],
  });

/**
 * Issues credit notes for a refund: for the buyer's receipt, and for the commission that the ledger gave back with it. Orders from before
 * there were documents get none.
 * @param refunded what the buyer got back, in minor units
 */
export async function issueCreditNotes(
  tx: Tx,
  documented: Documented,
  refunded: bigint,
  reversed: { commission: bigint; vat: bigint },
): Promise<void> {
  const issued = await tx.repos.invoices.ofOrder(documented.orderId);
  const receipt = issued.find(({ kind }) => kind === 'receipt');
  if (receipt) await credit(tx, documented, receipt, { netMinor: refunded, vatMinor: 0n });
  const invoice = issued.findLast(({ kind }) => kind === 'commission');
  if (invoice && reversed.commission + reversed.vat > 0n)
    await credit(tx, documented, invoice, { netMinor: reversed.commission, vatMinor: reversed.vat });
}

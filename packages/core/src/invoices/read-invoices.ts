import type { InvoicePage, InvoiceView, ListInvoices } from '@assay/contract';
import { hasRole, requireUser } from '../kernel/actor.ts';
import type { Context } from '../kernel/context.ts';
import { decodeCursor, encodeCursor, toPage } from '../kernel/cursor.ts';
import { AppError } from '../kernel/errors.ts';
import { renderKey } from './issue-invoices.ts';
import type { InvoiceRow } from './ports.ts';
import { invoiceNumber, isParty, toInvoiceView } from './rules.ts';

/** A file that is not stored yet is waited for so long. */
const RENDER_MS = 10_000;
const PAGE = 100;

/** The documents of an order that its party, or an admin, may see. @throws AppError UNAUTHENTICATED, ORDER_NOT_FOUND */
export async function listOrderInvoices(ctx: Context, { id }: { id: number }): Promise<{ items: InvoiceView[] }> {
  const actor = requireUser(ctx.actor);
  const order = await ctx.repos.orders.findById(id);
  const sees = order && (order.buyerId === actor.id || order.sellerId === actor.id || hasRole(actor, 'admin'));
  if (!sees) throw new AppError('ORDER_NOT_FOUND');
  const rows = await ctx.repos.invoices.ofOrder(id);
  return { items: rows.filter((row) => hasRole(actor, 'admin') || isParty(row, actor.id)).map(toInvoiceView) };
}

/** Documents that I received, newest first. @throws AppError UNAUTHENTICATED, INVALID_CURSOR */
export async function listMyInvoices(ctx: Context, { limit, cursor }: ListInvoices): Promise<InvoicePage> {
  const { id } = requireUser(ctx.actor);
  const before = cursor ? decodeCursor(cursor, 'invoices', ['number'])[0] : undefined;
  const rows = await ctx.repos.invoices.listReceived(id, limit + 1, before);
  return toPage(rows, limit, toInvoiceView, (row) => encodeCursor('invoices', [row.id]));
}

/** The same, all of them, page by page. @throws AppError UNAUTHENTICATED */
export async function* exportMyInvoices(ctx: Context): AsyncGenerator<InvoiceView[]> {
  const { id } = requireUser(ctx.actor);
  let before: number | undefined;
  do {
    const rows = await ctx.repos.invoices.listReceived(id, PAGE, before);
    yield rows.map(toInvoiceView);
    before = rows.length < PAGE ? undefined : rows.at(-1)!.id;
  } while (before !== undefined);
}

/**
 * The file of a document, for its parties; for admins with an audit record. The stored bytes are checked against their SHA-256.
 * @throws AppError UNAUTHENTICATED, INVOICE_NOT_FOUND, INVOICE_NOT_READY
 */
export async function readInvoice(ctx: Context, { id }: { id: number }): Promise<{ number: string; pdf: Uint8Array }> {
  const actor = requireUser(ctx.actor);
  const invoice = await requireVisible(ctx, id);
  if (!isParty(invoice, actor.id))
    await ctx.change((tx) => tx.audit('invoice.viewed', 'invoice', id, { number: invoiceNumber(invoice), orderId: invoice.orderId }));
  if (invoice.sha256 === null) await ctx.perform(renderKey(id), RENDER_MS);
  const { storageKey, sha256 } = invoice.sha256 === null ? await requireVisible(ctx, id) : invoice;
  if (sha256 === null) throw new AppError('INVOICE_NOT_READY');
  const { invoices } = ctx.services;
  const pdf = await invoices.read(storageKey);
  if (!pdf || invoices.sha256(pdf) !== sha256)
    throw new Error(`The file of ${invoiceNumber(invoice)} is missing, or not the one that was stored.`);
  return { number: invoiceNumber(invoice), pdf };
}

async function requireVisible(ctx: Context, id: number): Promise<InvoiceRow> {
  const actor = requireUser(ctx.actor);
  const invoice = await ctx.repos.invoices.find(id);
  if (!invoice || invoice.storageKey === '' || !(isParty(invoice, actor.id) || hasRole(actor, 'admin')))
    throw new AppError('INVOICE_NOT_FOUND');
  return invoice;
}

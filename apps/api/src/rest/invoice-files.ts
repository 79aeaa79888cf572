import type { InvoiceView } from '@assay/contract';
import { exportMyInvoices, readInvoice } from '@assay/core';
import { ById } from '../operations/inputs.ts';
import { csvPages, exporting } from './csv-pages.ts';
import { plainRoute } from './route.ts';
import { sendPrivateFile } from './send-private-file.ts';

const TAG = { tag: 'Invoices' } as const;
const COLUMNS = ['number', 'kind', 'issued_at', 'order', 'corrects', 'currency', 'net', 'vat', 'total', 'test'];

const rowOf = (invoice: InvoiceView): (string | number)[] => [
  invoice.number,
  invoice.kind,
  invoice.issuedAt,
  invoice.orderId,
  invoice.corrects ?? '',
  invoice.currency,
  invoice.net,
  invoice.vat,
  invoice.total,
  invoice.test ? 'test' : '',
];

/** Documents of money as files. */
export const invoiceFileRoutes = [
  plainRoute({
    ...TAG,
    method: 'get',
    path: '/invoices/mine.csv',
    summary: 'Receipts, invoices and credit notes that I received, as CSV',
    description: 'Streamed, newest first.',
    auth: 'required',
    status: 200,
    file: { type: 'text/csv; charset=utf-8', name: 'invoices.csv' },
    handle: ({ ctx, req, res }) => exporting(req, res, () => csvPages(COLUMNS, exportMyInvoices(ctx), rowOf, { escape_formulas: true })),
  }),
  plainRoute({
    ...TAG,
    method: 'get',
    path: '/invoices/:id/file',
    summary: 'A receipt, invoice or credit note as PDF',
    description: 'For its parties; what an admin reads is in the audit log. Made once: the file is always the same.',
    auth: 'required',
    input: ById,
    status: 200,
    errors: [404, 409],
    handle: async ({ ctx, input, res }) => {
      const { number, pdf } = await readInvoice(ctx, input);
      sendPrivateFile(res, { name: `${number}.pdf`, type: 'application/pdf', content: pdf });
    },
  }),
];

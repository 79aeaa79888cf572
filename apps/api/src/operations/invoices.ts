import { InvoicePage, InvoiceView, ListInvoices } from '@assay/contract';
import { listMyInvoices, listOrderInvoices } from '@assay/core';
import { z } from 'zod';
import { ById } from './inputs.ts';
import { get, query } from './operation.ts';

/** Receipts, invoices and credit notes. Their files are routes of their own. */
export const invoices = {
  mine: query({
    use: listMyInvoices,
    input: ListInvoices,
    output: InvoicePage,
    as: 'user',
    rest: get('/invoices', 'Receipts, invoices and credit notes that I received, newest first'),
  }),
  order: query({
    use: listOrderInvoices,
    input: ById,
    output: z.object({ items: z.array(InvoiceView) }),
    as: 'user',
    rest: get('/orders/:id/invoices', 'The documents of an order', {
      description: 'Receipts for its buyer and seller, invoices for commission for its seller alone.',
      errors: [404],
    }),
  }),
};

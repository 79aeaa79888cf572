import { z } from 'zod';
import { INVOICE_KINDS } from './choices.ts';
import { Cursor, pageSize, Timestamp } from './common.ts';

/** A document of money as lists show it. */
export const InvoiceView = z
  .object({
    id: z.int(),
    kind: z.enum(INVOICE_KINDS),
    number: z.string().describe('“C-2026-000012”: without gaps for each series and year.'),
    orderId: z.int(),
    corrects: z.string().nullable().describe('The number of the document that a credit note corrects.'),
    currency: z.string(),
    net: z.string(),
    vat: z.string(),
    total: z.string(),
    test: z.boolean().describe('Of the test provider: no money moved.'),
    issuedAt: Timestamp,
  })
  .meta({ id: 'Invoice' });
export type InvoiceView = z.infer<typeof InvoiceView>;

export const ListInvoices = z.object({ limit: pageSize(20, 100), cursor: Cursor.optional() });
export type ListInvoices = z.infer<typeof ListInvoices>;
export const InvoicePage = z.object({ items: z.array(InvoiceView), nextCursor: z.string().nullable() }).meta({ id: 'InvoicePage' });
export type InvoicePage = z.infer<typeof InvoicePage>;

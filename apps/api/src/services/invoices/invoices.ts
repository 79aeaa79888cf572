import { createHash } from 'node:crypto';
import type { InvoiceServices, MediaStore } from '@assay/core';

/**
 * Files of invoices: in the same storage as images, under the private prefix.
 * @param site where orders are placed, such as shop.example
 */
export const openInvoices = (files: MediaStore, site: string): InvoiceServices => ({
  async render(document) {
    const [{ renderPdf }, { contentOf }] = await Promise.all([import('../pdf/render-pdf.ts'), import('./content.ts')]); // most processes make none
    return renderPdf(contentOf(document, site), document.issuedAt);
  },
  put: (key, pdf) => files.put(key, pdf, 'application/pdf'),
  read: (key) => files.read(key),
  delete: (key) => files.delete(key),
  sha256: (content) => createHash('sha256').update(content).digest('hex'),
});

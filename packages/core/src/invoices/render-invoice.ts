import { requireSystem } from '../kernel/actor.ts';
import { exponential, type TaskHandler } from '../kernel/task.ts';

const HOUR_MS = 3_600_000;

/** Makes the file of a document, once. Cut off before the row says that it is stored, it is made again, under the same key. */
export const renderInvoice: TaskHandler<'invoice.render'> = {
  attemptsMax: 12,
  retryAfterMs: exponential(10_000, HOUR_MS),
  concurrency: 1,
  async run(ctx, { invoiceId }) {
    requireSystem(ctx.actor);
    const invoice = await ctx.repos.invoices.find(invoiceId);
    if (!invoice || invoice.sha256 !== null || invoice.storageKey === '') return;
    const { invoices } = ctx.services;
    const pdf = await invoices.render({ ...invoice, lines: await ctx.repos.invoices.lines(invoiceId) });
    await invoices.put(invoice.storageKey, pdf);
    const { sellerId, buyerId, orderId, kind } = invoice;
    await ctx.change(async (tx) => {
      if (!(await tx.repos.invoices.stored(invoiceId, invoices.sha256(pdf)))) return; // another run has stored it
      await tx.publish('invoice.stored', { invoiceId, orderId, sellerId, buyerId: kind.startsWith('receipt') ? buyerId : sellerId });
    });
  },
};

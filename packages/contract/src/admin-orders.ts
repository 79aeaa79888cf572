import { z } from 'zod';
import { ChargebackSummary } from './chargebacks.ts';
import { Cursor, pageSize, Timestamp } from './common.ts';
import { DisputeSummary } from './disputes.ts';
import { LedgerEntryView } from './ledger.ts';
import { AuditEntryView } from './moderation.ts';
import { OrderDetail, OrderStatus, OrderView, PaymentStatus } from './orders.ts';
import { ReturnView } from './returns.ts';
import { text } from './text.ts';

export const FindOrdersQuery = z.object({
  q: text({ name: 'A search', min: 1, max: 254 }).describe('An order number, or the e-mail address of a buyer or seller.'),
  limit: pageSize(20, 100),
  cursor: Cursor.optional(),
});
export type FindOrdersQuery = z.infer<typeof FindOrdersQuery>;

/** An order in a list of admins. */
export const FoundOrder = z
  .object({
    id: z.int(),
    title: z.string(),
    status: OrderStatus,
    payment: PaymentStatus.nullable().describe('Of its payment; null when none was begun.'),
    total: z.string().describe('What the buyer pays.'),
    currency: z.string(),
    buyerId: z.int(),
    buyerName: z.string(),
    sellerId: z.int(),
    sellerName: z.string(),
    createdAt: Timestamp,
  })
  .meta({ id: 'FoundOrder' });
export type FoundOrder = z.infer<typeof FoundOrder>;

export const FoundOrders = z.object({ items: z.array(FoundOrder), nextCursor: z.string().nullable() }).meta({ id: 'FoundOrders' });
export type FoundOrders = z.infer<typeof FoundOrders>;

/** The payment at the provider that an order is paid by, alone or with others of its checkout. */
export const ChargeView = z
  .object({
    provider: z.string(),
    reference: z.string().describe('The payment’s at the provider; empty where it has none yet.'),
    amount: z.string(),
    currency: z.string(),
    status: PaymentStatus,
    failure: z.string().nullable().describe('Why it failed, or why its outcome is not known.'),
    begunAt: Timestamp,
    orderIds: z.array(z.int()).describe('The orders that it pays, ascending.'),
  })
  .meta({ id: 'Charge' });
export type ChargeView = z.infer<typeof ChargeView>;

/** An order as admins read it: what happened, and where its money is. */
export const AdminOrder = OrderView.extend({
  ...OrderDetail.pick({ events: true, cancelledItems: true, refunds: true, refunded: true, release: true }).shape,
  refundable: z.string().nullable().describe('What the caller may refund; null where it is nothing, and in a case of their own.'),
  chargebacks: z.array(ChargebackSummary).describe('Disputes about its payment at the buyer’s bank, oldest first.'),
  own: z.boolean().describe('The caller is its buyer or seller: another admin has to act.'),
  charge: ChargeView.nullable().describe('Null when no payment was begun.'),
  dispute: DisputeSummary.nullable(),
  returns: z.array(ReturnView).describe('Oldest first.'),
  ledger: z.array(LedgerEntryView).describe('Its entries, newest first: the last 100.'),
  audit: z.array(AuditEntryView).describe('Who did what about it, newest first: the last 100.'),
}).meta({ id: 'AdminOrder' });
export type AdminOrder = z.infer<typeof AdminOrder>;

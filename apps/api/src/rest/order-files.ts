import { OrderStatus, type OrderView } from '@assay/contract';
import { exportOrders } from '@assay/core';
import { z } from 'zod';
import { csvPages, exporting } from './csv-pages.ts';
import { plainRoute } from './route.ts';

const COLUMNS = [
  'order',
  'placed_at',
  'status',
  'buyer',
  'seller',
  'items',
  'price',
  'shipping',
  'total',
  'currency',
  'carrier',
  'tracking_number',
  'due_at',
  'completed_at',
];

const itemsOf = ({ items }: OrderView) =>
  items.map(({ quantity, cancelled, title }) => `${quantity} × ${title}${cancelled > 0 ? ` (${cancelled} cancelled)` : ''}`).join('; ');

const rowOf = (order: OrderView): (string | number)[] => [
  order.id,
  order.createdAt,
  order.status,
  order.buyerName,
  order.sellerName,
  itemsOf(order),
  order.price,
  order.shipping,
  order.total,
  order.currency,
  order.carrier ?? '',
  order.trackingNumber ?? '',
  order.dueAt ?? '',
  order.completedAt ?? '',
];

const fileOf = (as: 'buyer' | 'seller', name: string, summary: string) =>
  plainRoute({
    method: 'get',
    path: `/orders/${name}.csv`,
    tag: 'Orders',
    summary,
    description: 'Streamed, newest first. What a spreadsheet would take for a formula is written as text.',
    input: z.object({ status: OrderStatus.optional() }),
    auth: 'required',
    status: 200,
    file: { type: 'text/csv; charset=utf-8', name: `${name}.csv` },
    handle: ({ ctx, input, req, res }) =>
      exporting(req, res, () => csvPages(COLUMNS, exportOrders(ctx, { as, status: input.status }), rowOf, { escape_formulas: true })),
  });

/** Orders as files. */
export const orderFileRoutes = [fileOf('buyer', 'bought', 'My purchases, as CSV'), fileOf('seller', 'sold', 'My sales, as CSV')];

import { BulkChange, LISTING_MOVE_NAMES } from '@assay/contract';
import { z } from 'zod';
import { formOf, ids, number, text } from './form.ts';
import { SHIPPING_FIELDS, shippingOf } from './listing-form.ts';

const signed = text.transform((value) => value.replace('−', '-'));

/** The change that a BulkBar describes, before it is checked. */
const described = formOf({
  ...SHIPPING_FIELDS,
  id: ids,
  change: text,
  category: text,
  percent: signed,
  amount: signed,
  currency: text,
  quantity: number,
});

/** A BulkForm: the ticked listings, and the change of all of them. */
export const BulkForm = described.transform((fields, ctx) => {
  const refuse = (field: string, message: string) => {
    ctx.addIssue({ code: 'custom', path: [field], message });
    return z.NEVER;
  };
  if (fields.id.length === 0) return refuse('id', 'Select the listings first.');
  const change = changeOf(fields, ctx);
  if (change === null) return refuse('change', 'Choose an action.');
  if ('shippingInfo' in change && !change.shippingInfo) return refuse('change', 'Say how it ships, or that buyers can pick it up.');
  const parsed = BulkChange.safeParse(change);
  if (parsed.success) return { ids: fields.id, change: parsed.data };
  for (const { path, message } of parsed.error.issues) ctx.addIssue({ code: 'custom', path: ['change', ...path], message });
  return z.NEVER;
});

function changeOf(fields: z.output<typeof described>, ctx: z.RefinementCtx) {
  const { change, category, percent, amount, currency, quantity } = fields;
  const move = LISTING_MOVE_NAMES.find((name) => change === `move:${name}`);
  if (move) return { kind: 'move', move };
  switch (change) {
    case 'category':
      return { kind: change, category };
    case 'price-percent':
      return { kind: change, percent };
    case 'price-amount':
      return { kind: change, amount, currency };
    case 'quantity':
      return { kind: change, quantity };
    case 'escrow:on':
    case 'escrow:off':
      return { kind: 'escrow', escrowEnabled: change === 'escrow:on' };
    case 'shipping':
      return { kind: change, shippingInfo: shippingOf(fields, ctx) };
    default:
      return null;
  }
}

import { LISTING_MOVE_NAMES, type BulkChange, type Currency, type FieldError } from '@assay/contract';
import { textOf } from './form.ts';
import { idOf } from './guards.ts';
import { readShipping } from './listing-form.ts';

/** The listings that are ticked. */
export const readIds = (form: FormData): number[] => [...new Set(form.getAll('id').flatMap((id) => idOf(id) ?? []))];

/** What a BulkBar says is to be done with them; amounts go on as they were typed, for the API to judge. */
export function readChange(form: FormData): BulkChange | FieldError {
  const kind = textOf(form, 'change');
  const move = LISTING_MOVE_NAMES.find((name) => kind === `move:${name}`);
  if (move) return { kind: 'move', move };
  switch (kind) {
    case 'category':
      return { kind, category: textOf(form, 'category') };
    case 'price-percent':
      return { kind, percent: textOf(form, 'percent').replace('−', '-') };
    case 'price-amount':
      return { kind, amount: textOf(form, 'amount').replace('−', '-'), currency: textOf(form, 'currency') as Currency };
    case 'escrow:on':
    case 'escrow:off':
      return { kind: 'escrow', escrowEnabled: kind === 'escrow:on' };
    case 'shipping': {
      const read = readShipping(form);
      if ('field' in read) return read;
      if (!read.shippingInfo) return { field: 'change', message: 'Say how it is sent, or that it can be picked up.' };
      return { kind, shippingInfo: read.shippingInfo };
    }
    default:
      return { field: 'change', message: 'Choose what to do with them.' };
  }
}

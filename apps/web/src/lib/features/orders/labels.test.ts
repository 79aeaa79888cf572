import type { OrderView } from '@assay/contract';
import { expect, it } from 'vitest';
import { doneLabel } from './labels.ts';

it.each<[OrderView['status'], OrderView['payment'], string]>([
  ['paid', 'captured', 'Payment received. The seller ships your order next.'],
  ['placed', 'failed', 'Payment failed. You can try again.'],
  ['placed', 'pending', 'Payment in progress.'],
])('after paying, an order that is %s with a payment %s says: %s', (status, payment, label) => {
  expect(doneLabel('pay', { status, payment })).toBe(label);
});

import type { OrderView } from '@assay/contract';
import { expect, it } from 'vitest';
import { cancelConsequence, doneLabel, eventLabel, stepsAhead } from './labels.ts';

it.each<[OrderView['status'], OrderView['payment'], string]>([
  ['paid', 'captured', 'Payment received. The seller ships your order next.'],
  ['placed', 'failed', 'Payment failed. You can try again.'],
  ['placed', 'pending', 'Payment in progress.'],
])('after paying, an order that is %s with a payment %s says: %s', (status, payment, label) => {
  expect(doneLabel('pay', { status, payment })).toBe(label);
});

it('an order that was cancelled says what became of the money', () => {
  expect(doneLabel('cancel', { status: 'cancelled', payment: null })).toBe('Order cancelled. Nothing was charged.');
  expect(doneLabel('cancel', { status: 'cancelled', payment: 'failed' })).toBe('Order cancelled. Nothing was charged.');
  expect(doneLabel('cancel', { status: 'cancelled', payment: 'refunding' })).toBe('Order cancelled. The payment is refunded.');
  expect(doneLabel('cancel', { status: 'cancelled', payment: 'refunded' })).toBe('Order cancelled. The payment is refunded.');
  expect(cancelConsequence({ status: 'paid' }, true)).toBe('Your payment is refunded in full.');
  expect(cancelConsequence({ status: 'placed' }, true)).toBe('Nothing was paid, so nothing is charged.');
});

it('each side reads who took a step, and which steps come', () => {
  expect(eventLabel({ to: 'shipped', by: 'seller' }, true)).toBe('The seller shipped the order');
  expect(eventLabel({ to: 'shipped', by: 'seller' }, false)).toBe('You shipped the order');
  expect(eventLabel({ to: 'placed', by: 'buyer' }, true)).toBe('You placed the order');
  expect(eventLabel({ to: 'cancelled', by: 'buyer' }, false)).toBe('The buyer cancelled the order');
  expect(eventLabel({ to: 'cancelled', by: 'seller' }, true)).toBe('The seller cancelled the order');
  expect(stepsAhead('placed')).toEqual(['paid', 'shipped', 'delivered', 'completed']);
  expect(stepsAhead('completed')).toEqual([]);
  expect(stepsAhead('paying')).toEqual(stepsAhead('placed'));
  expect(stepsAhead('cancelled')).toEqual([]);
  expect(stepsAhead('declined')).toEqual([]);
  expect(stepsAhead('disputed')).toEqual(['resolved']);
  expect(stepsAhead('resolved')).toEqual([]);
  expect(eventLabel({ to: 'resolved', by: 'system' }, true)).toBe('The dispute was closed automatically');
  expect(eventLabel({ to: 'disputed', by: 'buyer' }, false)).toBe('The buyer opened a dispute');
  expect(eventLabel({ to: 'cancelled', by: 'system' }, true)).toBe('Cancelled automatically');
});

import type { OrderView } from '@assay/contract';
import { expect, it } from 'vitest';
import { cancelConsequence, deadlineLabel, doneLabel, eventLabel, releaseLabel, stepsAhead } from './labels.ts';

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

it('the seller reads when the payment is released, and from when on it is paid out', () => {
  const [none, due, done] = [
    { dueAt: null, at: null, availableAt: null },
    { dueAt: '2026-12-07T00:00:00.000Z', at: null, availableAt: null },
    { dueAt: null, at: '2026-12-01T00:00:00.000Z', availableAt: '2026-12-31T00:00:00.000Z' },
  ];
  const [free, held] = [false, true].map((escrowEnabled) => ({ status: 'shipped' as const, escrowEnabled }));
  expect(releaseLabel(none, { ...free!, status: 'paid' })).toBe('The payment is released some days after you ship.');
  expect(releaseLabel(none, { ...held!, status: 'paid' })).toBe('The payment is held until the buyer confirms that it arrived.');
  expect(releaseLabel(due, free!)).toBe('The payment is released by 7 Dec 2026, or when the buyer confirms sooner.');
  expect(releaseLabel(done, free!)).toBe('Payment released on 1 Dec 2026. It is available for payout from 31 Dec 2026.');
  expect(releaseLabel(done, { ...free!, status: 'disputed' })).toBeNull();
  expect(releaseLabel(none, { ...free!, status: 'completed' })).toBeNull(); // refunded in full before
});

it('the buyer reads that the seller is paid at the end only where the payment is held until then', () => {
  const delivered = { status: 'delivered' as const, dueAt: '2026-12-07T00:00:00.000Z' };
  const says = (escrowEnabled: boolean) => deadlineLabel({ ...delivered, escrowEnabled }, true);
  expect(says(true)).toBe('Confirm that it arrived by 7 Dec 2026. Then the order is completed and the seller is paid.');
  expect(says(false)).toBe('Confirm that it arrived by 7 Dec 2026. Then the order is completed.');
});

import { expect, it } from 'vitest';
import { beginsDay, heldLabel, seenId, subjectOf, textOf } from './labels.ts';

it('a thread leads to what it is about', () => {
  const about = { subjectId: 7, title: 'Bowl' };
  expect(subjectOf({ kind: 'listing', ...about })).toEqual({ label: 'Bowl', href: '/listings/7' });
  expect(subjectOf({ kind: 'order', ...about })).toEqual({ label: 'Order 7: Bowl', href: '/orders/7' });
  expect(subjectOf({ kind: 'store', subjectId: 7, title: null })).toEqual({ label: 'Store', href: '/sellers/7' });
  expect(subjectOf({ kind: 'listing', subjectId: 7, title: null }).label).toBe('A listing that was removed');
});

it('a message of a deleted account, and one that is held, say so', () => {
  expect(textOf({ text: null, status: 'sent' })).toContain('deleted');
  expect(textOf({ text: null, status: 'removed' })).toContain('moderator');
  expect(heldLabel('phone')).toContain('a phone number');
});

it('a day is named above its first message', () => {
  const messages = ['2026-11-29T23:59:00.000Z', '2026-11-30T00:01:00.000Z', '2026-11-30T09:00:00.000Z'].map((at) => ({ at }));
  expect(messages.map((_, i) => beginsDay(messages, i))).toEqual([true, true, false]);
});

it('the last own message that was read is marked', () => {
  const of = (id: number, mine: boolean, status: 'sent' | 'held' = 'sent') => ({ id, mine, position: id, status });
  const messages = [of(1, true), of(2, true), of(3, false), of(4, true, 'held'), of(5, true)];
  expect([seenId(messages, 0), seenId(messages, 2), seenId(messages, 4), seenId(messages, 5)]).toEqual([null, 2, 2, 5]);
});

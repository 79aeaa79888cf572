import { describe, expect, it } from 'vitest';
import type { Repositories } from '../kernel/repositories.ts';
import type { RatingRow } from './ports.ts';
import { readHistogram, toRatingChange, toRatingView, viewerOf } from './views.ts';

const row: RatingRow = {
  id: 11,
  sellerId: 1,
  sellerName: 'Quillon Pottery',
  raterId: 2,
  raterName: 'Ingrid Solberg',
  rating: 4,
  comment: 'Very good.',
  source: 'purchase',
  verified: true,
  payment: 'captured',
  orderId: 77,
  purchase: 'Bowl',
  version: 1,
  helpfulCount: 3,
  foundHelpful: false,
  reply: null,
  createdAt: new Date('2026-01-02T03:04:05.006Z'),
  updatedAt: new Date('2026-01-02T03:04:05.006Z'),
};

describe('a rating', () => {
  it('shows exactly this to everybody, and no more', () => {
    expect(toRatingView(row, null)).toEqual({
      id: 11,
      sellerId: 1,
      sellerName: 'Quillon Pottery',
      raterName: 'Ingrid S.',
      rating: 4,
      comment: 'Very good.',
      source: 'purchase',
      verified: true,
      refunded: false,
      purchase: 'Bowl',
      orderId: null,
      helpfulCount: 3,
      foundHelpful: false,
      edited: false,
      mine: false,
      reply: null,
      createdAt: '2026-01-02T03:04:05.006Z',
      updatedAt: '2026-01-02T03:04:05.006Z',
    });
  });

  it.each([
    ['its rater', 2, 77, true],
    ['its seller', 1, null, false],
    ['another user', 3, null, false],
    ['a visitor', null, null, false],
  ])('shows %s the order only where it is theirs', (_name, viewerId, orderId, mine) => {
    expect(toRatingView(row, viewerId)).toMatchObject({ orderId, mine, raterName: 'Ingrid S.' });
  });

  it.each([
    ['refunded', true],
    ['refunding', false],
    ['captured', false],
    [null, false],
  ] as const)('says that its order was refunded in full where its payment is %s: %s', (payment, refunded) => {
    expect(toRatingView({ ...row, payment }, null)).toMatchObject({ refunded, rating: 4 });
  });

  it('says that it was edited when it was changed after it was given, not when it was struck out and restored', () => {
    const later = new Date(row.createdAt.getTime() + 1);
    expect(toRatingView({ ...row, version: 2, updatedAt: later }, null).edited).toBe(true);
    expect(toRatingView({ ...row, version: 3 }, null).edited).toBe(false);
  });

  it('shows the reply, whether it was changed, and whether it answers what was said earlier', () => {
    const reply = { text: 'Thank you.', at: new Date('2026-01-03T00:00:00.000Z'), version: 1 };
    expect(toRatingView({ ...row, reply }, null).reply).toEqual({
      text: 'Thank you.',
      at: '2026-01-03T00:00:00.000Z',
      edited: false,
      toEarlierVersion: false,
    });
    const changed = { ...row, reply: { ...reply, version: 2 }, updatedAt: new Date('2026-01-04T00:00:00.000Z') };
    expect(toRatingView(changed, null).reply).toMatchObject({ edited: true, toEarlierVersion: true });
  });

  it('says where it came from', () => {
    const imported = toRatingView({ ...row, source: 'imported', orderId: null, purchase: null, raterName: 'Trader 35' }, 2);
    expect(imported).toMatchObject({ source: 'imported', orderId: null, purchase: null, raterName: 'Trader 35' });
  });

  it('carries the numbers that it moved after a write', () => {
    const change = toRatingChange(row, { 1: 0, 2: 0, 3: 0, 4: 1, 5: 2 }, 2);
    expect(change).toEqual({ ...toRatingView(row, 2), summary: change.summary });
    expect(change.summary).toMatchObject({ sellerId: 1, sellerRating: 4.67, totalRatings: 3, positiveRatings: 3 });
  });
});

describe('a viewer', () => {
  it('is a signed-in user only', () => {
    expect(viewerOf({ kind: 'user', id: 2, roles: [], sessionId: 's' })).toBe(2);
    expect(viewerOf({ kind: 'anonymous' })).toBe(null);
    expect(viewerOf({ kind: 'system', name: 'import' })).toBe(null);
  });
});

describe('the numbers of an unknown seller', () => {
  it('are refused, and not zero', async () => {
    const store = { ratings: { histogram: () => Promise.resolve(null) } } as unknown as Repositories;
    await expect(readHistogram(store, 1)).rejects.toMatchObject({ code: 'SELLER_NOT_FOUND' });
  });
});

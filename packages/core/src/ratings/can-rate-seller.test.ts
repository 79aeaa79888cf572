import { ERRORS, REFUSALS } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import type { Context } from '../kernel/context.ts';
import { canUserRateSeller } from './can-rate-seller.ts';
import type { RatingEligibility } from './ports.ts';

interface Situation {
  signedIn?: boolean;
  ratings?: boolean;
  sellerId?: number;
  standing?: Partial<RatingEligibility> | null;
}

const BUYER = 2;
const SELLER = 1;
const GOOD: RatingEligibility = {
  sellerName: 'Shop',
  raterName: 'Ann',
  ratingId: null,
  struck: false,
  orderId: 77,
  purchase: 'Bowl',
  verified: true,
  payment: 'captured',
};

/** Asks in a situation where all is well but what is named. */
async function ask({ signedIn = true, ratings = true, sellerId = SELLER, standing = {} }: Situation, orderId?: number) {
  const asked: unknown[] = [];
  const ctx = {
    actor: signedIn ? { kind: 'user', id: BUYER, roles: ['buyer'], sessionId: 's' } : { kind: 'anonymous' },
    flags: { isOn: (name: string) => Promise.resolve(name === 'seller-ratings' && ratings) },
    repos: {
      ratings: { ratingEligibility: (...key: unknown[]) => (asked.push(key), Promise.resolve(standing && { ...GOOD, ...standing })) },
    },
  } as unknown as Context;
  return { answer: await canUserRateSeller(ctx, { sellerId, orderId }), asked };
}

describe('who may rate', () => {
  it('is a buyer with a completed order who has not rated yet', async () => {
    const { answer, asked } = await ask({}, 77);
    expect(answer).toEqual({ canRate: true, reason: null, message: 'You can rate this seller.', orderId: 77, ratingId: null });
    expect(asked).toEqual([[SELLER, BUYER, 77]]);
  });

  // From each row on everything is wrong, so the first reason is the one of that row.
  const wrong: Situation[] = [
    { standing: { orderId: null } },
    { standing: { orderId: null, struck: true } },
    { standing: { orderId: null, struck: true, ratingId: 5 } },
    { standing: { orderId: null, struck: true, ratingId: 5 }, sellerId: BUYER },
    { standing: null, sellerId: BUYER },
    { standing: null, sellerId: BUYER, ratings: false },
    { standing: null, sellerId: BUYER, ratings: false, signedIn: false },
  ];
  it.each(REFUSALS.toReversed().map((refusal, i) => [refusal, wrong[i]!] as const))('is not: %s', async (refusal, situation) => {
    const asked = ask(situation);
    if (refusal === 'UNAUTHENTICATED') {
      await expect(asked).rejects.toMatchObject({ code: refusal });
      return;
    }
    expect((await asked).answer).toEqual({
      canRate: false,
      reason: refusal,
      message: ERRORS[refusal].message,
      orderId: null,
      ratingId: refusal === 'ALREADY_RATED' ? 5 : null,
    });
  });

  it('may rate again after another purchase, and learns which rating the new one replaces', async () => {
    const { answer } = await ask({ standing: { ratingId: 5, orderId: 78 } });
    expect(answer).toMatchObject({ canRate: true, reason: null, orderId: 78, ratingId: 5 });
    expect(answer.message).toContain('takes the place');
  });

  it('does not even ask the database while ratings are off', async () => {
    expect((await ask({ ratings: false })).asked).toEqual([]);
  });
});

import { summaryOf, type SellerView } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { storeJsonLd } from './json-ld.ts';

const store = (stars: [number, number, number, number, number], bio: string | null = null) => {
  const summary = summaryOf(1, { 1: stars[0], 2: stars[1], 3: stars[2], 4: stars[3], 5: stars[4] });
  const seller: SellerView = {
    id: 1,
    name: 'Shop',
    bio,
    location: null,
    sellingSince: '2026-01-01T00:00:00.000Z',
    image: null,
    listingCount: 0,
    summary,
  };
  return storeJsonLd(seller, summary, 'https://shop.example');
};

describe('structured data of a seller', () => {
  it('says nothing while there are no ratings', () => {
    expect(store([0, 0, 0, 0, 0])).toBe(null);
  });

  it('gives no average for a new seller, because the page gives none', () => {
    expect(store([0, 0, 0, 1, 1], 'Bowls.')).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Store',
      name: 'Shop',
      url: 'https://shop.example/sellers/1',
      description: 'Bowls.',
    });
  });

  it('gives the numbers of the page from the third rating on', () => {
    expect(store([0, 0, 1, 0, 2])).toMatchObject({
      aggregateRating: { '@type': 'AggregateRating', ratingValue: '4.33', ratingCount: 3, bestRating: 5, worstRating: 1 },
    });
    expect(store([199, 1, 0, 0, 0])).toMatchObject({ aggregateRating: { ratingValue: '1.01', ratingCount: 200 } });
  });
});

import { summaryOf, type ListingView, type SellerPageData } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { storeJsonLd } from './json-ld.ts';

type Stars = [number, number, number, number, number];
type Store = Parameters<typeof storeJsonLd>[0];

const image = (id: number): NonNullable<SellerPageData['cover']> => ({
  id,
  alt: '',
  width: 8,
  height: 8,
  blur: '',
  sources: [
    { type: 'image/avif', width: 8, url: `/media/${id}.avif` },
    { type: 'image/webp', width: 4, url: `/media/${id}-4.webp` },
    { type: 'image/webp', width: 8, url: `/media/${id}-8.webp` },
  ],
});
const listing = (id: number, rest: Partial<ListingView> = {}) =>
  ({ id, title: `L${id}`, price: '12.50', currency: 'EUR', image: null, ...rest }) as ListingView;

const summaryWith = (stars: Stars) => summaryOf(1, { 1: stars[0], 2: stars[1], 3: stars[2], 4: stars[3], 5: stars[4] });
const EMPTY: Store = {
  seller: {
    id: 1,
    name: 'Shop',
    bio: null,
    location: null,
    sellingSince: '2026-01-01T00:00:00.000Z',
    closedUntil: null,
    image: null,
    listingCount: 0,
    summary: null,
  },
  cover: null,
  store: { about: null, accent: null, policies: { shipping: null, returns: null, contact: null }, followers: 0, featured: [] },
  listings: [],
};
const dataOf = (change: Partial<Store>, stars?: Stars) =>
  storeJsonLd({ ...EMPTY, ...change }, stars ? summaryWith(stars) : null, 'https://shop.example');

describe('structured data of a store', () => {
  it('says who it is, and nothing that is not known', () => {
    expect(dataOf({})).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Organization',
      '@id': 'https://shop.example/sellers/1#store',
      name: 'Shop',
      url: 'https://shop.example/sellers/1',
    });
  });

  it('gives no average for a new seller, because the page gives none, and none to a reader without ratings', () => {
    for (const stars of [undefined, [0, 0, 0, 0, 0], [0, 0, 0, 1, 1]] as (Stars | undefined)[])
      expect(dataOf({}, stars)).not.toHaveProperty('aggregateRating');
  });

  it('cuts the average as the badge does, and is perfect only where every rating is', () => {
    const valueOf = (...stars: Stars) => dataOf({}, stars).aggregateRating;
    expect(valueOf(0, 0, 0, 1, 19)).toMatchObject({ ratingValue: '4.9' });
    expect(valueOf(0, 0, 0, 1, 9999)).toMatchObject({ ratingValue: '4.9' });
    expect(valueOf(0, 0, 0, 0, 20)).toMatchObject({ ratingValue: '5.0' });
  });

  it('gives the numbers of the page from the third rating on', () => {
    expect(dataOf({}, [0, 0, 1, 0, 2])).toMatchObject({
      aggregateRating: { '@type': 'AggregateRating', ratingValue: '4.3', ratingCount: 3, bestRating: 5, worstRating: 1 },
    });
    expect(dataOf({}, [199, 1, 0, 0, 0])).toMatchObject({ aggregateRating: { ratingValue: '1.0', ratingCount: 200 } });
  });

  it('has pictures by their whole addresses, the place, and what the store says of itself where there is no description', () => {
    const { seller, store } = EMPTY;
    const data = dataOf({
      seller: { ...seller, image: image(3), location: 'Évora' },
      cover: { ...image(4), sources: [{ type: 'image/webp', width: 8, url: 'https://cdn.example/media/4.webp' }] },
      store: { ...store, about: 'We throw.' },
    });
    expect(data).toMatchObject({
      image: ['https://shop.example/media/3-8.webp', 'https://cdn.example/media/4.webp'],
      address: { '@type': 'PostalAddress', addressLocality: 'Évora' },
      description: 'We throw.',
    });
    expect(dataOf({ seller: { ...seller, bio: 'Bowls.' }, store: { ...store, about: 'We throw.' } })).toMatchObject({
      description: 'Bowls.',
    });
  });

  it('links the returns policy, and claims nothing of what is in it', () => {
    const { store } = EMPTY;
    expect(dataOf({ store: { ...store, policies: { ...store.policies, returns: '30 days.' } } })).toMatchObject({
      hasMerchantReturnPolicy: { '@type': 'MerchantReturnPolicy', merchantReturnLink: 'https://shop.example/sellers/1#returns' },
    });
    expect(dataOf({ store: { ...store, policies: { ...store.policies, shipping: 'Soon.' } } })).not.toHaveProperty(
      'hasMerchantReturnPolicy',
    );
  });

  it('offers what is for sale once, what comes first before the others, at the exact price; a token is no currency', () => {
    const coin = listing(2, { price: '1234567890.12345678', currency: 'BTC' });
    const yen = listing(4, { price: '1234567890', currency: 'JPY' });
    const data = dataOf({
      store: { ...EMPTY.store, featured: [coin] },
      listings: [listing(3, { image: image(9) }), coin, yen],
    });
    expect(data.makesOffer).toEqual([
      {
        '@type': 'Offer',
        url: 'https://shop.example/listings/2',
        availability: 'https://schema.org/InStock',
        itemOffered: expect.objectContaining({ name: 'L2' }) as object,
      },
      expect.objectContaining({
        '@type': 'Offer',
        price: '12.50',
        priceCurrency: 'EUR',
        availability: 'https://schema.org/InStock',
        itemOffered: {
          '@type': 'Product',
          name: 'L3',
          url: 'https://shop.example/listings/3',
          image: 'https://shop.example/media/9-8.webp',
        },
      }),
      expect.objectContaining({ price: '1234567890', priceCurrency: 'JPY', url: 'https://shop.example/listings/4' }),
    ]);
  });
});

import type { ListingView } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { listingJsonLd } from './json-ld.ts';

const listing = (fields: Partial<ListingView> = {}): ListingView => ({
  id: 7,
  sellerId: 2,
  sellerName: 'Shop',
  title: 'Bowl',
  description: null,
  price: '9999999999.99999999',
  currency: 'EUR',
  category: 'ceramics/bowls',
  categoryName: 'Bowls',
  status: 'active',
  escrowEnabled: false,
  shippingInfo: null,
  metadata: [],
  quantity: 1,
  available: 1,
  image: null,
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  publishedAt: '2026-01-01T00:00:00.000Z',
  ...fields,
});
const of = (fields: Partial<ListingView> = {}) =>
  listingJsonLd(listing(fields), [], 'https://shop.example') as { offers: Record<string, unknown> } | null;

describe('structured data of a listing', () => {
  it('has the exact price, as text', () => {
    expect(of()).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Product',
      name: 'Bowl',
      url: 'https://shop.example/listings/7',
      category: 'Bowls',
      offers: {
        '@type': 'Offer',
        url: 'https://shop.example/listings/7',
        price: '9999999999.99999999',
        priceCurrency: 'EUR',
        availability: 'https://schema.org/InStock',
        seller: { '@type': 'Organization', name: 'Shop', url: 'https://shop.example/sellers/2' },
      },
    });
  });

  it.each([
    ['paused', 'OutOfStock'],
    ['sold', 'SoldOut'],
  ] as const)('%s is %s', (status, availability) => {
    expect(of({ status })!.offers.availability).toBe(`https://schema.org/${availability}`);
  });

  it.each(['draft', 'archived'] as const)('says nothing of a listing that is %s', (status) => {
    expect(of({ status })).toBeNull();
  });

  it.each(['BTC', 'ETH', 'USDC'] as const)('has no price in %s, which is no currency of ISO 4217', (currency) => {
    const info = { shipsFrom: 'PT', handlingDays: { min: 1, max: 2 }, price: '0.01', destinations: 'worldwide', pickup: false } as const;
    const { offers } = of({ currency, price: '0.5', shippingInfo: info })!;
    expect(offers).toMatchObject({ '@type': 'Offer', shippingDetails: { shippingOrigin: { addressCountry: 'PT' } } });
    expect(JSON.stringify(offers)).not.toMatch(/"(price|priceCurrency|currency|value)":/);
  });

  it('says how it is sent, where it is', () => {
    const info = { shipsFrom: 'PT', handlingDays: { min: 1, max: 2 }, price: 'free', destinations: ['PT'], pickup: true } as const;
    expect(of({ shippingInfo: { ...info, destinations: ['PT'] } })!.offers.shippingDetails).toMatchObject({
      shippingRate: { value: '0', currency: 'EUR' },
      shippingDestination: { addressCountry: ['PT'] },
    });
    expect(JSON.stringify(of({ shippingInfo: { ...info, destinations: [] } }))).not.toContain('shippingDetails');
  });
});

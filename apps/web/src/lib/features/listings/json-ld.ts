import { isIsoCurrency, type ImageView, type ListingView, type ShippingInfo } from '@assay/contract';
import { largestOf } from '#lib/picture.ts';

const AVAILABILITY = { active: 'InStock', paused: 'OutOfStock', sold: 'SoldOut' } as const;
type Data = Record<string, unknown>;

function shippingData({ price, destinations, shipsFrom, handlingDays }: ShippingInfo, currency: string): Data | null {
  if (destinations.length === 0) return null;
  return {
    '@type': 'OfferShippingDetails',
    shippingRate: isIsoCurrency(currency) ? { '@type': 'MonetaryAmount', value: price === 'free' ? '0' : price, currency } : undefined,
    shippingOrigin: { '@type': 'DefinedRegion', addressCountry: shipsFrom },
    shippingDestination: destinations === 'worldwide' ? undefined : { '@type': 'DefinedRegion', addressCountry: destinations },
    deliveryTime: {
      '@type': 'ShippingDeliveryTime',
      handlingTime: { '@type': 'QuantitativeValue', minValue: handlingDays.min, maxValue: handlingDays.max, unitCode: 'DAY' },
    },
  };
}

/**
 * Structured data of what is offered, with the very price of the page; null for what buyers do not see. Prices in tokens are left out:
 * schema.org takes currencies of ISO 4217, and there are no exchange rates here.
 */
export function listingJsonLd(listing: ListingView, images: readonly ImageView[], origin: string): Data | null {
  const { status, title, description, price, currency, categoryName, sellerName, sellerId, shippingInfo, metadata } = listing;
  if (status === 'draft' || status === 'archived') return null;
  const url = `${origin}/listings/${listing.id}`;
  const largest = images.flatMap((image) => largestOf(image) ?? []);
  const shipping = shippingInfo && shippingData(shippingInfo, currency);
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: title,
    url,
    category: categoryName,
    description: description || undefined,
    image: largest.length > 0 ? largest.map((source) => new URL(source, origin).href) : undefined,
    additionalProperty: metadata.length > 0 ? metadata.map(({ name, value }) => ({ '@type': 'PropertyValue', name, value })) : undefined,
    offers: {
      '@type': 'Offer',
      url,
      ...(isIsoCurrency(currency) ? { price, priceCurrency: currency } : {}),
      availability: `https://schema.org/${listing.available > 0 || status !== 'active' ? AVAILABILITY[status] : 'OutOfStock'}`,
      seller: { '@type': 'Organization', name: sellerName, url: `${origin}/sellers/${sellerId}` },
      shippingDetails: shipping || undefined,
    },
  };
}

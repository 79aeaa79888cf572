import { figuresOf, isIsoCurrency, type ListingView, type RatingSummary, type SellerPageData } from '@assay/contract';
import { largestOf } from '#lib/picture.ts';

type Store = Pick<SellerPageData, 'seller' | 'cover' | 'store' | 'listings'>;
type Json = Record<string, unknown>;

/**
 * Structured data of a store (schema.org): what the page says and nothing else, the average as on the badge. No average where the page shows none, which is for a new
 * seller and for a reader who has no ratings. Prices are the exact text of the page; those in tokens are
 * left out, because search engines refuse a currency that is none of ISO 4217. A returns policy is text of the seller's: it is linked, not read.
 */
export function storeJsonLd({ seller, cover, store, listings }: Store, summary: RatingSummary | null, origin: string): Json {
  const url = `${origin}/sellers/${seller.id}`;
  const image = [seller.image, cover].flatMap((one) => (one && largestOf(one)) ?? []);
  const offered = [...new Map([...store.featured, ...listings].map((listing) => [listing.id, listing])).values()];
  const description = seller.bio ?? store.about;
  return {
    '@context': 'https://schema.org',
    // A Store is a place with an address: a seller who names none is an organisation.
    '@type': seller.location ? 'Store' : 'Organization',
    '@id': `${url}#store`,
    name: seller.name,
    url,
    image: image.length > 0 ? image.map((path) => new URL(path, origin).href) : undefined,
    description: description || undefined,
    address: seller.location ? { '@type': 'PostalAddress', addressLocality: seller.location } : undefined,
    ...ratingOf(summary),
    ...(store.policies.returns
      ? { hasMerchantReturnPolicy: { '@type': 'MerchantReturnPolicy', merchantReturnLink: `${url}#returns` } }
      : {}),
    makesOffer: offered.length > 0 ? offered.map((listing) => offerOf(listing, origin)) : undefined,
  };
}

function ratingOf(summary: RatingSummary | null): Json {
  if (!summary) return {};
  const { total, badgeAverage, isNewSeller } = figuresOf(summary.histogram);
  if (badgeAverage === null || isNewSeller) return {};
  return {
    aggregateRating: {
      '@type': 'AggregateRating',
      ratingValue: badgeAverage.toFixed(1),
      ratingCount: total,
      bestRating: 5,
      worstRating: 1,
    },
  };
}

function offerOf({ id, title, price, currency, image }: ListingView, origin: string): Json {
  const url = `${origin}/listings/${id}`;
  const picture = image && largestOf(image);
  return {
    '@type': 'Offer',
    url,
    ...(isIsoCurrency(currency) ? { price, priceCurrency: currency } : {}),
    availability: 'https://schema.org/InStock',
    itemOffered: { '@type': 'Product', name: title, url, image: picture ? new URL(picture, origin).href : undefined },
  };
}

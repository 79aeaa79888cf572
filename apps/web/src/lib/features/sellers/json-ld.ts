import { figuresOf, type RatingSummary, type SellerView } from '@assay/contract';

/**
 * Structured data that says what the page and the database say: nothing without ratings, or for a reader who has none, and no average where the page
 * shows none (a new seller).
 */
export function storeJsonLd(seller: SellerView, summary: RatingSummary | null, origin: string): Record<string, unknown> | null {
  if (!summary) return null;
  const { total, average, isNewSeller } = figuresOf(summary.histogram);
  if (average === null) return null;
  return {
    '@context': 'https://schema.org',
    '@type': 'Store',
    name: seller.name,
    url: `${origin}/sellers/${seller.id}`,
    ...(seller.bio ? { description: seller.bio } : {}),
    ...(isNewSeller
      ? {}
      : {
          aggregateRating: {
            '@type': 'AggregateRating',
            ratingValue: average.toFixed(2),
            ratingCount: total,
            bestRating: 5,
            worstRating: 1,
          },
        }),
  };
}

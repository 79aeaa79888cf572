import { ListingSearchPage, SearchListingsQuery } from '@assay/contract';
import { searchListings } from '@assay/core';
import { route } from './route.ts';

export const listingSearchRoutes = [
  route({
    method: 'get',
    path: '/listings',
    tag: 'Listings',
    summary: 'Find listings',
    description:
      'What is for sale, by words, category and price. Counts are exact up to 1,000. Where very many listings match words, the newest of ' +
      'them are sorted, and `considered` says how many.',
    auth: 'none',
    query: SearchListingsQuery,
    status: 200,
    response: ListingSearchPage,
    cache: 'public',
    handle: ({ ctx, query }) => searchListings(ctx, query),
  }),
];

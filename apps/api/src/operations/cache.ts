import { CacheReport, CacheReportQuery, ClearCacheQuery, WarmUpQuery, WarmUpReport } from '@assay/contract';
import { clearCache, getCacheReport, warmUpCache } from '@assay/core';
import { get, MARKETPLACE, mutation, post, query, restOnly } from './operation.ts';

const WARM_UP = 'Load what visitors will ask for first';
const warmUp = {
  query: true,
  description: 'The first page, then the sellers with most ratings: what they have in the cache is loaded where it is missing.',
  errors: [403],
};

export const cache = {
  report: restOnly(
    query({
      use: getCacheReport,
      input: CacheReportQuery,
      output: CacheReport,
      as: 'operator',
      rest: get('/operations/cache', 'How the cache does, and what it holds of a seller', { errors: [403] }),
    }),
  ),
  clear: restOnly(
    mutation({
      use: clearCache,
      input: ClearCacheQuery,
      as: 'operator',
      rest: post('/operations/cache/clear', 'Clear the cache in all processes', { query: true, status: 204, errors: [403, 404] }),
    }),
  ),
  warmUp: restOnly(
    mutation({
      use: warmUpCache,
      input: WarmUpQuery,
      output: WarmUpReport,
      as: 'operator',
      rest: [
        post('/operations/cache/warm-up', WARM_UP, warmUp),
        post('/cache/warm-up', WARM_UP, { ...warmUp, base: MARKETPLACE }), // the founding documents' address
      ],
    }),
  ),
};

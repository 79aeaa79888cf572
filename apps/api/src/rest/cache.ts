import { CacheReport, CacheReportQuery, ClearCacheQuery, WarmUpQuery, WarmUpReport } from '@assay/contract';
import { clearCache, getCacheReport, warmUpCache } from '@assay/core';
import { MARKETPLACE, route } from './route.ts';

const forOperators = { tag: 'Operations', auth: 'required' as const };
const warmUp = {
  ...forOperators,
  method: 'post' as const,
  summary: 'Load what visitors will ask for first',
  description: 'The first page, then the sellers with most ratings: what they have in the cache is loaded where it is missing.',
  query: WarmUpQuery,
  status: 200 as const,
  response: WarmUpReport,
  errors: [403],
};

export const cacheRoutes = [
  route({
    ...forOperators,
    method: 'get',
    path: '/operations/cache',
    summary: 'How the cache does, and what it holds of a seller',
    query: CacheReportQuery,
    status: 200,
    response: CacheReport,
    errors: [403],
    handle: ({ ctx, query }) => getCacheReport(ctx, query),
  }),
  route({
    ...forOperators,
    method: 'post',
    path: '/operations/cache/clear',
    summary: 'Let all processes forget what they keep',
    query: ClearCacheQuery,
    status: 204,
    errors: [403, 404],
    handle: ({ ctx, query }) => clearCache(ctx, query),
  }),
  route({ ...warmUp, path: '/operations/cache/warm-up', handle: ({ ctx, query }) => warmUpCache(ctx, query) }),
  // The documents' address.
  route({ ...warmUp, base: MARKETPLACE, path: '/cache/warm-up', handle: ({ ctx, query }) => warmUpCache(ctx, query) }),
];

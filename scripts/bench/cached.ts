import { jwtTokens } from '@assay/api';
import type { Compare, Compared, Load } from './compare.ts';
import { sessionOf, type Market } from './market.ts';

/** Measures what the cache saves: the floor is a process without one. */
export async function measureCache(market: Market, secret: string, floorUrl: string, url: string, compare: Compare): Promise<Compared[]> {
  const tokens = jwtTokens({ secret, ttlS: 86_400 });
  const { id: userId } = market.buyers[0]!;
  const { token } = tokens.issueAccessToken({ userId, sessionId: sessionOf(userId) }, new Date());
  const page = `/trpc/sellers.page?input=${encodeURIComponent(JSON.stringify({ id: market.small }))}`;
  const paths: [name: string, path: string, headers?: Record<string, string>][] = [
    ['cache: seller page', page],
    ['cache: signed in', page, { authorization: `Bearer ${token}` }],
    ['cache: storefront', '/trpc/sellers.storefront'],
    ['cache: explanation', `/api/v1/ratings/seller/${market.small}/explanation`],
    ['cache: seller', `/api/v1/sellers/${market.small}`],
  ];
  const rows: Compared[] = [];
  for (const [name, path, headers] of paths) {
    const at = (where: string): Load => ({ url: `${where}${path}`, ...(headers ? { headers } : {}) });
    rows.push(await compare(name, at(floorUrl), { product: at(url), cluster: null }));
  }
  return rows;
}

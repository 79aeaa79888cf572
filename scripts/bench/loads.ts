import { jwtTokens } from '@assay/api';
import type { Compare, Compared, Load, Sides } from './compare.ts';
import { sessionOf, type Market } from './market.ts';

/**
 * Measures summary, list, submit and edit, at the floor and at each API.
 * @param wanted whether the row of that name is selected
 */
export async function measureApi(
  market: Market,
  secret: string,
  floorUrl: string,
  apis: Sides<string>,
  compare: Compare,
  wanted: (name: string) => boolean,
): Promise<Compared[]> {
  const anyApi = apis.product ?? apis.cluster!;
  const tokens = jwtTokens({ secret, ttlS: 86_400 });
  const tokenOf = (userId: number) => `Bearer ${tokens.issueAccessToken({ userId, sessionId: sessionOf(userId) }, new Date()).token}`;
  const json = { 'content-type': 'application/json' };
  const rows: Compared[] = [];
  const add = async (name: string, floor: Load, at: (apiUrl: string) => Load) => {
    const sides = { product: apis.product === null ? null : at(apis.product), cluster: apis.cluster === null ? null : at(apis.cluster) };
    if (wanted(name)) rows.push(await compare(name, floor, sides));
  };

  for (const [name, seller] of [
    ['summary', market.small],
    ['summary, 100,000 ratings', market.large],
  ] as const) {
    await add(name, { url: `${floorUrl}/summary/${seller}` }, (apiUrl) => ({ url: `${apiUrl}/api/v1/ratings/seller/${seller}/summary` }));
  }
  await add('list', { url: `${floorUrl}/list/${market.small}` }, (apiUrl) => ({
    url: `${apiUrl}/api/v1/ratings/seller/${market.small}`,
    headers: { authorization: tokenOf(market.buyers[0]!.id) },
  }));

  // Each buyer rates once, at the floor or at the API.
  let buyer = 0;
  const nextBuyer = () => market.buyers[buyer++ % market.buyers.length]!;
  const rated: { id: number; token: string }[] = [];
  await add(
    'submit',
    {
      url: floorUrl,
      next: () => {
        const { id, orderId } = nextBuyer();
        return {
          method: 'POST',
          path: '/submit',
          body: JSON.stringify({ sellerId: market.busy, raterId: id, rating: 1 + (id % 5), orderId }),
        };
      },
    },
    (url) => ({
      url,
      next: () => {
        const { id } = nextBuyer();
        return {
          method: 'POST',
          path: '/api/v1/ratings',
          body: JSON.stringify({ sellerId: market.busy, rating: 1 + (id % 5) }),
          headers: { ...json, authorization: tokenOf(id) },
        };
      },
    }),
  );
  if (wanted('edit')) {
    for (const { id } of market.buyers.slice(-500)) {
      const answer = await fetch(`${anyApi}/api/v1/ratings`, {
        method: 'POST',
        body: JSON.stringify({ sellerId: market.busy, rating: 3 }),
        headers: { ...json, authorization: tokenOf(id) },
      });
      if (answer.status === 201) rated.push({ id: ((await answer.json()) as { id: number }).id, token: tokenOf(id) });
    }
    let turn = 0;
    const nextEdit = () => ({ ...rated[turn % rated.length]!, rating: 1 + (Math.floor(turn++ / rated.length) % 5) });
    await add(
      'edit',
      {
        url: floorUrl,
        next: () => {
          const { id, rating } = nextEdit();
          return { method: 'POST', path: '/edit', body: JSON.stringify({ id, rating }) };
        },
      },
      (url) => ({
        url,
        next: () => {
          const { id, rating, token } = nextEdit();
          return {
            method: 'PATCH',
            path: `/api/v1/ratings/${id}`,
            body: JSON.stringify({ rating }),
            headers: { ...json, authorization: token },
          };
        },
      }),
    );
  }
  return rows;
}

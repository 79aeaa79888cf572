import { jwtTokens } from '@assay/api';
import type autocannon from 'autocannon';
import type { Compare, Compared, Load, Sides } from './compare.ts';
import { sessionOf, type Market } from './market.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

interface Flow {
  authorization?: string;
  buyerId?: number;
  orderId?: number;
}

/** An order is placed, and paid: two requests, the second one about what the first one answered. */
const flowOf = (
  first: (flow: Flow) => { path: string; body: string },
  orderOf: (body: string) => number,
  second: (orderId: number, flow: Flow) => { path: string; body?: string },
): autocannon.Request[] => {
  const post = (request: autocannon.Request, flow: Flow, { path, body = '' }: { path: string; body?: string }): autocannon.Request => ({
    ...request,
    method: 'POST',
    path,
    body,
    headers: { ...JSON_TYPE, ...(flow.authorization ? { authorization: flow.authorization } : {}) },
  });
  return [
    {
      setupRequest: (request, flow: Flow) => post(request, flow, first(flow)),
      onResponse: (status, body, flow: Flow) => {
        flow.orderId = status < 300 ? orderOf(body) : 0;
      },
    },
    { setupRequest: (request, flow: Flow) => post(request, flow, second(flow.orderId!, flow)) },
  ];
};

/**
 * Measures checkout to paid: the floor runs the same writes, in three transactions. The payment provider is the embedded one.
 * @throws Error where an order is not paid once it is answered
 */
export async function measureCheckout(
  market: Market,
  secret: string,
  floorUrl: string,
  apis: Sides<string>,
  compare: Compare,
): Promise<Compared> {
  const tokens = jwtTokens({ secret, ttlS: 86_400 });
  const tokenOf = (userId: number) => `Bearer ${tokens.issueAccessToken({ userId, sessionId: sessionOf(userId) }, new Date()).token}`;
  let turn = 0;
  const nextBuyer = () => market.buyers[turn++ % market.buyers.length]!.id;
  const items = [{ listingId: market.listing, quantity: 1 }];
  const anyApi = apis.product ?? apis.cluster!;
  const asBuyer = (userId: number) => ({ ...JSON_TYPE, authorization: tokenOf(userId) });
  const ask = async <T>(path: string, body: unknown, userId: number): Promise<T> => {
    const answer = await fetch(`${anyApi}/api/v1${path}`, { method: 'POST', headers: asBuyer(userId), body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`POST ${path} was answered with ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const buyer = nextBuyer();
  const { version } = await ask<{ version: string }>('/checkout/quote', { items }, buyer);
  const { orders } = await ask<{ orders: { id: number }[] }>('/checkout', { items, version }, buyer);
  const { status } = await ask<{ status: string }>(`/orders/${orders[0]!.id}/pay`, {}, buyer);
  if (status !== 'paid') throw new Error(`An order that was paid is ${status}.`);

  const product = (url: string): Load => ({
    url,
    flow: flowOf(
      (flow) => {
        flow.authorization = tokenOf(nextBuyer());
        return { path: '/api/v1/checkout', body: JSON.stringify({ items, version }) };
      },
      (body) => (JSON.parse(body) as { orders: { id: number }[] }).orders[0]!.id,
      (orderId) => ({ path: `/api/v1/orders/${orderId}/pay` }),
    ),
  });
  const floor: Load = {
    url: floorUrl,
    flow: flowOf(
      (flow) => {
        flow.buyerId = nextBuyer();
        return { path: '/checkout', body: JSON.stringify({ listingId: market.listing, sellerId: market.busy, buyerId: flow.buyerId }) };
      },
      (body) => (JSON.parse(body) as { id: number }).id,
      (id, { buyerId = 0 }) => ({ path: '/pay', body: JSON.stringify({ id, listingId: market.listing, sellerId: market.busy, buyerId }) }),
    ),
  };
  const at = (url: string | null) => (url === null ? null : product(url));
  return compare('checkout to paid', floor, { product: at(apis.product), cluster: at(apis.cluster) });
}

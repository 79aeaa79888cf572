import { createHmac } from 'node:crypto';
import type { Books, StripeEvent } from './books.ts';

/** How one delivery went: the status that the endpoint answered, or why there was none. */
export interface Delivery {
  id: string;
  status: number | null;
}

/** Stripe's signature of a body: the time and an HMAC of both, as the SDK checks it. */
export function signed(body: string, secret: string, atMs: number): string {
  const t = Math.floor(atMs / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}

/** Sends events to an endpoint, in the order and as often as a test says; what it leaves out is lost. */
export async function deliver(books: Books, endpoint: { url: string; secret: string }, ids: readonly string[]): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  for (const id of ids) {
    const event = books.events.find((one) => one.id === id);
    if (!event) throw new Error(`The twin has no event ${id}.`);
    deliveries.push({ id, status: await post(endpoint, event, books.now()) });
  }
  return deliveries;
}

async function post({ url, secret }: { url: string; secret: string }, event: StripeEvent, atMs: number): Promise<number | null> {
  const body = JSON.stringify(event, null, 2); // Stripe's own bodies have line breaks: a signature of parsed JSON does not fit
  const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signed(body, secret, atMs) };
  try {
    return (await fetch(url, { method: 'POST', body, headers })).status;
  } catch {
    return null;
  }
}

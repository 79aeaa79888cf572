import type { IncomingMessage } from 'node:http';

/**
 * A forwarding header as the outermost trusted proxy wrote it. A proxy may append its value to the one that it got, so that what the
 * visitor sent stands before it; or replace it, so that there is one value for all proxies.
 * @param proxies how many trusted proxies the request came through
 */
export function forwarded({ headers }: IncomingMessage, name: string, proxies: number): string {
  if (proxies === 0) return '';
  const values = String(headers[name] ?? '')
    .split(',')
    .map((value) => value.trim());
  return values.at(-Math.min(proxies, values.length)) ?? '';
}

/**
 * Leaves of the headers that proxies set what trusted ones said: one value of each, and of a stranger none.
 * @param hops the addresses that the request came from, the nearest first, up to the first that is no trusted proxy
 * @param trusted whether the nearest is a trusted proxy
 */
export function keepTrusted(req: IncomingMessage, hops: readonly string[], trusted: boolean): void {
  const proxies = trusted ? Math.max(1, hops.length - 1) : 0;
  for (const name of ['x-forwarded-proto', 'x-forwarded-host'])
    if (req.headers[name] !== undefined) req.headers[name] = forwarded(req, name, proxies);
  if (trusted) return;
  delete req.headers.traceparent; // what is recorded
  delete req.headers['x-request-id']; // under which id
}

/** One key for an address; for IPv6 its /56, which is one household. */
export function addressOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::', 2);
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const groups = [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
  const [a = 0, b = 0, c = 0, d = 0] = groups.slice(0, 4).map((group) => Number.parseInt(group, 16) || 0);
  return [a, b, c, d >> 8].map((group) => group.toString(16)).join(':');
}

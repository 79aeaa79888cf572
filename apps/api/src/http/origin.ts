import type { Request } from 'express';
import type { Config } from '../config.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3})(?::\d{1,5})?$/;

const DEFAULT_PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 };

/** Is it the origin of a host? Browsers leave the default port out of an origin, and proxies may leave it in a host. */
export function isOriginOf(origin: string, host: string): boolean {
  const url = URL.parse(origin);
  const port = DEFAULT_PORTS[url?.protocol ?? ''];
  return (
    url !== null &&
    port !== undefined &&
    (host.toLowerCase() === url.host || (url.port === '' && host.toLowerCase() === `${url.host}:${port}`))
  );
}

/**
 * Our own origin, as wallets sign for it: PUBLIC_URL. A Host header is the caller's word: a page that passes everything on to
 * us would have wallets sign for itself. Loopback is trusted outside production: no other site can use it.
 */
export function ownOrigin({ origin, loopback }: Config['wallets'], req: Request): string | null {
  if (origin) return origin;
  return loopback && LOOPBACK.test(req.host) ? `${req.protocol}://${req.host}` : null;
}

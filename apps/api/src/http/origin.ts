import type { Request } from 'express';
import type { Config } from '../config.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3})(?::\d{1,5})?$/;

/**
 * Our own origin, as wallets sign for it: PUBLIC_URL. A Host header is the caller's word: a page that passes everything on to
 * us would have wallets sign for itself. Loopback is trusted outside production: no other site can use it.
 */
export function ownOrigin({ origin, loopback }: Config['wallets'], req: Request): string | null {
  if (origin) return origin;
  return loopback && LOOPBACK.test(req.host) ? `${req.protocol}://${req.host}` : null;
}

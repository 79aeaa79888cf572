import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A strong entity tag of a body. */
export function entityTag(body: string): string {
  return `"${createHash('sha1').update(body).digest('base64url')}"`;
}

/** Does the client hold this version already? Weak comparison, as If-None-Match wants it. */
export function isFresh(req: IncomingMessage, etag: string): boolean {
  const header = req.headers['if-none-match'];
  if (header === undefined) return false;
  return header === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

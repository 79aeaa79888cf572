import { createHmac } from 'node:crypto';
import { isIP } from 'node:net';
import type { Actor, ReportSecurityEvent, SecuritySubject } from '@assay/core';
import type { Logger } from '../logger.ts';

/** Events that are no sign of an attack by themselves. */
const ORDINARY = new Set([
  'signed-in',
  'signed-out',
  'sessions-ended',
  'credentials-changed',
  'role-changed',
  'data-exported',
  'account-deleted',
]);

/** The network of an address: its first 24 bits, or 48 of IPv6. It says where from, and names no household. "unknown" for no address. */
export function addressPrefix(address: string): string {
  const ipv4 = /(?:^|:)(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(address)?.[1];
  if (ipv4) return `${ipv4}.0/24`;
  if (isIP(address) !== 6) return 'unknown';
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  return `${[...groups, ...Array.from({ length: missing }, () => '0'), ...(tail ?? '').split(':')].slice(0, 3).join(':')}::/48`;
}

/** Reports security events of one request as lines of the log: no account is named in them, and the same account has the same hash. */
export function securityEvents(
  log: Logger,
  secret: string,
  request: { actor: Actor; requestId: string; addressPrefix: string | null },
): ReportSecurityEvent {
  const { actor, requestId, addressPrefix: address } = request;
  return (event, about = actor.kind === 'user' ? { userId: actor.id } : {}) => {
    const line = { event: `security.${event}`, account: accountHash(secret, about), address, requestId };
    if (ORDINARY.has(event)) log.info(line, 'security event');
    else log.warn(line, 'security event');
  };
}

/** Null where the event is about no account. */
function accountHash(secret: string, { userId, email }: SecuritySubject): string | null {
  const subject = userId === undefined ? email?.trim().toLowerCase() : `user:${userId}`;
  return subject ? createHmac('sha256', secret).update(`security-event|${subject}`).digest('hex').slice(0, 16) : null;
}

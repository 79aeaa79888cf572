import { randomBytes } from 'node:crypto';
import { VISITOR_ID } from '@assay/contract';
import type { RequestEvent } from '@sveltejs/kit';
import { cookiesOf, isSecure } from './session.ts';

const YEAR_S = 365 * 24 * 3600;

/** Sets the cookie by which a visitor stays in or out of a feature, where the browser has none. It is random: it identifies no person. */
export function ensureVisitor(event: Pick<RequestEvent, 'cookies' | 'url'>): void {
  const { cookies } = event;
  const { visitor } = cookiesOf(event);
  if (VISITOR_ID.test(cookies.get(visitor) ?? '')) return;
  cookies.set(visitor, randomBytes(16).toString('hex'), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(event),
    maxAge: YEAR_S,
  });
}

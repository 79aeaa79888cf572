import { randomBytes } from 'node:crypto';
import { VISITOR_COOKIE, VISITOR_ID } from '@assay/contract';
import type { Cookies } from '@sveltejs/kit';

const YEAR_S = 365 * 24 * 3600;

/** Gives a browser that has none the cookie by which a visitor stays in or out of a feature. It says nothing about anybody. */
export function ensureVisitor(cookies: Cookies, secure: boolean): void {
  if (VISITOR_ID.test(cookies.get(VISITOR_COOKIE) ?? '')) return;
  cookies.set(VISITOR_COOKIE, randomBytes(16).toString('hex'), { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: YEAR_S });
}

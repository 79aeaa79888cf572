import { cookieNames, type CookieNames } from '@assay/contract';
import type { Cookies, RequestEvent } from '@sveltejs/kit';
import { parseSetCookie } from 'cookie';
import type { RestAnswer } from './api.ts';

/** Whether the browser's connection is encrypted: cookies are marked so. */
export const isSecure = ({ url }: Pick<RequestEvent, 'url'>): boolean => url.protocol === 'https:';

/** The names of our cookies on this connection. */
export const cookiesOf = (event: Pick<RequestEvent, 'url'>): CookieNames => cookieNames(isSecure(event));

/** Hands the API's Set-Cookie headers on to the visitor, and lets the rest of this request use them. */
export function passOnCookies(answer: RestAnswer, cookies: Cookies): void {
  for (const header of answer.setCookies) {
    const { name, value, expires, maxAge, httpOnly, secure } = parseSetCookie(header);
    const options = { path: '/', sameSite: 'lax', httpOnly: httpOnly ?? false, secure: secure ?? false } as const;
    if (maxAge === 0 || !value) cookies.delete(name, options);
    else cookies.set(name, value, { ...options, expires });
  }
}

import { ERRORS, type Account } from '@assay/contract';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';

/** Sends visitors who are not signed in to the sign-in page, and back here afterwards. */
export function requireSignIn({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>): void {
  if (locals.signedIn) return;
  const isAction = url.search.startsWith('?/'); // the address of a form, not of a page
  redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname + (isAction ? '' : url.search))}`);
}

/** Who is signed in, as the layout knows. @throws HttpError 503 when that cannot be told now */
export function knownAccount({ me, away }: { me: Account | null; away: boolean }): Account | null {
  if (away) error(503, { message: ERRORS.UNAVAILABLE.message, code: 'UNAVAILABLE' });
  return me;
}

/** A path of ours to go on to: never another site, however a browser may read it (it drops tabs, and turns \\ into /). */
export function safeNext(next: string | null): string {
  const base = 'http://ours.invalid';
  return next?.startsWith('/') && URL.parse(next, base)?.origin === base ? next : '/';
}

/** An id out of a path, or of a form. Null when it is none. */
export function idOf(text: unknown): number | null {
  const value = typeof text === 'string' && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : NaN;
  return value <= 2_147_483_647 ? value : null;
}

import { redirect, type RequestEvent } from '@sveltejs/kit';

/** Sends visitors who are not signed in to the sign-in page, and back here afterwards. */
export function requireSignIn({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>): void {
  if (locals.signedIn) return;
  const isAction = url.search.startsWith('?/'); // the address of a form, not of a page
  redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname + (isAction ? '' : url.search))}`);
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

import { ERRORS, PAGES, type Account } from '@assay/contract';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';

const pageOf = ({ pathname, search }: URL) => pathname + (search.startsWith('?/') ? '' : search); // "?/pay" names a form, not a page

/**
 * Sends visitors who are not signed in to the sign-in page.
 * @param back where they come back to afterwards: by default this page
 */
export function requireSignIn({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>, back = pageOf(url)): void {
  if (!locals.signedIn) redirect(303, `${PAGES.signIn}?next=${encodeURIComponent(back)}`);
}

/** The account that is signed in, as the layout knows it. @throws HttpError 503 while the API does not answer */
export function knownAccount({ me, away }: { me: Account | null; away: boolean }): Account | null {
  if (away) error(503, { message: ERRORS.UNAVAILABLE.message, code: 'UNAVAILABLE' });
  return me;
}

/** Lets admins in alone: visitors sign in first. @throws HttpError 403, and 503 while the API does not answer */
export async function requireAdmin({
  locals,
  url,
  parent,
}: Pick<RequestEvent, 'locals' | 'url'> & { parent: () => Promise<{ me: Account | null; away: boolean }> }): Promise<void> {
  requireSignIn({ locals, url });
  if (!knownAccount(await parent())?.roles.includes('admin')) error(403, 'This page is for admins.');
}

/** A path of ours to go on to: never another site, however a browser may read it (it drops tabs, and turns \\ into /). */
export function safeNext(next: string | null): string {
  const base = 'http://ours.invalid';
  const url = next?.startsWith('/') ? URL.parse(next, base) : null;
  // "/.//evil.example" is a path of ours that begins like another site.
  return url?.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : '/';
}

/** An id out of a path, or of a form. Null when it is none. */
export function idOf(text: unknown): number | null {
  const value = typeof text === 'string' && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : NaN;
  return value <= 2_147_483_647 ? value : null;
}

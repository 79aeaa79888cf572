import type { RequestEvent } from '@sveltejs/kit';
import type { Flash } from '#lib/flash.ts';
import { cookiesOf, isSecure } from './session.ts';

const optionsOf = (event: Pick<RequestEvent, 'url'>) => ({ path: '/', httpOnly: false, sameSite: 'lax', secure: isSecure(event) }) as const; // scripts delete it once it is shown

/** Leaves a sentence for the next page. */
export function setFlash(event: Pick<RequestEvent, 'cookies' | 'url'>, flash: Omit<Flash, 'at'>): void {
  event.cookies.set(cookiesOf(event).flash, JSON.stringify({ ...flash, at: Date.now() }), { ...optionsOf(event), maxAge: 60 });
}

/**
 * Reads the sentence. A document deletes it: it is shown once. Data that scripts ask for may never be shown, because a live page reads
 * again at any time and a later answer replaces it: scripts delete the cookie when the sentence is on the page.
 */
export function takeFlash(event: Pick<RequestEvent, 'cookies' | 'url' | 'isDataRequest'>): Flash | null {
  const { cookies, isDataRequest } = event;
  const text = cookies.get(cookiesOf(event).flash);
  if (!text) return null;
  if (!isDataRequest) cookies.delete(cookiesOf(event).flash, optionsOf(event));
  try {
    const { message, undo, at } = JSON.parse(text) as Partial<Flash>;
    if (typeof message !== 'string' || typeof at !== 'number') return null;
    const known = undo && typeof undo.label === 'string' && /^\/[a-z]+\?\/[a-z]+$/.test(undo.action) && Number.isSafeInteger(undo.id);
    return known ? { message, undo, at } : { message, at };
  } catch {
    return null;
  }
}

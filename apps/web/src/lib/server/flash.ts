import type { Cookies, RequestEvent } from '@sveltejs/kit';
import { FLASH_COOKIE, type Flash } from '#lib/flash.ts';

const OPTIONS = { path: '/', httpOnly: false, sameSite: 'lax' } as const; // scripts forget it when they have shown it

export function setFlash(cookies: Cookies, flash: Omit<Flash, 'at'>, secure: boolean): void {
  cookies.set(FLASH_COOKIE, JSON.stringify({ ...flash, at: Date.now() }), { ...OPTIONS, secure, maxAge: 60 });
}

/**
 * Reads the sentence. A page that comes as a document takes it: it is shown once. What scripts ask for may never be shown, because
 * a live page reads again at any time and a later answer takes its place: they forget it when it stands on the page.
 */
export function takeFlash({ cookies, url, isDataRequest }: Pick<RequestEvent, 'cookies' | 'url' | 'isDataRequest'>): Flash | null {
  const text = cookies.get(FLASH_COOKIE);
  if (!text) return null;
  if (!isDataRequest) cookies.delete(FLASH_COOKIE, { ...OPTIONS, secure: url.protocol === 'https:' });
  try {
    const { message, undo, at } = JSON.parse(text) as Partial<Flash>;
    if (typeof message !== 'string' || typeof at !== 'number') return null;
    const known = undo && typeof undo.label === 'string' && /^\/[a-z]+\?\/[a-z]+$/.test(undo.action) && Number.isSafeInteger(undo.id);
    return known ? { message, undo, at } : { message, at };
  } catch {
    return null;
  }
}

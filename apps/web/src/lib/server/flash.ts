import type { Cookies } from '@sveltejs/kit';

/** A sentence for the next page, with a way back where there is one. It survives the redirect after a form. */
export interface Flash {
  message: string;
  /** A form action that undoes what was done, and the id that it needs. */
  undo?: { label: string; action: string; id: number };
}

const NAME = 'assay_flash';
const OPTIONS = { path: '/', httpOnly: true, sameSite: 'lax' } as const;

export function setFlash(cookies: Cookies, flash: Flash, secure: boolean): void {
  cookies.set(NAME, JSON.stringify(flash), { ...OPTIONS, secure, maxAge: 60 });
}

/** Takes the sentence: it is shown once. */
export function takeFlash(cookies: Cookies, secure: boolean): Flash | null {
  const text = cookies.get(NAME);
  if (!text) return null;
  cookies.delete(NAME, { ...OPTIONS, secure });
  try {
    const { message, undo } = JSON.parse(text) as Partial<Flash>;
    if (typeof message !== 'string') return null;
    const known = undo && typeof undo.label === 'string' && /^\/[a-z]+\?\/[a-z]+$/.test(undo.action) && Number.isSafeInteger(undo.id);
    return known ? { message, undo } : { message };
  } catch {
    return null;
  }
}

import { cookieNames } from '@assay/contract';

/** A sentence for the next page, with a way back where there is one. It survives the redirect after a form. */
export interface Flash {
  message: string;
  /** A form action that undoes what was done, and the id that it needs. */
  undo?: { label: string; action: string; id: number };
  /** When it was left, in milliseconds: distinguishes two with the same text. */
  at: number;
}

/** Deletes the sentence, once it is on the page. */
export function forgetFlash(): void {
  const secure = location.protocol === 'https:';
  document.cookie = `${cookieNames(secure).flash}=; path=/; max-age=0; samesite=lax${secure ? '; secure' : ''}`;
}

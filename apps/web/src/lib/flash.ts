/** A sentence for the next page, with a way back where there is one. It survives the redirect after a form. */
export interface Flash {
  message: string;
  /** A form action that undoes what was done, and the id that it needs. */
  undo?: { label: string; action: string; id: number };
  /** When it was said: tells it from another one with the same words. */
  at: number;
}

export const FLASH_COOKIE = 'assay_flash';

/** It is on the page: nobody needs it any more. */
export function forgetFlash(): void {
  document.cookie = `${FLASH_COOKIE}=; path=/; max-age=0; samesite=lax`;
}

/** Hexadecimal digits of a nonce. */
const LENGTH = 32;
const NONCE = new RegExp(`^[0-9a-f]{${LENGTH}}$`);

/** The form field that carries the nonce. */
export const ONCE_FIELD = 'once';

/** A new nonce for the forms of one visit to a page. Not `randomUUID`: browsers have that behind TLS only. */
export const newOnce = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(LENGTH / 2)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The nonce that a form sent, if it is one. */
export function onceOf(form: FormData): string | null {
  const value = form.get(ONCE_FIELD);
  return typeof value === 'string' && NONCE.test(value) ? value : null;
}

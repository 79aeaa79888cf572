// Free of zod: browsers load it.

const PLAIN = {
  /** Access and refresh tokens of a session, and the CSRF token that pages send back. */
  access: 'assay_access',
  refresh: 'assay_refresh',
  csrf: 'assay_csrf',
  /** A browser on which an account has signed in before. */
  device: 'assay_device',
  /** A sign-in whose first factor was right, and that waits for the second. */
  challenge: 'assay_challenge',
  /** By which a visitor without an account is known again: 128 random bits in hexadecimal. */
  visitor: 'assay_visitor',
  theme: 'assay_theme',
  /** A sentence for the next page. */
  flash: 'assay_flash',
} as const;

export type CookieNames = Readonly<Record<keyof typeof PLAIN, string>>;

const HOST_ONLY = Object.fromEntries(Object.entries(PLAIN).map(([kind, name]) => [kind, `__Host-${name}`])) as CookieNames;

/**
 * The names of our cookies. Behind TLS they begin with `__Host-`: browsers accept such a cookie from this very host only, over TLS, so
 * no other host of the domain can plant one. Only these are read there.
 */
export const cookieNames = (secure: boolean): CookieNames => (secure ? HOST_ONLY : PLAIN);

import type { Role } from '@assay/contract';

/** Wrong passwords in a row before an account is locked. */
export const LOCK_AFTER_FAILURES = 10;
export const LOCK_MS = 15 * 60_000;
/** A session ends this long after it was last refreshed. */
export const SESSION_MS = 30 * 24 * 3_600_000;
/** Sessions of one account. With another one, that which was not used for longest ends. */
export const SESSIONS_MAX = 50;
/** A sign-in counts as a proof of its own for so long, where the account has neither password nor wallet. */
export const FRESH_SIGN_IN_MS = 5 * 60_000;
/** The refresh token before the current one still works this long: two tabs may refresh at once. */
export const ROTATION_GRACE_MS = 30_000;

/**
 * Until when a session lives that is used at a moment.
 * @param maxMs the longest life of a session, however often it is used
 */
export const sessionExpiry = (createdAt: Date, usedAt: Date, maxMs: number): Date =>
  new Date(Math.min(usedAt.getTime() + SESSION_MS, createdAt.getTime() + maxMs));

/** "Ingrid Solberg" to "Ingrid S.": how a buyer is named in public. A last word that is not a name ("Trader 35") stays. */
export function publicName(fullName: string): string {
  const words = fullName.trim().split(/\s+/);
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : ''];
  if (!last) return first;
  const letter = /\p{L}/u.exec(last)?.[0]; // behind a bracket, quote or mark, if need be: a last name is never shown
  return letter ? `${first} ${String.fromCodePoint(letter.toLocaleUpperCase('en').codePointAt(0)!)}.` : `${first} ${last}`;
}

/** Roles that reach beyond the own account. */
export const POWERFUL_ROLES: readonly Role[] = ['admin', 'ops'];

/** Demo accounts have public passwords, and e-mails of this reserved domain. */
export const DEMO_EMAIL_DOMAIN = '@assay.example';

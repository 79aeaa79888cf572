import { FORMER_MEMBER, withoutAddresses, type Role } from '@assay/contract';
import { AppError } from '../kernel/errors.ts';

/** Wrong passwords in a row from one client before it has to wait. */
export const LOCK_AFTER_FAILURES = 10;
export const LOCK_MS = 15 * 60_000;
/**
 * An account whose address is not proved holds it from then on: a later registration with the same address does not take its sign-in
 * away. Until then the newest registration has it, so that two registrations reveal nothing about an account before them.
 */
const ADDRESS_HELD_AFTER_MS = 24 * 3_600_000;
export const heldSince = (at: Date): Date => new Date(at.getTime() - ADDRESS_HELD_AFTER_MS);
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

/** "Ingrid Solberg" to "Ingrid S.": how a buyer is named in public. A last word that is not a name ("Trader 35") stays, an e-mail address never. */
export function publicName(fullName: string): string {
  if (fullName === FORMER_MEMBER) return fullName;
  const words = withoutAddresses(fullName.trim()).split(/\s+/);
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : ''];
  if (!last) return first;
  const letter = /\p{L}/u.exec(last)?.[0]; // behind a bracket, quote or mark, if need be: a last name is never shown
  return letter ? `${first} ${String.fromCodePoint(letter.toLocaleUpperCase('en').codePointAt(0)!)}.` : `${first} ${last}`;
}

/** Roles that reach beyond the own account. */
export const POWERFUL_ROLES: readonly Role[] = ['admin', 'ops'];

/**
 * The roles that a session may use of those of its account, and those that it may not.
 * @param isProved the session was opened with a second factor, or powerful roles need none here
 */
export function rightsOf(roles: readonly Role[], isProved: boolean): { roles: readonly Role[]; withheldRoles?: readonly Role[] } {
  const withheldRoles = isProved ? [] : roles.filter((role) => POWERFUL_ROLES.includes(role));
  return withheldRoles.length === 0 ? { roles } : { roles: roles.filter((role) => !withheldRoles.includes(role)), withheldRoles };
}

/** Demo accounts have public passwords, and e-mails of this reserved domain. */
export const DEMO_EMAIL_DOMAIN = '@assay.example';

/** By its address a demo account is found and locked: it keeps it. @throws AppError FORBIDDEN for a demo account */
export function requireMovableEmail(email: string | null): void {
  if (email?.endsWith(DEMO_EMAIL_DOMAIN)) throw new AppError('FORBIDDEN');
}

import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';

declare module '../kernel/context.ts' {
  interface Services {
    readonly breachedPasswords: BreachedPasswords;
    readonly commonPasswords: CommonPasswords;
  }
}

/** The most used passwords, in lower case. */
export interface CommonPasswords {
  has(password: string): Promise<boolean>;
}

/** A service that knows passwords from data breaches of other sites. */
export interface BreachedPasswords {
  /** Never throws, and takes a second or two at most: false also where no service is configured or it does not answer. */
  includes(password: string): Promise<boolean>;
}

/** Words of the product (ASVS 6.1.2): a password of these alone is the first guess at this site. */
const CONTEXT_WORDS = [
  'assay',
  'marketplace',
  'account',
  'admin',
  'administrator',
  'operator',
  'buyer',
  'seller',
  'store',
  'shop',
  'listing',
  'listings',
  'order',
  'orders',
  'rating',
  'ratings',
  'escrow',
  'payout',
  'wallet',
  'password',
  'passwort',
];

/** Letters of a password besides words that can be guessed: fewer are no secret. */
const OWN_LETTERS_MIN = 3;
const DIFFERENT_CHARACTERS_MIN = 4;
/** Shorter parts of a name or an address are in too many words. */
const PART_MIN = 3;

/** Whose password it is. */
export interface PasswordOwner {
  email: string | null;
  fullName: string;
}

const COMMON = 'This password is on lists of common passwords. Choose another one.';
const OWN = 'This password is made of your name, your e-mail address or words of this site. Choose another one.';
const REPEATED = 'This password repeats few characters. Choose another one.';
const BREACHED = 'This password has appeared in a data breach of another site. Choose another one.';

const fold = (text: string) => text.normalize('NFKC').toLowerCase();
const partsOf = (text: string) => fold(text).split(/[^\p{L}\p{N}]+/u).filter((part) => part.length >= PART_MIN); // prettier-ignore

/** Why a password is easy to guess, as a sentence for its field; null when it is not. */
export async function passwordWeakness(
  password: string,
  { email, fullName }: PasswordOwner,
  common: CommonPasswords,
): Promise<string | null> {
  const typed = fold(password);
  const characters = Array.from(typed.replace(/\s/g, ''));
  if (new Set(characters).size < DIFFERENT_CHARACTERS_MIN || isRun(characters)) return REPEATED;
  // "Monkey2026!" is "monkey" with what people put around it.
  const core = typed.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  if ((await common.has(typed)) || (await common.has(core))) return COMMON;
  // The longest first: "administrator" before "admin".
  const guessable = [...CONTEXT_WORDS, ...partsOf(email ?? ''), ...partsOf(fullName)].toSorted((a, b) => b.length - a.length);
  let rest = typed;
  for (const word of guessable) rest = rest.replaceAll(word, ' ');
  if (rest !== typed && (rest.match(/\p{L}/gu) ?? []).length < OWN_LETTERS_MIN) return OWN;
  return null;
}

/** "abcdefgh", "98765432": each character is the next one of the alphabet, up or down. */
function isRun(characters: readonly string[]): boolean {
  const steps = characters.slice(1).map((character, i) => character.codePointAt(0)! - characters[i]!.codePointAt(0)!);
  return steps.length > 0 && Math.abs(steps[0]!) <= 1 && steps.every((step) => step === steps[0]);
}

/** A new password is none that is easy to guess, and none that is known from a breach. @throws AppError VALIDATION_FAILED for its field */
export async function requireSafePassword(ctx: Context, password: string, owner: PasswordOwner): Promise<void> {
  const weakness =
    (await passwordWeakness(password, owner, ctx.services.commonPasswords)) ??
    ((await ctx.services.breachedPasswords.includes(password)) ? BREACHED : null);
  if (weakness) throw new AppError('VALIDATION_FAILED', { fields: [{ field: 'password', message: weakness }] });
}

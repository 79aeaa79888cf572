/** An app that is being set up has to be confirmed within this time. */
export const SET_UP_MS = 15 * 60_000;
/** A sign-in has to be completed with a second factor within this time. */
export const CHALLENGE_MS = 5 * 60_000;

const APP_CODE = /^\d{6}$/;
const RECOVERY_CODE = /^(\d)[a-z2-7]{9}$/;

/** What a person typed: the code of an app, or a recovery code with its number. */
export type TypedCode = { kind: 'totp'; code: string } | { kind: 'recovery-code'; code: string; number: number };

/** Reads a code as it may be typed: with spaces, dashes and capitals. Null when it is none. */
export function readCode(text: string): TypedCode | null {
  const code = text.replace(/[\s-]/g, '').toLowerCase();
  if (APP_CODE.test(code)) return { kind: 'totp', code };
  const number = RECOVERY_CODE.exec(code)?.[1];
  return number === undefined ? null : { kind: 'recovery-code', code, number: Number(number) };
}

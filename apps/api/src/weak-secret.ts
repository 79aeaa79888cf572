const WEAK_SECRETS = /secret|changeme|password|example|default|^your|^test|12345|qwert|asdf|<.*>/i;
const SECRET_LENGTH_MIN = 32;
/** Random texts have more different characters, in any alphabet of 16 or more. */
const DIFFERENT_CHARACTERS_MIN = 10;
/** Share of characters that are the same as, or next to, the one before: 5 % in random base64, 19 % in random hexadecimal. */
const NEIGHBOURS_MAX = 0.4;

/** Whether a secret can be guessed: short, a word, a row of the alphabet, or a part that repeats. */
export function isWeakSecret(secret: string): boolean {
  const codes = Array.from(secret, (character) => character.codePointAt(0)!);
  const neighbours = codes.filter((code, i) => i > 0 && Math.abs(code - codes[i - 1]!) <= 1).length;
  const repeats = (length: number) => secret.slice(length) === secret.slice(0, -length);
  return (
    secret.length < SECRET_LENGTH_MIN ||
    WEAK_SECRETS.test(secret) ||
    new Set(codes).size < DIFFERENT_CHARACTERS_MIN ||
    neighbours > NEIGHBOURS_MAX * codes.length ||
    Array.from({ length: secret.length / 2 }, (_, i) => i + 1).some(repeats)
  );
}

import { randomBytes } from 'node:crypto';
import { decrypt, encrypt, idOf, OVERHEAD_BYTES } from './keys.ts';

const KEY_BYTES = 32;
/** How a sealed file begins: no document does. Then the id of the key that seals the file's own key, that key, and the content. */
const MARK = Buffer.from('ASSAY-SEALED-1\n');
const KEY_ID_BYTES = 12;
const SEALED_KEY_BYTES = OVERHEAD_BYTES + KEY_BYTES;
const HEAD_BYTES = MARK.length + KEY_ID_BYTES + SEALED_KEY_BYTES;

export interface FileSeal {
  /** Of the key that seals now. */
  readonly keyId: string;
  /** @param name under which the file is stored: under another one it cannot be read */
  seal(name: string, content: Uint8Array): Buffer;
  /** The content of a file, sealed or from before there was a key. @throws where no known key opens it */
  open(name: string, stored: Uint8Array): Uint8Array;
  /** The same file, its own key sealed with the key of now; the content is not encrypted anew. @throws as {@link open} */
  reseal(name: string, stored: Uint8Array): Buffer;
}

/**
 * Seals each file with a key of its own, and that one with the first key: another first key needs no new encryption of the files.
 * @param keys of 32 bytes: the first seals, the others still open; none where the operator has set none
 */
export function fileSeal(keys: readonly Buffer[]): FileSeal | null {
  const [first] = keys;
  if (!first) return null;
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  const keyId = idOf(first);
  const head = (name: string, fileKey: Buffer) => Buffer.concat([MARK, Buffer.from(keyId), encrypt(first, fileKey, `key of ${name}`)]);
  const isSealed = (stored: Buffer) => stored.subarray(0, MARK.length).equals(MARK);
  const keyOf = (name: string, stored: Buffer): Buffer => {
    const key = byId.get(stored.subarray(MARK.length, MARK.length + KEY_ID_BYTES).toString());
    if (!key) throw new Error('This document was sealed with a key that is not in PAYOUT_DETAILS_KEY.');
    return decrypt(key, stored.subarray(MARK.length + KEY_ID_BYTES, HEAD_BYTES), `key of ${name}`);
  };
  const seal = (name: string, content: Uint8Array) => {
    const fileKey = randomBytes(KEY_BYTES);
    return Buffer.concat([head(name, fileKey), encrypt(fileKey, content, name)]);
  };
  return {
    keyId,
    seal,
    open(name, content) {
      const stored = Buffer.from(content);
      return isSealed(stored) ? decrypt(keyOf(name, stored), stored.subarray(HEAD_BYTES), name) : stored;
    },
    reseal(name, content) {
      const stored = Buffer.from(content);
      if (!isSealed(stored)) return seal(name, stored);
      return Buffer.concat([head(name, keyOf(name, stored)), stored.subarray(HEAD_BYTES)]);
    },
  };
}

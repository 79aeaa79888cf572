import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { Seal } from '@assay/core';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12; // what GCM wants
const TAG_BYTES = 16;

/** Names a key and shows nothing of it. */
export const idOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 12);

/**
 * Seals with the first key and reads with all of them. What is sealed for one account cannot be read as another's.
 * @param keys of 32 bytes
 * @param purpose what is sealed: a value of another purpose is not read
 */
export function sealWith<T>(keys: readonly Buffer[], purpose: string): Seal<T> | null {
  const [first] = keys;
  if (!first) return null;
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  const boundTo = (userId: number) => Buffer.from(`${purpose}:${userId}`);
  return {
    keyId: idOf(first),
    seal(userId, value) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, first, iv, { authTagLength: TAG_BYTES }).setAAD(boundTo(userId));
      const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
    },
    unseal(userId, keyId, sealed) {
      const key = byId.get(keyId);
      if (!key) return null;
      const bytes = Buffer.from(sealed, 'base64');
      try {
        const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
          .setAAD(boundTo(userId))
          .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString();
        return JSON.parse(text) as T;
      } catch {
        return null; // tampered with, or another user's
      }
    },
  };
}

import type { Seal } from '@assay/core';
import { decrypt, encrypt, idOf } from './keys.ts';

/**
 * Seals with the first key and reads with all of them. What is sealed for one account cannot be read as another's.
 * @param keys of 32 bytes
 * @param purpose what is sealed: a value of another purpose is not read
 */
export function sealWith<T>(keys: readonly Buffer[], purpose: string): Seal<T> | null {
  const [first] = keys;
  if (!first) return null;
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  const boundTo = (userId: number) => `${purpose}:${userId}`;
  return {
    keyId: idOf(first),
    seal: (userId, value) => encrypt(first, Buffer.from(JSON.stringify(value)), boundTo(userId)).toString('base64'),
    unseal(userId, keyId, sealed) {
      const key = byId.get(keyId);
      if (!key) return null;
      try {
        return JSON.parse(decrypt(key, Buffer.from(sealed, 'base64'), boundTo(userId)).toString()) as T;
      } catch {
        return null; // tampered with, or another user's
      }
    },
  };
}

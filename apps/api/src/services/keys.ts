import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12; // what GCM wants
const TAG_BYTES = 16;

/** A key of 32 bytes for one purpose of a secret (HKDF, RFC 5869): a value made for one purpose is worth nothing for another. */
export const deriveKey = (secret: string, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', `assay:${purpose}`, 32));

/** Compares in a time that says nothing about where they differ. */
export const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** The secrets of a variable, with commas between them: the first is in use, the others are still accepted. */
export const secretsOf = (variable: string): string[] => variable.split(',').map((secret) => secret.trim());

/** Names a key and shows nothing of it. */
export const idOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 12);

/** How many bytes longer than the content its encryption is. */
export const OVERHEAD_BYTES = IV_BYTES + TAG_BYTES;

/**
 * Encrypts and authenticates (AES-256-GCM): initialisation vector, tag, content.
 * @param boundTo what the content belongs to: with another text it cannot be decrypted
 */
export function encrypt(key: Buffer, content: Uint8Array, boundTo: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(boundTo));
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** What {@link encrypt} has encrypted. @throws Error where it was tampered with, or belongs elsewhere */
export function decrypt(key: Buffer, sealed: Buffer, boundTo: string): Buffer {
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(sealed.subarray(IV_BYTES, OVERHEAD_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(OVERHEAD_BYTES)), decipher.final()]);
}

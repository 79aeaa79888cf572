import { hkdfSync, timingSafeEqual } from 'node:crypto';

/** A key of 32 bytes for one purpose of a secret (HKDF, RFC 5869): a value made for one purpose is worth nothing for another. */
export const deriveKey = (secret: string, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', `assay:${purpose}`, 32));

/** Compares in a time that says nothing about where they differ. */
export const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** The secrets of a variable, with commas between them: the first is in use, the others are still accepted. */
export const secretsOf = (variable: string): string[] => variable.split(',').map((secret) => secret.trim());

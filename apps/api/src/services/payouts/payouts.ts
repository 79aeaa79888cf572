import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { BankAccounts, PayoutDestination, PayoutSeal, PayoutServices } from '@assay/core';
import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12; // what GCM wants
const TAG_BYTES = 16;

/** Names a key, and gives nothing of it away. */
export const idOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 12);

/**
 * Seals with the first key and reads with all of them. What is sealed for one account cannot be read as another's.
 * @param keys of 32 bytes
 */
function sealWith(keys: readonly Buffer[]): PayoutSeal | null {
  const [first] = keys;
  if (!first) return null;
  const byId = new Map(keys.map((key) => [idOf(key), key]));
  const boundTo = (userId: number) => Buffer.from(`payout-details:${userId}`);
  return {
    keyId: idOf(first),
    seal(userId, destination) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, first, iv, { authTagLength: TAG_BYTES }).setAAD(boundTo(userId));
      const sealed = Buffer.concat([cipher.update(JSON.stringify(destination), 'utf8'), cipher.final()]);
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
        return JSON.parse(text) as PayoutDestination;
      } catch {
        return null; // tampered with, or another user's
      }
    },
  };
}

const banks: BankAccounts = {
  iban(text) {
    const iban = electronicFormatIBAN(text);
    return iban && isValidIBAN(iban) ? iban : null;
  },
  bic(text) {
    const bic = text.replace(/\s/g, '').toUpperCase();
    return isValidBIC(bic) ? bic : null;
  },
};

/** @param keys of 32 bytes: the first seals, the others are still read; none where the operator has set none */
export const openPayouts = (keys: readonly Buffer[]): PayoutServices => ({ seal: sealWith(keys), banks });

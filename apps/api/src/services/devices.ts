import { createHmac, randomBytes } from 'node:crypto';
import type { Devices } from '@assay/core';
import { deriveKey, isSame, secretsOf } from './keys.ts';

/** "v1.ID.SEAL.SEAL…": one seal for each account that has signed in there. */
const TOKEN = /^v1\.([A-Za-z0-9_-]{22})((?:\.[A-Za-z0-9_-]{22}){1,5})$/;
const ID_BYTES = 16;
const SEAL_BYTES = 16;
/** Of the last accounts that signed in on a device. */
const SEALS_MAX = 5;

export interface KnownDevices extends Devices {
  /** The cookie of a device on which that account has signed in now. */
  remember(token: string | null, userId: number): string;
}

/**
 * Signs the cookie of a device for each account. It opens nothing: it only keeps the failures of other people from counting against the
 * device.
 * @param secret several with commas: the first signs, seals of the others stay good
 */
export function knownDevices(secret: string): KnownDevices {
  const keys = secretsOf(secret).map((one) => deriveKey(one, 'known-device'));
  const sealWith = (key: Buffer, id: string, userId: number) => createHmac('sha256', key).update(`${id}:${userId}`).digest().subarray(0, SEAL_BYTES); // prettier-ignore
  const parse = (token: string | null) => {
    const match = TOKEN.exec(token ?? '');
    return match ? { id: match[1]!, seals: match[2]!.slice(1).split('.') } : null;
  };
  const isFor = (id: string, seals: string[], userId: number) =>
    keys.some((key) => seals.some((seal) => isSame(Buffer.from(seal, 'base64url'), sealWith(key, id, userId))));

  return {
    knownTo(token, userId) {
      const device = parse(token);
      return device && isFor(device.id, device.seals, userId) ? device.id : null;
    },
    remember(token, userId) {
      const device = parse(token) ?? { id: randomBytes(ID_BYTES).toString('base64url'), seals: [] };
      if (isFor(device.id, device.seals, userId)) return token!;
      const seal = sealWith(keys[0]!, device.id, userId).toString('base64url');
      return ['v1', device.id, ...device.seals.slice(1 - SEALS_MAX), seal].join('.');
    },
  };
}

import { hkdfSync, randomBytes } from 'node:crypto';
import type { SecondFactorServices } from '@assay/core';
import { Secret, TOTP } from 'otpauth';
import { renderSVG } from 'uqr';
import { sealWith } from './seal.ts';

const ISSUER = 'Assay';
/** What authenticator apps know without being asked (RFC 6238). */
const TOTP_DEFAULTS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** A code of the step before and after counts: clocks differ, and typing takes time. */
const STEPS_AROUND = 1;
const SECRET_BYTES = 20;

/** Modules around a QR code, as its standard asks for. */
const QR_MARGIN = 4;

const RECOVERY_CODES = 10;
const RECOVERY_LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const RECOVERY_LENGTH = 9;

/** "3ab7x-9kq2m": its number, and 45 random bits. */
function newRecoveryCode(number: number): string {
  const letters = [...randomBytes(RECOVERY_LENGTH)].map((byte) => RECOVERY_LETTERS[byte % RECOVERY_LETTERS.length]).join('');
  return `${number}${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** The key for secrets of authenticator apps: one that payout details are sealed with opens none of them. */
const keyOf = (key: Buffer) => Buffer.from(hkdfSync('sha256', key, '', 'assay:second-factor', 32));

/** @param keys those of payout details: the first seals, the others are still read; none where the operator has set none */
export function openSecondFactor(keys: readonly Buffer[]): SecondFactorServices {
  const totpOf = (secret: string, label = '') => new TOTP({ ...TOTP_DEFAULTS, issuer: ISSUER, label, secret: Secret.fromBase32(secret) });
  return {
    seal: sealWith(keys.map(keyOf), 'second-factor'),
    newSecret: () => new Secret({ size: SECRET_BYTES }).base32,
    describe(secret, label) {
      const uri = totpOf(secret, label).toString();
      return { uri, qr: renderSVG(uri, { border: QR_MARGIN }) };
    },
    stepOf(secret, code, at) {
      const timestamp = at.getTime();
      const totp = totpOf(secret);
      const delta = totp.validate({ token: code, timestamp, window: STEPS_AROUND });
      return delta === null ? null : totp.counter({ timestamp }) + delta;
    },
    newRecoveryCodes: () => Array.from({ length: RECOVERY_CODES }, (_, number) => newRecoveryCode(number)),
  };
}

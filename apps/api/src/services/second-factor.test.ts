import { describe, expect, it } from 'vitest';
import { readCode } from '@assay/core';
import { openPayouts } from './payouts/payouts.ts';
import { openSecondFactor } from './second-factor.ts';

const [KEY, OTHER] = [1, 2].map((fill) => Buffer.alloc(32, fill)) as [Buffer, Buffer];
const factor = openSecondFactor([KEY]);
/** "12345678901234567890", the secret of RFC 6238's test vectors. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);

describe('codes of authenticator apps', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
  ])('are those of RFC 6238 at second %i', (seconds, code) => {
    const step = Math.floor(seconds / 30);
    expect(factor.stepOf(RFC_SECRET, code, at(seconds))).toBe(step);
    // One step before and after, and no further.
    expect(factor.stepOf(RFC_SECRET, code, at(seconds + 30))).toBe(step);
    expect(factor.stepOf(RFC_SECRET, code, at(seconds - 30))).toBe(step);
    expect(factor.stepOf(RFC_SECRET, code, at(seconds + 60))).toBeNull();
    expect(factor.stepOf(RFC_SECRET, code, at(seconds - 60))).toBeNull();
  });

  it('a secret has 160 bits, is new each time, and is described for an app', () => {
    const [one, two] = [factor.newSecret(), factor.newSecret()];
    expect(one).toMatch(/^[A-Z2-7]{32}$/);
    expect(one).not.toBe(two);
    const { uri, qr } = factor.describe(one, 'ada@example.com');
    expect(uri).toContain(`secret=${one}`);
    expect(uri).toMatch(/^otpauth:\/\/totp\/Assay:ada%40example\.com\?issuer=Assay&/);
    expect(qr).toMatch(/^<svg /);
  });
});

describe('the seal of secrets', () => {
  const seal = factor.seal!;
  it('shows nothing, reads only for the same account, and with an older key', () => {
    const sealed = seal.seal(7, RFC_SECRET);
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain(RFC_SECRET);
    expect(seal.unseal(7, seal.keyId, sealed)).toBe(RFC_SECRET);
    expect(seal.unseal(8, seal.keyId, sealed)).toBeNull();
    expect(openSecondFactor([OTHER, KEY]).seal!.unseal(7, seal.keyId, sealed)).toBe(RFC_SECRET);
    expect(openSecondFactor([OTHER]).seal!.unseal(7, seal.keyId, sealed)).toBeNull();
  });
  it('has keys of its own: the seal of payout details opens none of them', () => {
    const payouts = openPayouts([KEY]).seal!;
    expect(payouts.keyId).not.toBe(seal.keyId);
    expect(payouts.unseal(7, payouts.keyId, seal.seal(7, RFC_SECRET))).toBeNull();
  });
  it('there is none without a key', () => expect(openSecondFactor([]).seal).toBeNull());
});

describe('recovery codes', () => {
  it('are ten, numbered, different, and read as they are typed', () => {
    const codes = factor.newRecoveryCodes();
    expect(new Set(codes.map((code) => code.slice(1))).size).toBe(10);
    for (const [number, code] of codes.entries()) {
      expect(code).toMatch(/^\d[a-z2-7]{4}-[a-z2-7]{5}$/);
      const read = { kind: 'recovery-code', number, code: code.replace('-', '') };
      expect(readCode(code)).toEqual(read);
      expect(readCode(` ${code.toUpperCase().replace('-', ' ')} `)).toEqual(read);
    }
    expect(readCode('123 456')).toEqual({ kind: 'totp', code: '123456' });
    for (const text of ['', '12345', '1234567', '１２３４５６', 'abcdefghij', '1abcd-efgh0']) expect(readCode(text), text).toBeNull();
  });
});

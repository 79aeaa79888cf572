import { describe, expect, it } from 'vitest';
import { openPayouts } from './payouts.ts';

const [OLD, NEW, OTHER] = [1, 2, 3].map((fill) => Buffer.alloc(32, fill)) as [Buffer, Buffer, Buffer];
const bank = { method: 'bank', holder: 'Ada Byron', iban: 'DE89370400440532013000', bic: null } as const;
const sealOf = (...keys: Buffer[]) => openPayouts(keys).seal!;

describe('the seal of payout details', () => {
  it('gives back what was sealed, and shows nothing of it meanwhile; the same twice looks different', () => {
    const seal = sealOf(OLD);
    const [first, second] = [seal.seal(1, bank), seal.seal(1, bank)];
    expect(seal.unseal(1, seal.keyId, first)).toEqual(bank);
    expect(first).not.toBe(second);
    expect(Buffer.from(first, 'base64').toString('latin1')).not.toMatch(/DE89|Ada/);
  });

  it('an older key still reads, and is not the one that seals', () => {
    const [before, after] = [sealOf(OLD), sealOf(NEW, OLD)];
    expect(after.keyId).not.toBe(before.keyId);
    expect(after.unseal(1, before.keyId, before.seal(1, bank))).toEqual(bank);
    expect(before.unseal(1, after.keyId, after.seal(1, bank))).toBeNull();
  });

  it('is not read for another account, by another key, or after a change', () => {
    const seal = sealOf(OLD);
    const sealed = seal.seal(1, bank);
    expect(seal.unseal(2, seal.keyId, sealed)).toBeNull();
    expect(sealOf(OTHER).unseal(1, seal.keyId, sealed)).toBeNull();
    for (const at of [0, 14, 40]) {
      const bytes = Buffer.from(sealed, 'base64');
      bytes[at]! ^= 1;
      expect(seal.unseal(1, seal.keyId, bytes.toString('base64')), `byte ${at}`).toBeNull();
    }
    expect(seal.unseal(1, seal.keyId, '')).toBeNull();
  });

  it('there is none without a key', () => expect(openPayouts([]).seal).toBeNull());
});

describe('bank accounts', () => {
  const { banks } = openPayouts([]);
  it.each([
    ['DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['gb82 west 1234 5698 7654 32', 'GB82WEST12345698765432'],
    ['DE89 3704 0044 0532 0130 01', null],
    ['XX89 3704 0044 0532 0130 00', null],
    ['', null],
  ])('IBAN %s', (text, iban) => expect(banks.iban(text)).toBe(iban));
  it.each([
    ['cobadeff xxx', 'COBADEFFXXX'],
    ['COBADEFF', 'COBADEFF'],
    ['COBA', null],
  ])('BIC %s', (text, bic) => expect(banks.bic(text)).toBe(bic));
});

import { hash } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { argon2Passwords } from './passwords.ts';

const passwords = argon2Passwords();
const COMPOSED = 'cr\u00e8me br\u00fbl\u00e9e';
const DECOMPOSED = COMPOSED.normalize('NFD');

describe('a password', () => {
  it('is the same in each form of Unicode', async () => {
    expect(DECOMPOSED).not.toBe(COMPOSED);
    for (const [set, typed] of [
      [COMPOSED, DECOMPOSED],
      [DECOMPOSED, COMPOSED],
      ['\uff21\uff22\uff23 and long', 'ABC and long'], // full-width letters
    ] as const)
      expect(await passwords.verify(await passwords.hash(set), typed), set).toBe(true);
    expect(await passwords.verify(await passwords.hash(COMPOSED), 'creme brulee')).toBe(false);
  });

  it('that was hashed as it was typed, by an earlier version, is still right', async () => {
    const old = await hash(DECOMPOSED, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    expect(await passwords.verify(old, DECOMPOSED)).toBe(true);
    expect(await passwords.verify(old, 'creme brulee')).toBe(false);
  });

  it('of no account is wrong', async () => expect(await passwords.verify(null, 'the password of no account')).toBe(false));
});

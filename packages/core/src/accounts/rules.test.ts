import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCK_AFTER_FAILURES, LOCK_MS, publicName, ROTATION_GRACE_MS, SESSION_MS } from './rules.ts';

describe('publicName', () => {
  it.each([
    ['Ingrid Solberg', 'Ingrid S.'],
    ['Ludwig van Beethoven', 'Ludwig B.'],
    ['  Ada \t Byron ', 'Ada B.'],
    ['ada byron', 'ada B.'],
    ['Anne-Marie Müller-Vos', 'Anne-Marie M.'],
    ['Élan Émile', 'Élan É.'],
    ['山田 太郎', '山田 太.'],
    ['Bo 𝒴oung', 'Bo 𝒴.'],
    ['Ipek ışık', 'Ipek I.'],
    ['Ada (Byron)', 'Ada B.'],
    ['Ada \u200fByron', 'Ada B.'],
    ['Ada ßeta', 'Ada S.'],
    ['Cher', 'Cher'],
    ['', ''],
    ['Trader 35', 'Trader 35'],
    ['Studio №5', 'Studio №5'],
  ])('of %j is %j', (fullName, shown) => {
    expect(publicName(fullName)).toBe(shown);
  });

  it('shows the first letter of a last name only', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzéøłжщ漢字'.split('')), minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 5 }), (words) => {
        expect(publicName(words.join(' '))).toBe(`${words[0]} ${words.at(-1)![0]!.toUpperCase()}.`);
      }),
    );
  });
});

describe('the limits of signing in', () => {
  it('are the ones that the documents name', () => {
    expect([LOCK_AFTER_FAILURES, LOCK_MS / 60_000]).toEqual([10, 15]);
    expect([SESSION_MS / 86_400_000, ROTATION_GRACE_MS / 1000]).toEqual([30, 30]);
  });
});

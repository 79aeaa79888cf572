import type { FlagName, FlagState } from '@assay/contract';
import type { FlagSubject } from '@assay/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluationContextOf, toToggle } from './toggles.ts';
import { UnleashProvider } from './unleash-provider.ts';

const NAME = 'seller-ratings';
const BASE: FlagState = {
  description: '',
  owner: '',
  expiresAt: null,
  enabled: true,
  killed: false,
  rolloutPercentage: 50,
  targets: [],
  variants: [],
};

/** A provider with that one flag, and what it says. */
function flag(state: Partial<FlagState>, name: FlagName = NAME) {
  const provider = new UnleashProvider();
  provider.load([toToggle(name, { ...BASE, ...state })]);
  void provider.initialize();
  const ask = (subject: Partial<FlagSubject>) => provider.evaluate(name, evaluationContextOf({ roles: [], ...subject }));
  return {
    isOn: (subject: Partial<FlagSubject>) => ask(subject).value,
    resolve: (subject: Partial<FlagSubject>) =>
      provider.resolveBooleanEvaluation(name, false, evaluationContextOf({ roles: [], ...subject })),
  };
}

const atPercentage = Array.from({ length: 101 }, (_, rolloutPercentage) => flag({ rolloutPercentage }));
const userId = fc.integer({ min: 1, max: 2_147_483_647 });
const visitorId = fc.stringMatching(/^[0-9a-f]{32}$/);
const subject = fc.oneof(
  userId.map((id) => ({ userId: id })),
  visitorId.map((id) => ({ visitorId: id })),
);
const anyState = fc.record({
  rolloutPercentage: fc.nat(100),
  targets: fc.constantFrom<FlagState['targets'][]>([], [{ kind: 'user', value: '7' }], [{ kind: 'role', value: 'seller' }]),
  expiresAt: fc.constantFrom(null, '2020-01-01T00:00:00.000Z'),
});

describe('a flag', () => {
  it('is on for no one at 0 % and for everybody at 100 %, also for who cannot be known again; with less they do not have it', () => {
    fc.assert(
      fc.property(subject, fc.integer({ min: 1, max: 99 }), (who, percentage) => {
        expect([atPercentage[0]!.isOn(who), atPercentage[100]!.isOn(who)]).toEqual([false, true]);
        expect([atPercentage[0]!.isOn({}), atPercentage[percentage]!.isOn({}), atPercentage[100]!.isOn({})]).toEqual([false, false, true]);
      }),
    );
  });

  it('stays what it was for the same person, and for those who had it at a smaller share', () => {
    fc.assert(
      fc.property(subject, fc.nat(100), fc.nat(100), (who, a, b) => {
        const [less, more] = [atPercentage[Math.min(a, b)]!, atPercentage[Math.max(a, b)]!];
        expect(less.isOn(who)).toBe(less.isOn({ ...who, roles: ['buyer'] }));
        if (less.isOn(who)) expect(more.isOn(who)).toBe(true);
      }),
    );
  });

  // If one of these changes, a deployment takes the feature away from people who have it.
  it.each([
    [{ userId: 1 }, 28],
    [{ userId: 42 }, 84],
    [{ userId: 2_147_483_647 }, 52],
    [{ visitorId: '00112233445566778899aabbccddeeff' }, 14],
  ])('is on for %o from %i % on, today and with every later version', (who, first) => {
    expect(atPercentage.findIndex(({ isOn }) => isOn(who))).toBe(first);
  });

  it('stays what it was for a visitor who signs in, on either side, and by account for clients without a cookie', async () => {
    const test = flag({
      rolloutPercentage: 100,
      variants: [
        { name: 'a', weight: 1 },
        { name: 'b', weight: 1 },
      ],
    });
    for (let i = 1; i <= 200; i++) {
      const visitor = { visitorId: (0x1000_0000 + i).toString(16).padStart(32, '0') };
      for (const percentage of [10, 50, 90]) {
        expect(atPercentage[percentage]!.isOn({ ...visitor, userId: i })).toBe(atPercentage[percentage]!.isOn(visitor));
      }
      expect((await test.resolve({ ...visitor, userId: i })).variant).toBe((await test.resolve(visitor)).variant);
    }
  });

  it.each([1, 10, 25, 50, 99])('is on for roughly %i % of the people, for any ids', (percentage) => {
    const share = (whoOf: (i: number) => Partial<FlagSubject>) =>
      Array.from({ length: 10_000 }, (_, i) => atPercentage[percentage]!.isOn(whoOf(i))).filter(Boolean).length / 100;
    const crowds: ((i: number) => Partial<FlagSubject>)[] = [
      (i) => ({ userId: i + 1 }),
      (i) => ({ userId: 7 + i * 100 }),
      (i) => ({ visitorId: (0x1000_0000 + i).toString(16).padStart(32, '0') }),
    ];
    for (const crowd of crowds) expect(Math.abs(share(crowd) - percentage)).toBeLessThan(2);
  });

  it('lets not always the same people go first', () => {
    const other = flag({ rolloutPercentage: 50 }, 'seller-tier-system');
    const both = Array.from({ length: 2000 }, (_, i) => ({ userId: i + 1 })).filter(
      (who) => atPercentage[50]!.isOn(who) && other.isOn(who),
    );
    expect(both.length / 2000).toBeGreaterThan(0.2);
    expect(both.length / 2000).toBeLessThan(0.3);
  });

  it('that is killed, or off, is off for everybody, targets and moderators too; an expiry date switches nothing', () => {
    fc.assert(
      fc.property(anyState, subject, (state, who) => {
        const everybody = [who, { userId: 7 }, { userId: 1, roles: ['seller' as const] }, { ...who, staff: true }];
        for (const off of [{ killed: true }, { enabled: false }, { killed: true, enabled: false }])
          for (const one of everybody) expect(flag({ ...state, ...off }).isOn(one)).toBe(false);
        expect(flag(state).isOn(who)).toBe(flag({ ...state, expiresAt: null }).isOn(who));
        expect(flag(state).isOn({ ...who, staff: true })).toBe(true);
      }),
    );
  });

  it('is on for its targets at any percentage, and for no one else', () => {
    const targeted = flag({
      rolloutPercentage: 0,
      targets: [
        { kind: 'user', value: '12' },
        { kind: 'role', value: 'ops' },
        { kind: 'tier', value: 'gold' },
      ],
    });
    const on = [{ userId: 12 }, { userId: 1, roles: ['buyer', 'ops'] as const }, { userId: 2, tier: 'gold' }];
    const off = [
      { userId: 1 },
      { userId: 120 },
      { userId: 2, roles: ['buyer', 'seller'] as const },
      { userId: 3, tier: 'golden' },
      { visitorId: '12' },
      {},
    ];
    expect(on.map((who) => targeted.isOn(who))).toEqual([true, true, true]);
    expect(off.map((who) => targeted.isOn(who))).toEqual(off.map(() => false));
  });

  it('shows the same person always the same side of a test, as many people as its weight says, and strangers none', async () => {
    const test = flag({
      rolloutPercentage: 100,
      variants: [
        { name: 'a', weight: 1 },
        { name: 'b', weight: 3 },
      ],
    });
    const sides = await Promise.all(Array.from({ length: 4000 }, async (_, i) => (await test.resolve({ userId: i + 1 })).variant));
    const again = await Promise.all(
      Array.from({ length: 4000 }, async (_, i) => (await test.resolve({ userId: i + 1, roles: ['seller'] })).variant),
    );
    expect(again).toEqual(sides);
    expect(Math.abs(sides.filter((side) => side === 'a').length / 4000 - 0.25)).toBeLessThan(0.03);
    expect(sides.filter((side) => side === 'b').length).toBe(4000 - sides.filter((side) => side === 'a').length);
    expect(await test.resolve({})).toEqual({ value: true });
  });
});

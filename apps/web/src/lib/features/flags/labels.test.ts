import { expect, it } from 'vitest';
import { changeSummary, flagsHeadline, parseTargets, parseVariants, reach, span, targetLines, peopleWith } from './labels.ts';

const flag = { enabled: true, killed: false, lockedBy: null, rolloutPercentage: 100, targets: [] };
const role = { kind: 'role', value: 'admin' } as const;

it('says who has a feature', () => {
  const text = (change: object) => reach({ ...flag, ...change }).text.replaceAll('\u00A0', ' ');
  expect(text({})).toBe('On for everyone');
  expect(text({ rolloutPercentage: 25 })).toBe('On for 25 %');
  expect(text({ rolloutPercentage: 25, targets: [role] })).toBe('On for 25 % and 1 target');
  expect(text({ rolloutPercentage: 0 })).toBe('On for no one yet');
  expect(text({ rolloutPercentage: 0, targets: [role, role] })).toBe('On for 2 targets');
  expect(text({ enabled: false })).toBe('Off');
  expect(text({ killed: true })).toBe('Killed');
});

it('says what a change did', () => {
  const before = { description: 'd', owner: 'o', expiresAt: null, ...flag, variants: [] };
  const words = (after: object) => changeSummary({ before, after: { ...before, ...after } }).replaceAll('\u00A0', ' ');
  expect(words({ rolloutPercentage: 25 })).toBe('100 % → 25 %');
  expect(words({ enabled: false, killed: true })).toBe('on → off, killed');
  expect(words({ targets: [role], expiresAt: '2027-01-02T00:00:00.000Z' })).toBe('0 → 1 targets, due 2027-01-02');
  expect(words({})).toBe('no change');
});

it('reads targets and variants from lines, and leaves what is wrong to the API', () => {
  expect(parseTargets(' role  admin\n\nuser 12 \n')).toEqual([role, { kind: 'user', value: '12' }]);
  expect(parseTargets(targetLines([role]))).toEqual([role]);
  expect(parseTargets('everybody')).toEqual([{ kind: 'everybody', value: '' }]);
  expect(parseVariants('a 30\nb')).toEqual([
    { name: 'a', weight: 30 },
    { name: 'b', weight: 1 },
  ]);
});

it('puts first what waits for a person', () => {
  expect(flagsHeadline([], [])).toBe('All clear.');
  expect(flagsHeadline([], [{ flag: 'seller-ratings', status: 'paused' } as never])).toBe(
    'The rollout of seller-ratings is waiting for you.',
  );
  const running = { flag: 'seller-ratings', status: 'running', phases: [25], phase: 0 } as never;
  expect(flagsHeadline([], [running]).replaceAll('\u00A0', ' ')).toBe('seller-ratings is being rolled out: 25 % have it.');
  const locked = { name: 'seller-ratings', lockedBy: 'SELLER_RATINGS' } as never;
  expect(flagsHeadline([locked], [running])).toBe('seller-ratings is being rolled out: it is locked off.');
});

it('says how long a phase lasts', () => {
  expect([60, 360, 4320].map((minutes) => span(minutes).replaceAll('\u00A0', ' '))).toEqual(['60 min', '6 h', '3 days']);
});

it('says how many people have a feature, never more than there are', () => {
  const quarter = { enabled: true, killed: false, lockedBy: null, rolloutPercentage: 25, targets: [] };
  expect(peopleWith(quarter, 1000)).toBe(250);
  expect(peopleWith({ ...quarter, rolloutPercentage: 0, targets: [{ kind: 'user', value: '7' }] }, 1000)).toBe(1);
  expect(peopleWith({ ...quarter, rolloutPercentage: 999 }, 1000)).toBe(1000);
  expect(peopleWith({ ...quarter, enabled: false }, 1000)).toBe(0);
  expect(peopleWith({ ...quarter, killed: true }, 1000)).toBe(0);
  expect(peopleWith({ ...quarter, lockedBy: 'FEATURE_SELLER_RATINGS', targets: [{ kind: 'user', value: '7' }] }, 1000)).toBe(0);
});

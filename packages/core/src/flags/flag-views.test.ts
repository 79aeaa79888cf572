import { expect, it } from 'vitest';
import type { FlagDefaults, FlagRow } from './ports.ts';
import { defaultState, toFlagView } from './flag-views.ts';

const NAME = 'seller-ratings';
const defaults = { [NAME]: { enabled: true, rolloutPercentage: 100, lockedBy: null } } as unknown as FlagDefaults;

it.each([
  ['2026-03-10T00:00:00.000Z', '2026-03-10T00:00:00.000Z', false],
  ['2026-03-10T00:00:00.000Z', '2026-03-10T23:59:59.999Z', false],
  ['2026-03-10T00:00:00.000Z', '2026-03-11T00:00:00.000Z', true],
  ['2026-03-10T15:00:00.000Z', '2026-03-10T16:00:00.000Z', false],
  [null, '2026-03-10T00:00:00.000Z', false],
])('a flag that is due on %s is overdue after that day: at %s %j', (expiresAt, now, stale) => {
  const row = {
    ...defaultState(NAME, defaults),
    name: NAME,
    expiresAt,
    version: 1,
    updatedAt: new Date(0),
    updatedBy: null,
  } as unknown as FlagRow;
  expect(toFlagView(NAME, row, defaults, new Date(now)).stale).toBe(stale);
});

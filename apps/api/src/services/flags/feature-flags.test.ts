import { FLAG_NAMES } from '@assay/contract';
import type { FlagDefaults, FlagRow } from '@assay/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Logger } from '../../logger.ts';
import { toFeedEvent, type EventFeed, type EventListener } from '../../realtime/event-feed.ts';
import { featureFlags, type FeatureFlags } from './feature-flags.ts';

const NAME = 'seller-ratings';
const defaults = Object.fromEntries(
  FLAG_NAMES.map((name) => [name, { enabled: true, rolloutPercentage: 100, lockedBy: null }]),
) as FlagDefaults;
const OFF: FlagRow = {
  name: NAME,
  description: '',
  owner: '',
  expiresAt: null,
  enabled: false,
  killed: false,
  rolloutPercentage: 100,
  targets: [],
  variants: [],
  version: 1,
  updatedAt: new Date(),
  updatedBy: null,
};

let rows: FlagRow[];
let away: boolean;
let reads: number;
let listeners: EventListener[];
let flags: FeatureFlags;
const warnings: string[] = [];

beforeEach(async () => {
  [rows, away, reads, listeners] = [[], false, 0, []];
  warnings.length = 0;
  const all = () => {
    reads++;
    return away ? Promise.reject(new Error('no database')) : Promise.resolve(rows);
  };
  flags = await featureFlags({
    flags: { all } as never,
    feed: { on: (listener: EventListener) => listeners.push(listener) } as unknown as EventFeed,
    redis: null,
    log: {
      warn: (_details: unknown, message: string) => warnings.push(message),
      info: (message: string) => warnings.push(message),
    } as unknown as Logger,
    defaults,
    provider: null,
  });
});
afterEach(() => flags.close());

const isOn = async () => (await flags.evaluate(NAME, { roles: [], userId: 1 })).on;
const happened = (topic: string) => {
  for (const listener of listeners) listener(toFeedEvent({ id: 1, topic, subjectId: 1, payload: '{}', at: new Date(0) }));
};

it('reads flags when they are first asked for, and again when one has changed', async () => {
  expect([reads, await isOn(), await isOn(), reads]).toEqual([0, true, true, 1]);
  rows = [OFF];
  happened('rating.submitted');
  expect([await isOn(), reads]).toEqual([true, 1]);
  happened('flag.changed');
  await vi.waitFor(async () => expect(await isOn()).toBe(false));
  expect(reads).toBe(2);
});

it('misses no change that is committed while it reads', async () => {
  await isOn();
  await Promise.all([flags.changed([]), Promise.resolve().then(() => (rows = [OFF])), flags.changed([])]);
  expect(await isOn()).toBe(false);
});

it('keeps what it knew while the database does not answer, says so once, and goes on by itself', async () => {
  rows = [OFF];
  expect(await isOn()).toBe(false);
  away = true;
  rows = [];
  happened('flag.changed');
  await vi.waitFor(() => expect(reads).toBeGreaterThanOrEqual(4), 5000);
  expect([await isOn(), warnings.length]).toEqual([false, 1]);
  away = false;
  await vi.waitFor(async () => expect(await isOn()).toBe(true), 5000);
  expect(warnings[1]).toMatch(/read again/);
});

it('does not start without having read them', async () => {
  away = true;
  await expect(flags.start()).rejects.toThrow('no database');
});

it('answers for strangers from memory until flags change, and notifies listeners', async () => {
  const listener = vi.fn();
  flags.onChange(listener);
  await flags.start();
  expect(await flags.isOnForStrangers(NAME)).toBe(true);
  expect(flags.isOnForStrangers(NAME)).toBe(flags.isOnForStrangers(NAME)); // not asked again
  rows = [OFF];
  listener.mockClear();
  await flags.changed([{ name: NAME, enabled: false }]);
  expect(await flags.isOnForStrangers(NAME)).toBe(false);
  expect(listener).toHaveBeenCalledTimes(1);
});

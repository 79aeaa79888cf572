import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DeadlineError, within } from './within.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('answers as the work does, in time', async () => {
  await expect(within(50, Promise.resolve(7))).resolves.toBe(7);
  await expect(within(50, Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(vi.getTimerCount()).toBe(0);
});

it('waits no longer than that', async () => {
  const waiting = expect(within(50, new Promise(() => {}))).rejects.toThrow(new DeadlineError(50));
  await vi.runAllTimersAsync();
  await waiting;
});

import type { PaymentFormState } from '@assay/core';
import { expect, it, vi } from 'vitest';
import { formMemory } from './form-memory.ts';

const state = (step: PaymentFormState['step']): PaymentFormState => ({ step, clientSecret: 'secret', failure: null });

it('asks once for looks within five seconds, also for those at once, and again afterwards', async () => {
  let at = 0;
  const memory = formMemory(() => at);
  const ask = vi.fn(() => Promise.resolve(state('details')));
  await Promise.all([memory.open('pi_1', ask), memory.open('pi_1', ask)]);
  at = 4999;
  await memory.open('pi_1', ask);
  expect(ask).toHaveBeenCalledTimes(1);
  await memory.open('pi_2', ask);
  expect(ask).toHaveBeenCalledTimes(2);
  at = 5000;
  await memory.open('pi_1', ask);
  expect(ask).toHaveBeenCalledTimes(3);
});

it('asks again after the payment was checked, and after a failure', async () => {
  const memory = formMemory(() => 0);
  expect((await memory.open('pi_1', () => Promise.resolve(state('details')))).step).toBe('details');
  memory.forget('pi_1');
  expect((await memory.open('pi_1', () => Promise.resolve(state('processing')))).step).toBe('processing');
  memory.forget('pi_1');
  await expect(memory.open('pi_1', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect((await memory.open('pi_1', () => Promise.resolve(state('ended')))).step).toBe('ended');
});

import { AppError } from '@assay/core';
import { EventEmitter } from 'node:events';
import type { Response } from 'express';
import { expect, it } from 'vitest';
import { places, type Places } from './places.ts';

const codeOf = async (place: ReturnType<Places['take']>) => {
  try {
    await place;
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
  return null;
};

it('an account has its places, others have theirs, and all together have those of the process', async () => {
  const { take } = places({ each: 2, all: 3, sentence: 'Wait.' });
  const first = await take('user:1');
  await take('user:1');
  expect(await codeOf(take('user:1'))).toBe('RATE_LIMITED');
  await take('user:2');
  expect(await codeOf(take('user:3'))).toBe('BUSY');
  first();
  first(); // gives back one place, not two
  await take('user:3');
  expect(await codeOf(take('user:2'))).toBe('BUSY');
});

it('a few may wait for a place of their account, in their order, and not for ever', async () => {
  const { take } = places({ each: 1, all: 9, sentence: 'Wait.', waiting: { max: 2, ms: 60 } });
  const first = await take('user:1');
  const order: string[] = [];
  const waiting = ['second', 'third'].map(async (name) => {
    const leave = await take('user:1');
    order.push(name);
    return leave;
  });
  expect(await codeOf(take('user:1'))).toBe('RATE_LIMITED');
  first();
  (await waiting[0]!)();
  const third = await waiting[1]!;
  expect(order).toEqual(['second', 'third']);
  expect(await codeOf(take('user:1'))).toBe('RATE_LIMITED'); // after a while
  third();
  expect(await codeOf(take('user:1'))).toBeNull();
});

it('a place of a response is given back when the response is over, also when its client was gone before', async () => {
  const { hold, taken } = places({ each: 1, all: 2, sentence: 'Wait.' });
  const response = (closed: boolean) => Object.assign(new EventEmitter(), { closed }) as unknown as Response;
  await hold('user:1', response(true));
  expect(taken('user:1')).toBe(0);
  const open = response(false);
  await hold('user:1', open);
  expect(taken('user:1')).toBe(1);
  open.emit('close');
  expect(taken('user:1')).toBe(0);
});

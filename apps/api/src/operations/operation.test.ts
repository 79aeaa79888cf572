import { Id } from '@assay/contract';
import type { Context } from '@assay/core';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ById } from './inputs.ts';
import { get, mutation, query, restOnly } from './operation.ts';

const named = async (_ctx: Context, { id }: { id: number }) => ({ id, name: 'Ada' });
const silent = async (_ctx: Context) => {};

it('output and use case say the same, or the compiler refuses', () => {
  query({ use: named, input: ById, output: z.object({ id: Id, name: z.string() }), as: 'anyone' });
  // @ts-expect-error the schema lacks the name
  query({ use: named, input: ById, output: ById, as: 'anyone' });
  // @ts-expect-error the use case gives no e-mail
  query({ use: named, input: ById, output: z.object({ id: Id, name: z.string(), email: z.string() }), as: 'anyone' });
  // @ts-expect-error a name is no number
  query({ use: named, input: ById, output: z.object({ id: Id, name: z.number() }), as: 'anyone' });
  // @ts-expect-error the use case answers something
  query({ use: named, input: ById, as: 'anyone' });
  // @ts-expect-error the use case answers nothing
  mutation({ use: silent, output: ById, as: 'user' });
  mutation({ use: silent, as: 'user' });
});

it('input and use case fit, or the compiler refuses', () => {
  // @ts-expect-error the id is text
  query({ use: named, input: z.object({ id: z.string() }), output: z.object({ id: Id, name: z.string() }), as: 'anyone' });
});

it('a change honours idempotency keys unless it says otherwise, a read never does', () => {
  expect(mutation({ use: silent, as: 'user' }).once).toBe(true);
  expect(mutation({ use: silent, as: 'user', once: false }).once).toBe(false);
  const read = query({ use: silent, as: 'user', rest: get('/nothing', 'Nothing') });
  expect([read.once, read.only, read.rest.length, restOnly(read).only]).toEqual([false, null, 1, 'rest']);
});

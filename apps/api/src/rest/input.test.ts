import { Flag, Id } from '@assay/contract';
import type { AppError } from '@assay/core';
import type { Request } from 'express';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { splitInput } from './input.ts';

const Reply = z.object({ text: z.string() }).meta({ id: 'Reply' });
const input = z.intersection(z.object({ ratingId: Id }), Reply);
const request = (parts: { params?: object; query?: object; body?: unknown }) => ({ params: {}, query: {}, ...parts }) as unknown as Request;
const namesOf = (schema: z.ZodObject | undefined) => (schema ? Object.keys(schema.shape) : null);

it('a path parameter may have another name than its input; the rest of a change is its body', () => {
  const split = splitInput(input, { method: 'post', path: '/ratings/:id/reply', names: { id: 'ratingId' } });
  expect([namesOf(split.params), namesOf(split.query)]).toEqual([['id'], null]);
  expect(split.body).toBe(Reply); // the document names it
  expect(split.read(request({ params: { id: '7' }, body: { text: 'Thanks', ratingId: 8 } }))).toEqual({ ratingId: 7, text: 'Thanks' });
});

it('a refusal names the field as the caller sent it', () => {
  const split = splitInput(input, { method: 'post', path: '/ratings/:id/reply', names: { id: 'ratingId' } });
  const fieldsOf = (req: Request) => {
    try {
      split.read(req);
      return [];
    } catch (error) {
      return (error as AppError).fields.map(({ field }) => field);
    }
  };
  expect(fieldsOf(request({ params: { id: '07' }, body: { text: 5 } }))).toEqual(['id', 'text']);
  for (const body of [[], 'text', null, 5, undefined]) expect(fieldsOf(request({ params: { id: '7' }, body }))).toEqual(['']);
});

it('what the address fixes is no part of the request', () => {
  const split = splitInput(z.object({ id: Id, helpful: z.boolean() }), {
    method: 'post',
    path: '/ratings/:id/helpful',
    fixed: { helpful: true },
  });
  expect([namesOf(split.params), namesOf(split.query), split.body]).toEqual([['id'], null, undefined]);
  expect(split.read(request({ params: { id: '7' }, body: { helpful: false } }))).toEqual({ id: 7, helpful: true });
});

it('an optional body may be missing, and nothing else may be in its place', () => {
  const split = splitInput(z.object({ id: Id, reason: z.string().optional() }), {
    method: 'post',
    path: '/orders/:id',
    optionalBody: true,
  });
  expect(split.read(request({ params: { id: '7' } }))).toEqual({ id: 7 });
  expect(split.read(request({ params: { id: '7' }, body: { reason: 'other' } }))).toEqual({ id: 7, reason: 'other' });
  for (const body of [[], 'text', null, 5]) expect(() => split.read(request({ params: { id: '7' }, body }))).toThrow();
});

it('the rest of a read is its query string; a change may say so too', () => {
  const search = z.object({ id: Id, escrow: Flag.optional(), limit: z.int().default(5) });
  for (const address of [
    { method: 'get', path: '/sellers/:id' },
    { method: 'post', path: '/sellers/:id', query: true },
  ] as const) {
    const split = splitInput(search, address);
    expect([namesOf(split.query), split.body]).toEqual([['escrow', 'limit'], undefined]);
    expect(split.read(request({ params: { id: '7' }, query: { escrow: '1', other: 'x' } }))).toEqual({ id: 7, escrow: true, limit: 5 });
  }
});

it('a whole body may be any schema, and none is read where there is no input', () => {
  const union = z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]);
  const split = splitInput(union, { method: 'post', path: '/things' });
  expect(split.body).toBe(union);
  expect(split.read(request({ body: { kind: 'b' } }))).toEqual({ kind: 'b' });
  expect(splitInput(undefined, { method: 'post', path: '/things' }).read(request({ body: 5 }))).toBeUndefined();
});

it('an address that names what the input does not have stops the start', () => {
  expect(() => splitInput(Reply, { method: 'post', path: '/ratings/:id' })).toThrow('the input has no "id"');
  expect(() => splitInput(Reply, { method: 'post', path: '/ratings', fixed: { helpful: true } })).toThrow('the input has no "helpful"');
});

import type { Context } from '@assay/core';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Container } from '../container.ts';
import { contextOf } from '../http/context.ts';
import { runOnce, type KeyedCall } from '../http/idempotency.ts';
import { API, type Address, type Operation, type Operations } from '../operations/operation.ts';
import type { BeforeCommit } from '../unit-of-work.ts';
import { splitInput, type RestInput } from './input.ts';

/** One REST endpoint: what it takes, who may call it, what it answers. The OpenAPI document is made of the same object. */
export interface Route extends Omit<Address, 'names' | 'fixed' | 'query' | 'items' | 'signIn'> {
  tag: string;
  /** optional: anyone may ask, a signed-in caller gets more. */
  auth: 'none' | 'optional' | 'required';
  input: RestInput;
  /** The body is a file, raw or in a form, that `handle` takes from the request. */
  upload?: boolean;
  /** The body is text of that kind, that `handle` takes from the request. */
  text?: 'text/csv' | 'application/xml';
  response?: z.ZodType;
  /** Answers with a file, piece by piece: what `handle` gives is an iterable of text or bytes. */
  file?: { type: string; name: string };
  /** Honours Idempotency-Key. */
  once: boolean;
  handle: (container: Container, req: Request, res: Response) => Promise<Handled>;
}

/** What a route has to say: an answer, or the text of one that is replayed. */
export type Handled = { replayed: false; answer: unknown } | { replayed: true; status: number; text: string };

/** The whole path of a route, with `:name` for parameters. */
export const pathOf = ({ base = API, path }: Pick<Route, 'base' | 'path'>): string => `${base}${path}`;

interface PlainRoute<I extends z.ZodType | undefined> extends Omit<Route, 'input' | 'once' | 'handle'>, Pick<Address, 'query'> {
  input?: I;
  handle: (call: { ctx: Context; input: I extends z.ZodType ? z.output<I> : undefined; req: Request; res: Response }) => Promise<unknown>;
}

/** A route that is no operation, because it works on the request itself: files, cookies. */
export function plainRoute<I extends z.ZodType | undefined = undefined>({ input: schema, handle, ...route }: PlainRoute<I>): Route {
  const input = splitInput(schema, route);
  return {
    ...route,
    input,
    once: false,
    handle: async (container, req, res) => {
      const values = input.read(req) as Parameters<typeof handle>[0]['input'];
      return { replayed: false, answer: await handle({ ctx: contextOf(container, req), input: values, req, res }) };
    },
  };
}

/** The routes of a feature's operations. */
export const routesOf = (tag: string, operations: Operations): Route[] =>
  Object.values(operations).flatMap((operation) => operation.rest.map((address) => routeOf(tag, operation, address)));

const isSuccess = (operation: Operation, answer: unknown) => operation.output?.safeParse(answer).success ?? true;

function routeOf(tag: string, operation: Operation, address: Address): Route {
  const { names: _names, fixed: _fixed, query: _query, items, signIn, ...said } = address;
  const input = splitInput(operation.input, address);
  const { output } = operation;
  const silent = said.status === 204 || !output;
  const view = (answer: unknown) => (items ? { items: answer } : answer);
  const use = operation.use as (ctx: Context, input: unknown) => unknown;
  const call = (req: Request): KeyedCall => ({
    request: requestOf(req),
    status: said.status,
    silent,
    accepts: (answer) => isSuccess(operation, answer),
    textOf: (answer) => JSON.stringify(view(answer)),
  });
  return {
    ...said,
    tag: operation.tag ?? tag,
    auth: operation.as !== 'anyone' ? 'required' : (signIn ?? 'none'),
    input,
    once: operation.once,
    ...(silent ? {} : { response: items ? z.object({ items: output }) : output }),
    async handle(container, req) {
      const values = input.read(req);
      const work = (beforeCommit?: BeforeCommit) => use(contextOf(container, req, beforeCommit), values);
      if (!operation.once) return { replayed: false, answer: silent ? void (await work()) : view(await work()) };
      const outcome = await runOnce(container, req, call(req), work);
      return outcome.replayed ? outcome : { replayed: false, answer: silent ? undefined : view(outcome.answer) };
    },
  };
}

/** What an idempotency key stands for over REST. */
function requestOf(req: Request): unknown[] {
  const request = [req.method, req.baseUrl + req.path, (req.body as unknown) ?? null];
  return Object.keys(req.query).length > 0 ? [...request, req.query] : request;
}

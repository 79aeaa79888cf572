import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from '@assay/core';
import { AppError } from '@assay/core';
import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import type { Container } from '../container.ts';
import { entityTag, isFresh } from '../http/conditional.ts';
import { contextOf } from '../http/context.ts';
import { exchangeOf } from '../http/exchange.ts';
import { claimIdempotencyKey } from '../http/idempotency.ts';
import type { Limits } from '../http/limits.ts';
import { invalidInput } from '../http/problems.ts';

type Schema = z.ZodType | undefined;
type Output<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

/** Where the routes are: the versioned API, and the addresses that the founding documents give to a seller's. */
export const API = '/api/v1';
export const MARKETPLACE = '/api/marketplace/seller';
type Base = typeof API | typeof MARKETPLACE;

/** One REST endpoint: what it takes, who may call it, what it answers. The OpenAPI document is made of the same object. */
export interface Route<P extends Schema = Schema, Q extends Schema = Schema, B extends Schema = Schema> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** What the path is below; API when it says nothing. */
  base?: Base;
  /** Below the base, with `:name` for parameters. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  /** optional: anybody, but a signed-in caller is told more. */
  auth: 'none' | 'optional' | 'required';
  params?: P;
  query?: Q;
  body?: B;
  /** The body is a file, raw or in a form, that `handle` takes from the request. */
  upload?: boolean;
  /** The body is text of that kind, that `handle` takes from the request. */
  text?: 'text/csv';
  /** Status of success. */
  status: 200 | 201 | 204;
  response?: z.ZodType;
  /** What is told of the use case's answer, also when it is replayed for an idempotency key; all of it when there is none. */
  view?: (answer: never) => unknown;
  /** Answers with a file, piece by piece: what `handle` gives is an iterable of text. */
  file?: { type: string; name: string };
  /** Answers with an entity tag, to be asked again with If-None-Match. */
  cache?: 'public' | 'private';
  /** Honours Idempotency-Key. */
  idempotent?: boolean;
  errors?: number[];
  handle(call: { ctx: Context; params: Output<P>; query: Output<Q>; body: Output<B>; req: Request; res: Response }): Promise<unknown>;
}

/** Gives a route literal its types. */
export function route<P extends Schema = undefined, Q extends Schema = undefined, B extends Schema = undefined>(
  definition: Route<P, Q, B>,
): Route {
  return definition;
}

/** The whole path of a route, with `:name` for parameters. */
export const pathOf = ({ base = API, path }: Pick<Route, 'base' | 'path'>): string => `${base}${path}`;

/** Where a path is told from another by its words, it is asked before one that takes anything there: /ratings/mine before /ratings/:id. */
const bySpecificity = (a: string, b: string) => (a.replaceAll('/:', '/~') < b.replaceAll('/:', '/~') ? -1 : 1);

/** An Express router for routes, by their whole paths. A known path with another method answers 405. */
export function restRouter(routes: Route[], container: Container, limits: Limits): Router {
  const router = express.Router();
  const parseBody = express.json({ limit: '64kb', strict: false });
  for (const path of [...new Set(routes.map(pathOf))].sort(bySpecificity)) {
    const here = routes.filter((definition) => pathOf(definition) === path);
    for (const definition of here) {
      const limiter = definition.method === 'get' ? limits.readLimiter : limits.createLimiter;
      const handlers: RequestHandler[] = [nameEndpoint(definition), requireAuth(definition), limiter.middleware];
      if (definition.body) handlers.push(requireJson, parseBody);
      router[definition.method](path, ...handlers, (req, res) => answer(definition, container, req, res));
    }
    const allowed = here.map(({ method }) => method.toUpperCase()).join(', ');
    router.all(path, (_req, res) => {
      res.setHeader('Allow', allowed);
      throw new AppError('METHOD_NOT_ALLOWED');
    });
  }
  return router;
}

function nameEndpoint(definition: Route): RequestHandler {
  const endpoint = `${definition.method.toUpperCase()} ${pathOf(definition)}`;
  return (req, _res, next) => {
    exchangeOf(req).endpoint = endpoint;
    next();
  };
}

function requireAuth(definition: Route): RequestHandler {
  return (req: Request, _res: Response, next: NextFunction) => {
    if (definition.auth === 'required' && exchangeOf(req).actor.kind !== 'user') throw new AppError('UNAUTHENTICATED');
    next();
  };
}

/** JSON is UTF-8 (RFC 8259); the parser would read other charsets too. */
const requireJson: RequestHandler = (req, _res, next) => {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(req.get('content-type') ?? '')?.[1] ?? 'utf-8';
  if (!req.is('application/json') || !/^utf-?8$/i.test(charset)) throw new AppError('UNSUPPORTED_MEDIA_TYPE');
  next();
};

function parse<S extends Schema>(schema: S, value: unknown, part = ''): Output<S> {
  if (!schema) return undefined as Output<S>;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidInput(parsed.error, part);
  return parsed.data as Output<S>;
}

async function answer(definition: Route, container: Container, req: Request, res: Response): Promise<void> {
  const params = parse(definition.params, req.params);
  const query = parse(definition.query, req.query);
  const body = parse(definition.body, req.body);
  const told = (definition.view ?? ((all: unknown) => all)) as (all: unknown) => unknown;
  const claim = definition.idempotent ? await claimIdempotencyKey(container, req, definition.status, told) : null;
  if (claim && 'body' in claim) {
    res.setHeader('Idempotency-Replayed', 'true');
    send(definition, req, res, claim.body, claim.status);
    return;
  }
  try {
    const ctx = contextOf(container, req, claim?.beforeCommit);
    const result = await definition.handle({ ctx, params, query, body, req, res });
    if (res.headersSent) return;
    if (definition.file) return await sendFile(definition.file, res, result as AsyncIterable<string>);
    send(definition, req, res, result === undefined ? '' : JSON.stringify(told(result)), definition.status);
  } catch (error) {
    await claim?.release();
    throw error;
  }
}

/** The first piece is awaited before anything is said: what fails until then is an ordinary refusal. */
async function sendFile({ type, name }: { type: string; name: string }, res: Response, pieces: AsyncIterable<string>): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  res
    .setHeader('Content-Type', type)
    .setHeader('Content-Disposition', `attachment; filename="${name}"`)
    .setHeader('Cache-Control', 'no-store');
  async function* all() {
    if (!first.done) yield first.value;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  await pipeline(Readable.from(all()), res);
}

function send(definition: Route, req: Request, res: Response, body: string, status: number): void {
  res.setHeader('Cache-Control', definition.cache ? `${definition.cache}, no-cache` : 'no-store');
  if (definition.cache) {
    const etag = entityTag(body);
    res.setHeader('ETag', etag);
    if (definition.cache === 'private') res.vary('Cookie').vary('Authorization');
    if (isFresh(req, etag)) {
      res.status(304).end();
      return;
    }
  }
  res.status(status);
  if (body === '') {
    res.end();
    return;
  }
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.end(body);
}

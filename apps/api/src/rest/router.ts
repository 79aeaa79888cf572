import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { JSON_BYTES_MAX } from '@assay/contract';
import { AppError } from '@assay/core';
import { hasBody } from '@assay/runtime';
import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Container } from '../container.ts';
import { requireSignedIn } from '../http/auth.ts';
import { entityTag, isFresh } from '../http/conditional.ts';
import { requireShallow } from '../http/depth.ts';
import { exchangeOf } from '../http/exchange.ts';
import type { Limits } from '../http/limits.ts';
import { pathOf, type Route } from './route.ts';

/** Words are asked before parameters: /ratings/mine before /ratings/:id. */
const bySpecificity = (a: string, b: string) => (a.replaceAll('/:', '/~') < b.replaceAll('/:', '/~') ? -1 : 1);

/**
 * An Express router for routes, by their whole paths. A known path with another method answers 405.
 * @param inTurn lets a few requests of each client be worked on at the same time
 */
export function restRouter(routes: readonly Route[], container: Container, limits: Limits, inTurn: RequestHandler): Router {
  const router = express.Router();
  const parseBody = express.json({ limit: JSON_BYTES_MAX, strict: false });
  for (const path of [...new Set(routes.map(pathOf))].sort(bySpecificity)) {
    const here = routes.filter((definition) => pathOf(definition) === path);
    for (const definition of here) {
      const limiter = definition.method === 'get' ? limits.readLimiter : limits.createLimiter;
      const handlers: RequestHandler[] = [nameEndpoint(definition), requireAuth(definition), limiter.middleware];
      // Files take long, and have places of their own.
      if (!definition.upload && !definition.text && !definition.file) handlers.push(inTurn);
      if (definition.input.body) handlers.push(requireJson(definition), parseBody, limitDepth);
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
    const exchange = exchangeOf(req);
    exchange.endpoint = endpoint;
    exchange.countsByAddress = definition.countedBy === 'address';
    next();
  };
}

function requireAuth(definition: Route): RequestHandler {
  return (req: Request, _res: Response, next: NextFunction) => {
    if (definition.auth === 'required') requireSignedIn(req);
    next();
  };
}

/** JSON is UTF-8 (RFC 8259); the parser would read other charsets too. */
const requireJson =
  ({ optionalBody }: Route): RequestHandler =>
  (req, _res, next) => {
    if (optionalBody && !hasBody(req)) return next();
    const charset = /;\s*charset="?([^";\s]+)/i.exec(req.get('content-type') ?? '')?.[1] ?? 'utf-8';
    if (!req.is('application/json') || !/^utf-?8$/i.test(charset)) throw new AppError('UNSUPPORTED_MEDIA_TYPE');
    next();
  };

const limitDepth: RequestHandler = (req, _res, next) => {
  requireShallow(req.body);
  next();
};

async function answer(definition: Route, container: Container, req: Request, res: Response): Promise<void> {
  const handled = await definition.handle(container, req, res);
  if (res.headersSent) return;
  if (handled.replayed) {
    res.setHeader('Idempotency-Replayed', 'true');
    return send(definition, req, res, handled.text, handled.status);
  }
  const { answer: body } = handled;
  if (definition.file) return sendFile(definition.file, res, body as AsyncIterable<string | Uint8Array>);
  send(definition, req, res, body === undefined ? '' : JSON.stringify(body), definition.status);
}

/** The first piece is awaited before the headers are sent: what fails until then is an ordinary refusal. */
async function sendFile(
  { type, name }: { type: string; name: string },
  res: Response,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  res.setHeader('Content-Type', type).setHeader('Cache-Control', 'no-store');
  if (!res.hasHeader('Content-Disposition')) res.setHeader('Content-Disposition', `attachment; filename="${name}"`);
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

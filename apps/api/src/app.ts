import type { IncomingMessage } from 'node:http';
import { countedCalls, ERRORS, JSON_BYTES_MAX, nameOfBatch, type ErrorCode } from '@assay/contract';
import { AppError, type SecurityEvent } from '@assay/core';
import { hasValidHost } from '@assay/runtime';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import express, { type ErrorRequestHandler, type Express, type NextFunction, type Request, type Response } from 'express';
import type { Container } from './container.ts';
import { authentication, isOperator } from './http/auth.ts';
import { contextOf } from './http/context.ts';
import { beginExchange, exchangeOf, inExchange, type OnAnswer } from './http/exchange.ts';
import type { Limits } from './http/limits.ts';
import { takeTurns } from './http/places.ts';
import { logFailure, sendProblem, toAppError } from './http/problems.ts';
import { csrfProtection, setSecurityHeaders } from './http/security.ts';
import { healthRouter, type Vitals } from './http/health.ts';
import { mediaEndpoint } from './http/media.ts';
import { metricsEndpoint } from './http/metrics.ts';
import { metricsTokens, requireMetricsToken } from './http/metrics-token.ts';
import { takeProviderEvents } from './http/provider-events.ts';
import { shareImageEndpoint } from './http/share-image.ts';
import { docsRouter } from './rest/docs.ts';
import { openApiDocument } from './rest/openapi.ts';
import { restRouter } from './rest/router.ts';
import { restRoutes } from './rest/routes.ts';
import { appRouter, COUNTED_BY_ADDRESS } from './trpc/router.ts';
import { appErrorOf } from './trpc/trpc.ts';

const TRPC_BATCH_MAX = 10;

/** The API as an Express app that does not listen. */
export function createApp(container: Container, limits: Limits, onAnswer: OnAnswer, vitals: Vitals): Express {
  const { log, tokens } = container;
  const routes = restRoutes(container);
  const app = express();
  app.disable('x-powered-by').disable('etag').set('trust proxy', container.config.trustProxy).set('query parser', 'simple');

  app.use((req: Request, res: Response, next: NextFunction) => {
    const exchange = req.exchange ?? beginExchange(req, res, log, onAnswer);
    exchange.secure = req.secure;
    exchange.address = req.ip ?? '';
    res.setHeader('X-Request-Id', exchange.requestId);
    setSecurityHeaders(res, exchange.secure);
    inExchange(exchange, () => next(hasValidHost(req) ? undefined : new AppError('BAD_REQUEST')));
  });
  const { metricsTokens: operatorTokens } = container.config;
  const hasToken = metricsTokens(operatorTokens);
  app.use(healthRouter(vitals, async (req) => hasToken(req) || isOperator(req, container)));
  app.get('/metrics', operatorTokens.length > 0 ? requireMetricsToken(hasToken) : [], metricsEndpoint(container));
  app.get('/media/:name', mediaEndpoint(container));
  app.get('/media/sellers/:file', limits.readLimiter.middleware, shareImageEndpoint(container));
  takeProviderEvents(app, container, limits);
  app.use(authentication(container));
  app.use(csrfProtection(tokens));

  const document = JSON.stringify(openApiDocument(routes));
  app.get('/api/openapi.json', (_req, res) => void res.type('json').setHeader('Cache-Control', 'no-cache').send(document));
  app.use('/api/docs', docsRouter());
  const inTurn = takeTurns();
  app.use(restRouter(routes, container, limits, inTurn));
  app.use('/trpc', trpcGuard(limits), inTurn, createTrpc(container, limits));

  app.use(() => {
    throw new AppError('NOT_FOUND');
  });
  const onError: ErrorRequestHandler = (error: unknown, req, res, _next) => {
    countRefusal(container, req, toAppError(error).code);
    sendProblem(req, res, error, log);
  };
  app.use(onError);
  return app;
}

/** Refusals that are security events wherever they happen; use cases report the others, which know the account. */
const SECURITY_EVENT_OF: Partial<Record<ErrorCode, SecurityEvent>> = {
  CSRF_FAILED: 'csrf-refused',
  FORBIDDEN: 'access-refused',
  OWN_ACCOUNT: 'access-refused',
  OWN_CASE: 'access-refused',
  OWN_DECISION: 'access-refused',
  OWN_VERIFICATION: 'access-refused',
};

/** By its code. That ratings are off says nothing about how they do: such answers are no samples of theirs. */
function countRefusal(container: Container, req: IncomingMessage, code: ErrorCode): void {
  const { metrics } = container;
  metrics.refused(code);
  const exchange = exchangeOf(req);
  exchange.refusal = code;
  const event = SECURITY_EVENT_OF[code] ?? (code === 'UNAUTHENTICATED' && req.headers.authorization ? 'token-refused' : null);
  if (event) container.context(exchange.actor, exchange.requestId, undefined, undefined, exchange.address).securityEvent(event);
  if (code === 'RATINGS_OFF') exchange.endpoint = null;
}

/** Counts the request before tRPC reads it; {@link createTrpc} counts the other calls of a batch. */
function trpcGuard(limits: Limits) {
  return (req: Request, res: Response, next: NextFunction) => {
    exchangeOf(req).endpoint = endpointOf([]); // until tRPC knows its calls
    if (req.method === 'GET' && !isJson(req.query.input)) throw new AppError('MALFORMED_JSON');
    void limiterOf(limits, req).middleware(req, res, next);
  };
}

const limiterOf = ({ readLimiter, createLimiter }: Limits, { method }: IncomingMessage) => (method === 'GET' ? readLimiter : createLimiter);

/** "trpc ratings.list": a batch is counted under one procedure, and what is none of ours under one name. */
function endpointOf(procedures: string[]): string {
  const name = nameOfBatch(procedures);
  return `trpc ${Object.hasOwn(appRouter._def.procedures, name) ? name : 'unknown'}`;
}

/** tRPC would take a query that is no JSON for a fault of ours. */
function isJson(text: unknown): boolean {
  if (text === undefined) return true;
  if (typeof text !== 'string') return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** tRPC decodes the path and splits it into calls: they are judged by its own list, never by the path. */
function createTrpc(container: Container, limits: Limits) {
  return createExpressMiddleware({
    router: appRouter,
    async createContext({ req, res, info }) {
      const paths = info.calls.map(({ path }) => path);
      exchangeOf(req).endpoint = endpointOf(paths);
      const refusal = await refusalOf(limits, req, res, paths);
      return { ctx: contextOf(container, req), container, req, res, refusal };
    },
    maxBatchSize: TRPC_BATCH_MAX,
    maxBodySize: JSON_BYTES_MAX,
    onError({ error, req }) {
      const known = appErrorOf(error);
      countRefusal(container, req, known.code);
      if (ERRORS[known.code].status >= 500) logFailure(req, known.code, error.cause ?? error, container.log);
    },
    responseMeta: () => ({ headers: { 'cache-control': 'no-store' } }),
  });
}

/** Each call of a batch is counted, and a change travels alone. */
async function refusalOf(limits: Limits, req: Request, res: Response, calls: string[]): Promise<AppError | null> {
  if (req.method !== 'GET' && calls.length > 1) return new AppError('BAD_REQUEST');
  try {
    const limiter = limiterOf(limits, req);
    await limiter.countMore(req, res, countedCalls(calls) - 1);
    const exchange = exchangeOf(req);
    if (exchange.actor.kind === 'user' && calls.some((call) => COUNTED_BY_ADDRESS.has(call))) {
      exchange.countsByAddress = true;
      await limiter.countMore(req, res, 1);
    }
    return null;
  } catch (error) {
    return toAppError(error);
  }
}

import type { IncomingMessage } from 'node:http';
import { AppError } from '@assay/core';
import type { NextFunction, Request, Response } from 'express';
import { ipKeyGenerator, MemoryStore, rateLimit, type RateLimitRequestHandler, type Store } from 'express-rate-limit';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { exchangeOf } from './exchange.ts';

export interface Limiter {
  readonly middleware: RateLimitRequestHandler;
  readonly name: string;
  readonly store: Store;
  readonly max: number;
  readonly windowMs: number;
}

export interface Limits {
  /** For what creates or changes something. */
  createLimiter: Limiter;
  /** For reading. */
  readLimiter: Limiter;
  /** Requests refused since the process began, by limiter. */
  violations: Record<string, number>;
}

/** Where counts live: in this process, or in Redis so that several processes count together. */
export type StoreFactory = (prefix: string) => Store;
const inThisProcess: StoreFactory = () => new MemoryStore();

/** One budget for each signed-in user; for everybody else, one for each address (a /56 of IPv6). */
export function limitKey(req: IncomingMessage): string {
  const { actor, address } = exchangeOf(req);
  return actor.kind === 'user' ? `user:${actor.id}` : `ip:${address ? ipKeyGenerator(address) : 'unknown'}`;
}

export function createLimits(limits: Config['limits'], log: Logger, storeFor: StoreFactory = inThisProcess): Limits {
  const violations: Record<string, number> = {};
  const limiter = (name: string, max: number): Limiter => {
    const store = storeFor(`${name}:`);
    violations[name] = 0;
    const refuse = (req: Request, res: Response, next: NextFunction) => {
      violations[name] = (violations[name] ?? 0) + 1;
      log.warn({ requestId: exchangeOf(req).requestId, limiter: name, violations: violations[name] }, 'rate limit');
      next(new AppError('RATE_LIMITED', { retryAfterS: Number(res.getHeader('Retry-After') ?? 1) }));
    };
    const middleware = rateLimit({
      windowMs: limits.windowMs,
      limit: max,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      identifier: name,
      keyGenerator: limitKey,
      store,
      // A shared store that is down must not take the product down with it.
      passOnStoreError: true,
      handler: refuse,
    });
    return { middleware, name, store, max, windowMs: limits.windowMs };
  };
  return { createLimiter: limiter('createLimiter', limits.createMax), readLimiter: limiter('readLimiter', limits.readMax), violations };
}

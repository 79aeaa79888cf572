import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AppError } from '@assay/core';
import type { NextFunction, Request, Response } from 'express';
import { ipKeyGenerator, MemoryStore, rateLimit, type Options, type RateLimitRequestHandler, type Store } from 'express-rate-limit';
import type { Config } from '../config.ts';
import { exchangeOf } from './exchange.ts';
import type { Logger } from '../logger.ts';

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

/** Keeps what was computed for the last 10,000 texts. */
function memoized(compute: (text: string) => string): (text: string) => string {
  const kept = new Map<string, string>();
  return (text) => {
    let result = kept.get(text);
    if (result === undefined) {
      result = compute(text);
      if (kept.size >= 10_000) kept.delete(kept.keys().next().value!);
      kept.set(text, result);
    }
    return result;
  };
}

/** One budget for an address (a /56 of IPv6). */
export const addressKey = memoized((address) => `ip:${address ? ipKeyGenerator(address) : 'unknown'}`);

/** The partition key of draft 8, as the limiter itself computes it. */
const partitionOf = memoized((key) => Buffer.from(createHash('sha256').update(key).digest('hex').slice(0, 12)).toString('base64'));

/** What the limiter's library reports, as lines of the product's log: by default it prints plain text. */
function loggedBy(log: Logger): NonNullable<Options['logger']> {
  return {
    warn: (error, message = 'rate limits') => log.warn({ err: error }, message),
    error: (error, message = 'rate limits') => log.error({ err: error }, message),
  };
}

/** One budget for each signed-in user, and for each address that others come from; sign-ins are always the address's. */
function limitKey(req: IncomingMessage): string {
  const { actor, address, countsByAddress } = exchangeOf(req);
  return actor.kind === 'user' && !countsByAddress ? `user:${actor.id}` : addressKey(address);
}

/**
 * Counts one request outside Express and returns the headers that the limiter's middleware would set, name by value.
 * Null when the budget is spent.
 */
export async function rateLimitHeaders({ store, name, max, windowMs }: Limiter, key: string): Promise<string[] | null> {
  const { totalHits, resetTime } = await store.increment(key);
  if (totalHits > max) return null;
  const resetS = Math.max(0, Math.ceil(((resetTime?.getTime() ?? Date.now() + windowMs) - Date.now()) / 1000));
  return [
    'RateLimit',
    `"${name}"; r=${max - totalHits}; t=${resetS}`,
    'RateLimit-Policy',
    `"${name}"; q=${max}; w=${Math.ceil(windowMs / 1000)}; pk=:${partitionOf(key)}:`,
  ];
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
      logger: loggedBy(log),
      handler: refuse,
    });
    return { middleware, name, store, max, windowMs: limits.windowMs };
  };
  return { createLimiter: limiter('createLimiter', limits.createMax), readLimiter: limiter('readLimiter', limits.readMax), violations };
}

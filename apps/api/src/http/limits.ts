import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError, type Actor } from '@assay/core';
import type { NextFunction, Request, Response } from 'express';
import {
  ipKeyGenerator,
  MemoryStore,
  rateLimit,
  type ClientRateLimitInfo,
  type Options,
  type RateLimitRequestHandler,
  type Store,
} from 'express-rate-limit';
import type { Config } from '../config.ts';
import { exchangeOf } from './exchange.ts';
import type { Logger } from '../logger.ts';

export interface Limiter {
  /** Counts a request once. */
  readonly middleware: RateLimitRequestHandler;
  /** Counts a request that stands for several calls that many times more. @throws AppError RATE_LIMITED */
  countMore(req: IncomingMessage, res: ServerResponse, calls: number): Promise<void>;
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
  /** For opening WebSockets and for what clients say on them. */
  liveLimiter: Limiter;
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

/** One budget for each signed-in user; for everyone else, one for each address. */
const budgetKey = (actor: Actor, address: string): string => (actor.kind === 'user' ? `user:${actor.id}` : addressKey(address));

/** The budget of a request; sign-ins always count for their address. */
export function budgetKeyOf(req: IncomingMessage): string {
  const { actor, address, countsByAddress } = exchangeOf(req);
  return countsByAddress ? addressKey(address) : budgetKey(actor, address);
}

const secondsUntil = (resetTime: Date | undefined, windowMs: number): number =>
  Math.max(0, Math.ceil(((resetTime?.getTime() ?? Date.now() + windowMs) - Date.now()) / 1000));

/**
 * Counts one request outside Express and returns the headers that the limiter's middleware would set, name by value.
 * Null when the budget is spent.
 */
export async function rateLimitHeaders({ store, name, max, windowMs }: Limiter, key: string): Promise<string[] | null> {
  const { totalHits, resetTime } = await store.increment(key);
  if (totalHits > max) return null;
  const resetS = secondsUntil(resetTime, windowMs);
  return [
    'RateLimit',
    `"${name}"; r=${max - totalHits}; t=${resetS}`,
    'RateLimit-Policy',
    `"${name}"; q=${max}; w=${Math.ceil(windowMs / 1000)}; pk=:${partitionOf(key)}:`,
  ];
}

/** Counts something that is no request. False when the budget is spent; a store that fails spends none. */
export const isWithinBudget = (limiter: Limiter, key: string): Promise<boolean> => rateLimitHeaders(limiter, key).then(Boolean, () => true);

export function createLimits(limits: Config['limits'], log: Logger, storeFor: StoreFactory = inThisProcess): Limits {
  const violations: Record<string, number> = {};
  const limiter = (name: string, max: number): Limiter => {
    const store = storeFor(`${name}:`);
    const { windowMs } = limits;
    violations[name] = 0;
    const refusal = (req: IncomingMessage, retryAfterS: number) => {
      violations[name] = (violations[name] ?? 0) + 1;
      log.warn({ requestId: exchangeOf(req).requestId, limiter: name, violations: violations[name] }, 'rate limit');
      return new AppError('RATE_LIMITED', { retryAfterS });
    };
    const middleware = rateLimit({
      windowMs,
      limit: max,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      identifier: name,
      keyGenerator: budgetKeyOf,
      store,
      // A shared store that is down must not take the product down with it.
      passOnStoreError: true,
      logger: loggedBy(log),
      handler: (req: Request, res: Response, next: NextFunction) => next(refusal(req, Number(res.getHeader('Retry-After') ?? 1))),
    });
    const countMore = async (req: IncomingMessage, res: ServerResponse, calls: number) => {
      const key = budgetKeyOf(req);
      let hits: ClientRateLimitInfo | undefined;
      try {
        // Counted in the order in which they were sent: the last one has the sum.
        hits = (await Promise.all(Array.from({ length: calls }, async () => store.increment(key)))).at(-1);
      } catch (error) {
        log.error({ err: error }, 'rate limits'); // as above: it passes
      }
      if (!hits) return;
      const resetS = secondsUntil(hits.resetTime, windowMs);
      res.setHeader('RateLimit', `"${name}"; r=${Math.max(0, max - hits.totalHits)}; t=${resetS}`);
      if (hits.totalHits <= max) return;
      res.setHeader('Retry-After', String(resetS));
      throw refusal(req, resetS);
    };
    return { middleware, countMore, name, store, max, windowMs };
  };
  return {
    createLimiter: limiter('createLimiter', limits.createMax),
    readLimiter: limiter('readLimiter', limits.readMax),
    liveLimiter: limiter('liveLimiter', limits.readMax),
    violations,
  };
}

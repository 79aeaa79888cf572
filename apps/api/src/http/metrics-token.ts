import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AppError } from '@assay/core';
import type { RequestHandler } from 'express';

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Whether a request has a token of METRICS_TOKEN, for programs that read metrics and the parts of /health.
 * @param tokens several while one is replaced
 */
export function metricsTokens(tokens: readonly string[]): (req: IncomingMessage) => boolean {
  const hashes = tokens.map(hashOf);
  return ({ headers: { authorization } }) => {
    const given = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (given === undefined) return false;
    const hash = hashOf(given);
    return hashes.some((one) => timingSafeEqual(one, hash));
  };
}

/** Refuses requests without the token. @throws AppError UNAUTHENTICATED */
export const requireMetricsToken =
  (hasToken: (req: IncomingMessage) => boolean): RequestHandler =>
  (req, _res, next) => {
    if (!hasToken(req)) throw new AppError('UNAUTHENTICATED', { message: 'Send the token of METRICS_TOKEN.' });
    next();
  };

import type { IncomingMessage, ServerResponse } from 'node:http';
import { UPLOAD_PATHS } from '@assay/contract';
import { AppError } from '@assay/core';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import type { Tokens } from '../services/tokens.ts';
import { exchangeOf } from './exchange.ts';
import { isOriginOf } from './origin.ts';
import { isUploadForm } from './upload.ts';

/**
 * What helmet sets for an API that answers with data. The same for every answer, so computed once; without the headers
 * that speak of pages only (DNS prefetching, old Internet Explorer and Flash).
 */
const SECURITY_HEADERS = collectHeaders(
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], 'base-uri': ["'none'"] },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  }),
);
const HSTS = 'max-age=31536000; includeSubDomains';

function collectHeaders(middleware: ReturnType<typeof helmet>): [string, string][] {
  const headers: [string, string][] = [];
  const response = { setHeader: (name: string, value: string) => headers.push([name, value]), removeHeader: () => {} };
  middleware({} as IncomingMessage, response as unknown as ServerResponse, () => {});
  return headers;
}

/** Security headers by name. HSTS only behind TLS: over plain http it would mean nothing, or lock visitors out. */
export function securityHeaders(secure: boolean): Record<string, string> {
  return { ...Object.fromEntries(SECURITY_HEADERS), ...(secure ? { 'Strict-Transport-Security': HSTS } : {}) };
}

export function setSecurityHeaders(res: ServerResponse, secure: boolean): void {
  for (const [name, value] of SECURITY_HEADERS) res.setHeader(name, value);
  if (secure) res.setHeader('Strict-Transport-Security', HSTS);
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
// These act on the refresh token itself, which SameSite keeps from other sites; the page may have no CSRF token yet.
const ORIGIN_IS_ENOUGH = new Set(['/api/v1/auth/refresh', '/api/v1/auth/logout']);

/**
 * Cross-site request forgery: a request that changes something must come from our own origin where the browser names one,
 * and carry the session's CSRF token where a cookie proves who it is. A bearer token proves itself.
 */
export function csrfProtection(tokens: Tokens) {
  return (req: Request, _res: Response, next: NextFunction): void => {
    const exchange = exchangeOf(req);
    const { actor, provenBy } = exchange;
    if (SAFE_METHODS.has(req.method) || provenBy === 'bearer') return next();
    if (!isOwnOrigin(req)) throw new AppError('CSRF_FAILED');
    if (provenBy === 'cookie' && actor.kind === 'user' && !ORIGIN_IS_ENOUGH.has(req.path)) {
      const token = req.get('x-csrf-token');
      // An upload's form may carry the token in a field, `csrf`, before its file; its handler refuses it otherwise.
      if (token === undefined && req.method === 'POST' && UPLOAD_PATHS.includes(req.path) && isUploadForm(req)) exchange.csrfPending = true;
      else if (!tokens.isCsrfToken(actor.sessionId, token ?? '')) throw new AppError('CSRF_FAILED');
    }
    next();
  };
}

/** No Origin at all is a client that is not a browser. */
function isOwnOrigin(req: Request): boolean {
  const origin = req.get('origin');
  if (req.get('sec-fetch-site') === 'cross-site') return false;
  return !origin || isOriginOf(origin, req.host);
}

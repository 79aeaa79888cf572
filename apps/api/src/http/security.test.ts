import type { AppError } from '@assay/core';
import type { Request, Response } from 'express';
import { describe, expect, it } from 'vitest';
import { jwtTokens } from '../services/tokens.ts';
import { csrfProtection, securityHeaders } from './security.ts';

const tokens = jwtTokens({ secret: 'only tests know this', ttlS: 900 });
const protect = csrfProtection(tokens);
const TOKEN = tokens.csrfToken('session-1');

interface Sent {
  method?: string;
  path?: string;
  provenBy?: 'cookie' | 'bearer' | null;
  headers?: Record<string, string>;
}

/** Does a request to shop.example pass? */
function passes({ method = 'POST', path = '/api/v1/ratings', provenBy = 'cookie', headers = {} }: Sent): boolean {
  const actor = provenBy ? { kind: 'user', id: 2, roles: [], sessionId: 'session-1' } : { kind: 'anonymous' };
  const req = { method, path, host: 'shop.example', get: (name: string) => headers[name], exchange: { actor, provenBy } };
  let passed = false;
  try {
    protect(req as unknown as Request, {} as Response, () => (passed = true));
  } catch (error) {
    expect((error as AppError).code).toBe('CSRF_FAILED');
  }
  return passed;
}

const own = { origin: 'https://shop.example', 'x-csrf-token': TOKEN };

describe('a request passes', () => {
  it.each<[string, Sent]>([
    ['from our own page with the session’s token', { headers: own }],
    ['with the token from a client that names no origin', { headers: { 'x-csrf-token': TOKEN } }],
    ['that only reads', { method: 'GET', headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } }],
    ['whose bearer token proves who it is', { provenBy: 'bearer', headers: { origin: 'https://app.example' } }],
    ['of a visitor, from our own page', { provenBy: null, headers: { origin: 'https://shop.example' } }],
    ['that refreshes the session, from our own page', { path: '/api/v1/auth/refresh', headers: { origin: 'https://shop.example' } }],
    ['that signs out, from our own page', { path: '/api/v1/auth/logout' }],
  ])('%s', (_name, sent) => {
    expect(passes(sent)).toBe(true);
  });
});

describe('a request is refused', () => {
  it.each<[string, Sent]>([
    ['without the token', { headers: { origin: 'https://shop.example' } }],
    ['with an empty token', { headers: { ...own, 'x-csrf-token': '' } }],
    ['with the token of another session', { headers: { ...own, 'x-csrf-token': tokens.csrfToken('session-2') } }],
    ['with a token that is longer', { headers: { ...own, 'x-csrf-token': `${TOKEN}x` } }],
    ['with a token of another secret', { headers: { ...own, 'x-csrf-token': jwtTokens({ secret: 'x', ttlS: 1 }).csrfToken('session-1') } }],
    ['from another site, even with the token', { headers: { ...own, origin: 'https://evil.example' } }],
    ['from another port', { headers: { ...own, origin: 'https://shop.example:8443' } }],
    ['from a domain that only begins like ours', { headers: { ...own, origin: 'https://shop.example.evil.example' } }],
    ['from a sandboxed page', { headers: { ...own, origin: 'null' } }],
    ['that the browser calls cross-site', { headers: { 'x-csrf-token': TOKEN, 'sec-fetch-site': 'cross-site' } }],
    ['of a visitor, from another site', { provenBy: null, headers: { origin: 'https://evil.example' } }],
    ['that refreshes the session from another site', { path: '/api/v1/auth/refresh', headers: { origin: 'https://evil.example' } }],
    ['below an address that needs no token', { path: '/api/v1/auth/refresh/x' }],
    ...['PUT', 'PATCH', 'DELETE', 'get', 'TRACE'].map((method): [string, Sent] => [`with ${method} and no token`, { method }]),
  ])('%s', (_name, sent) => {
    expect(passes(sent)).toBe(false);
  });
});

describe('security headers', () => {
  it('speak of HSTS behind TLS only', () => {
    const plain = securityHeaders(false);
    expect(plain).toMatchObject({
      'Content-Security-Policy': "default-src 'none';frame-ancestors 'none';base-uri 'none'",
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
    });
    expect(plain).not.toHaveProperty('Strict-Transport-Security');
    expect(securityHeaders(true)).toEqual({ ...plain, 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' });
  });
});

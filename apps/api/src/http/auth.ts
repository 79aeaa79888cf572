import type { IncomingMessage } from 'node:http';
import { DEVICE_COOKIE, SESSION_COOKIES as COOKIES, VISITOR_COOKIE, VISITOR_ID } from '@assay/contract';
import { AppError, type Actor, type OpenedSession, type SignInClient, type UserActor } from '@assay/core';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { NextFunction, Request, Response } from 'express';
import type { KnownDevices } from '../services/devices.ts';
import type { Tokens } from '../services/tokens.ts';
import { exchangeOf } from './exchange.ts';
import { addressKey } from './limits.ts';

/**
 * Who sends this request. A bearer token wins over a cookie.
 * @throws AppError UNAUTHENTICATED when a bearer token is given that is not good; a stale cookie means a visitor
 */
export function identify(req: IncomingMessage, tokens: Tokens): void {
  const exchange = exchangeOf(req);
  const { authorization } = req.headers;
  if (authorization !== undefined) {
    const token = /^Bearer ([\w.-]+)$/i.exec(authorization)?.[1];
    const actor = token ? tokens.verifyAccessToken(token) : null;
    if (!actor) throw new AppError('UNAUTHENTICATED', { message: 'The bearer token is not valid, or no longer.' });
    exchange.actor = actor;
    exchange.provenBy = 'bearer';
    return;
  }
  exchange.actor = actorOf(req, tokens);
  if (exchange.actor.kind === 'user') exchange.provenBy = 'cookie';
}

function byCookie(cookie: string | undefined, tokens: Tokens): UserActor | null {
  const token = cookie?.includes(COOKIES.access) ? parseCookie(cookie)[COOKIES.access] : undefined;
  return token ? tokens.verifyAccessToken(token) : null;
}

/** The actor by the cookies alone: enough for WebSockets, which only read. */
export function actorOf({ headers: { cookie } }: IncomingMessage, tokens: Tokens): Actor {
  const user = byCookie(cookie, tokens);
  if (user) return user;
  const visitorId = cookie?.includes(VISITOR_COOKIE) ? parseCookie(cookie)[VISITOR_COOKIE] : undefined;
  return { kind: 'anonymous', ...(visitorId && VISITOR_ID.test(visitorId) ? { visitorId } : {}) };
}

export function authentication(tokens: Tokens) {
  return (req: Request, _res: Response, next: NextFunction): void => {
    identify(req, tokens);
    next();
  };
}

export function refreshTokenOf(req: Request): string | null {
  return parseCookie(req.get('cookie') ?? '')[COOKIES.refresh] ?? null;
}

/** The cookies of a session: two that scripts cannot read, and the CSRF token that our own pages send back. */
export function setSessionCookies(req: Request, res: Response, session: OpenedSession, tokens: Tokens): void {
  const { secure } = exchangeOf(req);
  const common = { path: '/', sameSite: 'lax', secure } as const;
  const set = (name: string, value: string, httpOnly: boolean, expires?: Date) =>
    res.append('Set-Cookie', stringifySetCookie({ name, value, ...common, httpOnly, ...(expires ? { expires } : {}) }));
  set(COOKIES.access, session.answer.token, true, new Date(session.answer.expiresAt));
  if (!session.refresh) return;
  set(COOKIES.refresh, session.refresh.token, true, session.refresh.expiresAt);
  set(COOKIES.csrf, tokens.csrfToken(session.sessionId), false, session.refresh.expiresAt);
}

export function clearSessionCookies(req: Request, res: Response): void {
  const { secure } = exchangeOf(req);
  for (const [kind, name] of Object.entries(COOKIES)) {
    res.append(
      'Set-Cookie',
      stringifySetCookie({ name, value: '', path: '/', sameSite: 'lax', secure, httpOnly: kind !== 'csrf', maxAge: 0 }),
    );
  }
}

const DEVICE_MS = 365 * 24 * 3_600_000;

/** Where a sign-in comes from: its address and its browser. */
export const clientOf = (req: Request): SignInClient => ({
  device: deviceOf(req),
  address: addressKey(exchangeOf(req).address),
  deviceToken: deviceTokenOf(req),
});

const deviceTokenOf = (req: Request): string | null => parseCookie(req.get('cookie') ?? '')[DEVICE_COOKIE] ?? null;

/** Lets the browser be recognised when this account signs in on it again. */
export function setDeviceCookie(req: Request, res: Response, userId: number, devices: KnownDevices): void {
  const { secure } = exchangeOf(req);
  const value = devices.remember(deviceTokenOf(req), userId);
  const options = { path: '/', sameSite: 'lax', httpOnly: true, secure, expires: new Date(Date.now() + DEVICE_MS) } as const;
  res.append('Set-Cookie', stringifySetCookie({ name: DEVICE_COOKIE, value, ...options }));
}

/** The device in a list of sessions: the browser's own words, shortened. */
function deviceOf(req: Request): string | null {
  return (
    req
      .get('user-agent')
      ?.replace(/[^\x20-\x7E]/g, '')
      .slice(0, 300) || null
  );
}

import type { IncomingMessage } from 'node:http';
import { cookieNames, VISITOR_ID, type CookieNames, type SecondFactorNeeded } from '@assay/contract';
import {
  AppError,
  requireOperator,
  type Actor,
  type OpenedSession,
  type SignInClient,
  type SignInDevice,
  type UserActor,
} from '@assay/core';
import { within } from '@assay/runtime';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { NextFunction, Request, Response } from 'express';
import type { KnownDevices } from '../services/devices.ts';
import type { SessionOwners } from '../services/session-owners.ts';
import type { Tokens } from '../services/tokens.ts';
import { exchangeOf } from './exchange.ts';
import { addressKey } from './limits.ts';

/** What is needed to know who sends a request. */
export interface Authenticators {
  tokens: Tokens;
  sessions: SessionOwners;
}

/** Who sends a request, by its cookies. */
interface ByCookie {
  actor: Actor;
  /** The session has ended since the access token was issued. */
  ended: boolean;
  /** There is an access token, and it is worth nothing. */
  stale: boolean;
}

/**
 * Who sends this request, as session and account are now. A bearer token wins over a cookie.
 * @throws AppError UNAUTHENTICATED, SESSION_ENDED for a bearer token; with a stale cookie one is a visitor, see {@link requireSignedIn}
 */
export async function identify(req: IncomingMessage, by: Authenticators): Promise<{ stale: boolean }> {
  const exchange = exchangeOf(req);
  const { authorization } = req.headers;
  if (authorization === undefined) {
    const { actor, ended, stale } = await actorOf(req, exchange.secure, by);
    Object.assign(exchange, { actor, sessionEnded: ended, provenBy: actor.kind === 'user' ? 'cookie' : null });
    return { stale };
  }
  exchange.actor = await bearerOf(authorization, by);
  exchange.provenBy = 'bearer';
  return { stale: false };
}

/** @throws AppError UNAUTHENTICATED, SESSION_ENDED */
async function bearerOf(authorization: string, by: Authenticators): Promise<UserActor> {
  const token = /^Bearer ([\w.-]+)$/i.exec(authorization)?.[1];
  const claims = token ? by.tokens.verifyAccessToken(token) : null;
  if (!claims) throw new AppError('UNAUTHENTICATED', { message: 'The bearer token is not valid, or no longer.' });
  const actor = await by.sessions.actorOf(claims);
  if (!actor) throw new AppError('SESSION_ENDED');
  return actor;
}

/** Who opens a WebSocket: a page by its cookies, a program by a bearer token. `ended`: the proof counts no more. */
export async function listenerOf(req: IncomingMessage, secure: boolean, by: Authenticators): Promise<Pick<ByCookie, 'actor' | 'ended'>> {
  const { authorization } = req.headers;
  if (authorization === undefined) return actorOf(req, secure, by);
  try {
    return { actor: await bearerOf(authorization, by), ended: false };
  } catch (error) {
    if (error instanceof AppError) return { actor: { kind: 'anonymous' }, ended: true };
    throw error;
  }
}

/**
 * Who sends a request by its cookies alone.
 * @param secure behind TLS, where other cookies count
 */
async function actorOf({ headers: { cookie } }: IncomingMessage, secure: boolean, { tokens, sessions }: Authenticators): Promise<ByCookie> {
  const { access, visitor } = cookieNames(secure);
  const { [access]: token, [visitor]: visitorId } = cookie?.includes(access) || cookie?.includes(visitor) ? parseCookie(cookie) : {};
  const claims = token ? tokens.verifyAccessToken(token) : null;
  const user = claims && (await sessions.actorOf(claims));
  const browser = visitorId && VISITOR_ID.test(visitorId) ? { visitorId } : {};
  if (user) return { actor: { ...user, ...browser }, ended: false, stale: false };
  return { actor: { kind: 'anonymous', ...browser }, ended: claims !== null, stale: token !== undefined };
}

/** How long an operator is waited for while the database does not answer. */
const OPERATOR_WITHIN_MS = 1000;

/** Whether an operator sends this request. False, too, where that cannot be found out. */
export async function isOperator(req: IncomingMessage, by: Authenticators): Promise<boolean> {
  try {
    await within(OPERATOR_WITHIN_MS, identify(req, by));
    requireOperator(exchangeOf(req).actor);
    return true;
  } catch {
    return false;
  }
}

export function authentication(by: Authenticators) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    // A browser has no use for a stale token: its next request renews the session, or is a visitor's.
    if ((await identify(req, by)).stale) clearCookies(req, res, ['access']);
    next();
  };
}

/** @throws AppError UNAUTHENTICATED, SESSION_ENDED */
export function requireSignedIn(req: IncomingMessage): void {
  const { actor, sessionEnded } = exchangeOf(req);
  if (actor.kind !== 'user') throw new AppError(sessionEnded ? 'SESSION_ENDED' : 'UNAUTHENTICATED');
}

export const refreshTokenOf = (req: Request): string | null => cookieOf(req, 'refresh');

const cookieOf = (req: Request, kind: keyof CookieNames): string | null =>
  parseCookie(req.get('cookie') ?? '')[cookieNames(exchangeOf(req).secure)[kind]] ?? null;

/** The cookies of a session: two that scripts cannot read, and the CSRF token that our own pages send back. */
export function setSessionCookies(req: Request, res: Response, session: OpenedSession, tokens: Tokens): void {
  const { secure } = exchangeOf(req);
  const common = { path: '/', sameSite: 'lax', secure } as const;
  const names = cookieNames(secure);
  const set = (name: string, value: string, httpOnly: boolean, expires?: Date) =>
    res.append('Set-Cookie', stringifySetCookie({ name, value, ...common, httpOnly, ...(expires ? { expires } : {}) }));
  set(names.access, session.answer.token, true, new Date(session.answer.expiresAt));
  if (!session.refresh) return;
  set(names.refresh, session.refresh.token, true, session.refresh.expiresAt);
  set(names.csrf, tokens.csrfToken(session.sessionId), false, session.refresh.expiresAt);
}

export const clearSessionCookies = (req: Request, res: Response): void => clearCookies(req, res, ['access', 'refresh', 'csrf']);

function clearCookies(req: Request, res: Response, kinds: readonly (keyof CookieNames)[]): void {
  for (const kind of kinds) res.append('Set-Cookie', deletionOf(kind, exchangeOf(req).secure));
}

/** The header that deletes a cookie of a session. */
export const deletionOf = (kind: keyof CookieNames, secure: boolean): string =>
  stringifySetCookie({
    name: cookieNames(secure)[kind],
    value: '',
    path: '/',
    sameSite: 'lax',
    secure,
    httpOnly: kind !== 'csrf',
    maxAge: 0,
  });

const DEVICE_MS = 365 * 24 * 3_600_000;

/** Where a sign-in comes from: its address and its browser. */
export const clientOf = (req: Request): SignInClient => ({
  device: deviceOf(req),
  address: addressKey(exchangeOf(req).address),
  deviceToken: deviceTokenOf(req),
});

const deviceTokenOf = (req: Request): string | null => cookieOf(req, 'device');

/** The cookies of a sign-in: those of its session, and the one by which the browser is recognised when this account signs in again. */
export function setSignInCookies(
  req: Request,
  res: Response,
  session: OpenedSession,
  { tokens, devices }: { tokens: Tokens; devices: KnownDevices },
): void {
  setDeviceCookie(req, res, session.answer.user.id, devices);
  setSessionCookies(req, res, session, tokens);
}

function setDeviceCookie(req: Request, res: Response, userId: number, devices: KnownDevices): void {
  const { secure } = exchangeOf(req);
  const value = devices.remember(deviceTokenOf(req), userId);
  const options = { path: '/', sameSite: 'lax', httpOnly: true, secure, expires: new Date(Date.now() + DEVICE_MS) } as const;
  res.append('Set-Cookie', stringifySetCookie({ name: cookieNames(secure).device, value, ...options }));
}

/** The challenge of a sign-in that waits for its second factor, as the browser has it. */
export const challengeOf = (req: Request): string | null => cookieOf(req, 'challenge');

/** Lets the browser complete its sign-in: scripts cannot read the challenge. */
export function setChallengeCookie(req: Request, res: Response, { challenge, expiresAt }: SecondFactorNeeded): void {
  const { secure } = exchangeOf(req);
  const options = { path: '/', sameSite: 'lax', httpOnly: true, secure, expires: new Date(expiresAt) } as const;
  res.append('Set-Cookie', stringifySetCookie({ name: cookieNames(secure).challenge, value: challenge, ...options }));
}

/** Where the browser has one. */
export function clearChallengeCookie(req: Request, res: Response): void {
  if (challengeOf(req) !== null) clearCookies(req, res, ['challenge']);
}

/** The device that signs in, by the browser's own words, shortened, and the session that it has had. */
function deviceOf(req: Request): SignInDevice {
  const name =
    req
      .get('user-agent')
      ?.replace(/[^\x20-\x7E]/g, '')
      .slice(0, 300) || null;
  return { name, earlierToken: refreshTokenOf(req) };
}

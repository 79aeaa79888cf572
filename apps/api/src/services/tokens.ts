import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Role } from '@assay/contract';
import { ROLES } from '@assay/contract';
import type { TokenIssuer, UserActor } from '@assay/core';
import jwt from 'jsonwebtoken';

const ISSUER = 'assay';
const REFRESH = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;
const VERIFIED_MAX = 10_000;

export interface Tokens extends TokenIssuer {
  /** Who an access token speaks for; null when it is not ours, was changed or has expired. */
  verifyAccessToken(token: string): UserActor | null;
  /** What a page sends back to prove that it is ours: bound to the session, useless without its cookie. */
  csrfToken(sessionId: string): string;
  isCsrfToken(sessionId: string, token: string): boolean;
}

export function jwtTokens({ secret, ttlS }: { secret: string; ttlS: number }): Tokens {
  // A signature stays right until the token expires: it is checked once, not with every request.
  const verified = new Map<string, { actor: UserActor; expiresAtMs: number }>();
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const csrfToken = (sessionId: string) => createHmac('sha256', secret).update(`csrf:${sessionId}`).digest('base64url');

  return {
    issueAccessToken({ userId, roles, sessionId }, at) {
      const issuedAtS = Math.floor(at.getTime() / 1000);
      const token = jwt.sign({ roles, sid: sessionId, iat: issuedAtS, exp: issuedAtS + ttlS }, secret, {
        algorithm: 'HS256',
        issuer: ISSUER,
        subject: String(userId),
      });
      return { token, expiresAt: new Date((issuedAtS + ttlS) * 1000) };
    },

    verifyAccessToken(token) {
      const known = verified.get(token);
      if (known) {
        if (known.expiresAtMs > Date.now()) return known.actor;
        verified.delete(token);
        return null;
      }
      const claims = readClaims(token, secret);
      if (!claims) return null;
      if (verified.size >= VERIFIED_MAX) verified.delete(verified.keys().next().value!);
      verified.set(token, claims);
      return claims.actor;
    },

    newSessionId: randomUUID,

    newRefreshToken(sessionId) {
      const token = `${sessionId}.${randomBytes(32).toString('base64url')}`;
      return { token, hash: sha256(token) };
    },

    newLinkToken() {
      const token = randomBytes(24).toString('base64url'); // short enough for one line of an e-mail
      return { token, hash: sha256(token) };
    },
    hashLinkToken: sha256,

    readRefreshToken(token) {
      const match = REFRESH.exec(token);
      return match ? { sessionId: match[1]!, hash: sha256(token) } : null;
    },

    csrfToken,

    isCsrfToken(sessionId, token) {
      const [expected, given] = [Buffer.from(csrfToken(sessionId)), Buffer.from(token)];
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}

function readClaims(token: string, secret: string): { actor: UserActor; expiresAtMs: number } | null {
  try {
    const claims = jwt.verify(token, secret, { algorithms: ['HS256'], issuer: ISSUER });
    if (typeof claims === 'string' || typeof claims.exp !== 'number' || typeof claims.sid !== 'string') return null;
    const id = Number(claims.sub);
    if (!Number.isSafeInteger(id) || !Array.isArray(claims.roles)) return null;
    const roles = (claims.roles as Role[]).filter((role) => ROLES.includes(role));
    return { actor: { kind: 'user', id, roles, sessionId: claims.sid }, expiresAtMs: claims.exp * 1000 };
  } catch {
    return null;
  }
}

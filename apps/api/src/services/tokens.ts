import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { SignInChallengeClaims, TokenIssuer } from '@assay/core';
import jwt from 'jsonwebtoken';
import { deriveKey, isSame, secretsOf } from './keys.ts';

const ISSUER = 'assay';
/** Access tokens are for this API alone. */
const AUDIENCE = 'assay-api';
/** Challenges of a sign-in are for its second factor alone. */
const CHALLENGE_AUDIENCE = 'assay-second-factor';
const USER_ID = /^[1-9]\d{0,9}$/;
const REFRESH = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;
const REFRESH_RANDOM_BYTES = 16;
const VERIFIED_MAX = 10_000;

/** What an access token says: whose session it belongs to. Whether the session lives is looked up: see `SessionOwners`. */
export interface AccessClaims {
  userId: number;
  sessionId: string;
}

export interface Tokens extends TokenIssuer {
  /** Null when the token is not ours, was changed or has expired. */
  verifyAccessToken(token: string): AccessClaims | null;
  /** What a page sends back to prove that it is ours: bound to the session, useless without its cookie. */
  csrfToken(sessionId: string): string;
  isCsrfToken(sessionId: string, token: string): boolean;
}

/** The keys of one secret: each purpose has its own, so that a value made for one is worth nothing for another. */
interface Keys {
  /** Names the keys in the header of access tokens. */
  id: string;
  access: Buffer;
  csrf: Buffer;
  refresh: Buffer;
  challenge: Buffer;
}

function keysOf(secret: string): Keys {
  return {
    id: deriveKey(secret, 'key-id').toString('base64url').slice(0, 8),
    access: deriveKey(secret, 'access-token'),
    csrf: deriveKey(secret, 'csrf-token'),
    refresh: deriveKey(secret, 'refresh-token'),
    challenge: deriveKey(secret, 'sign-in-challenge'),
  };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** @param secret several with commas: the first signs, tokens of the others stay good until they expire */
export function jwtTokens({ secret, ttlS }: { secret: string; ttlS: number }): Tokens {
  const all = secretsOf(secret).map(keysOf);
  const current = all[0]!;
  // A signature stays right until the token expires: it is checked once, not with every request.
  const verified = new Map<string, { claims: AccessClaims; expiresAtMs: number }>();
  const csrfToken = (sessionId: string, { csrf } = current) => createHmac('sha256', csrf).update(sessionId).digest('base64url');
  /** Shows that a refresh token was issued here, without a record of it. */
  const refreshSeal = (sessionId: string, random: Buffer, { refresh } = current) =>
    createHmac('sha256', refresh).update(sessionId).update(random).digest().subarray(0, 16);

  return {
    issueAccessToken({ userId, sessionId }, at) {
      const issuedAtS = Math.floor(at.getTime() / 1000);
      const token = jwt.sign({ sid: sessionId, iat: issuedAtS, exp: issuedAtS + ttlS }, current.access, {
        algorithm: 'HS256',
        keyid: current.id,
        issuer: ISSUER,
        audience: AUDIENCE,
        subject: String(userId),
      });
      return { token, expiresAt: new Date((issuedAtS + ttlS) * 1000) };
    },

    verifyAccessToken(token) {
      const known = verified.get(token);
      if (known) {
        if (known.expiresAtMs > Date.now()) return known.claims;
        verified.delete(token);
        return null;
      }
      const read = readClaims(token, all);
      if (!read) return null;
      if (verified.size >= VERIFIED_MAX) verified.delete(verified.keys().next().value!);
      verified.set(token, read);
      return read.claims;
    },

    newSessionId: randomUUID,

    newRefreshToken(sessionId) {
      const random = randomBytes(REFRESH_RANDOM_BYTES);
      const token = `${sessionId}.${Buffer.concat([random, refreshSeal(sessionId, random)]).toString('base64url')}`;
      return { token, hash: sha256(token) };
    },

    newLinkToken() {
      const token = randomBytes(24).toString('base64url'); // short enough for one line of an e-mail
      return { token, hash: sha256(token) };
    },
    hashLinkToken: sha256,

    issueSignInChallenge({ userId, stamp, device }, expiresAt) {
      const claims = { stamp, device, exp: Math.floor(expiresAt.getTime() / 1000) };
      const names = { keyid: current.id, issuer: ISSUER, audience: CHALLENGE_AUDIENCE, subject: String(userId) };
      return jwt.sign(claims, current.challenge, { algorithm: 'HS256', ...names });
    },
    readSignInChallenge: (token, at) => readChallenge(token, at, all),

    readRefreshToken(token) {
      const [, sessionId, secretPart] = REFRESH.exec(token) ?? [];
      if (!sessionId || !secretPart) return null;
      const bytes = Buffer.from(secretPart, 'base64url');
      const [random, seal] = [bytes.subarray(0, REFRESH_RANDOM_BYTES), bytes.subarray(REFRESH_RANDOM_BYTES)];
      const issuedHere = all.some((keys) => isSame(seal, refreshSeal(sessionId, random, keys)));
      return { sessionId, hash: sha256(token), issuedHere };
    },

    csrfToken: (sessionId) => csrfToken(sessionId),
    isCsrfToken: (sessionId, token) => all.some((keys) => isSame(Buffer.from(csrfToken(sessionId, keys)), Buffer.from(token))),
  };
}

/** The keys that a token names in its header. */
const keysNamed = (token: string, all: readonly Keys[]) => {
  const keyId = jwt.decode(token, { complete: true })?.header.kid;
  return all.find(({ id }) => id === keyId);
};

function readChallenge(token: string, at: Date, all: readonly Keys[]): SignInChallengeClaims | null {
  try {
    const keys = keysNamed(token, all);
    if (!keys) return null;
    const clockTimestamp = Math.floor(at.getTime() / 1000);
    const claims = jwt.verify(token, keys.challenge, {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: CHALLENGE_AUDIENCE,
      clockTimestamp,
    });
    if (typeof claims === 'string' || typeof claims.stamp !== 'string' || typeof claims.device !== 'string') return null;
    if (typeof claims.sub !== 'string' || !USER_ID.test(claims.sub)) return null;
    return { userId: Number(claims.sub), stamp: claims.stamp, device: claims.device };
  } catch {
    return null;
  }
}

function readClaims(token: string, all: readonly Keys[]): { claims: AccessClaims; expiresAtMs: number } | null {
  try {
    const keys = keysNamed(token, all);
    if (!keys) return null;
    const claims = jwt.verify(token, keys.access, { algorithms: ['HS256'], issuer: ISSUER, audience: AUDIENCE });
    if (typeof claims === 'string' || typeof claims.exp !== 'number' || typeof claims.sid !== 'string') return null;
    if (typeof claims.sub !== 'string' || !USER_ID.test(claims.sub)) return null;
    return { claims: { userId: Number(claims.sub), sessionId: claims.sid }, expiresAtMs: claims.exp * 1000 };
  } catch {
    return null;
  }
}
